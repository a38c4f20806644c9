'use client'

import { Group, Text } from '@mantine/core'
import { useText } from '../text/use-text'

/** The door and the name beside it. */
export function Brand({ size = 28 }: { size?: number }) {
  const text = useText().shell
  return (
    <Group gap={10} wrap="nowrap">
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
        <rect width="32" height="32" rx="8" fill="var(--mantine-color-pine-7)" />
        <path d="M9 25V14.5a7 7 0 0 1 14 0V25Z" fill="#fff" />
        <path d="M9 25V14.5a7 7 0 0 1 7-7V25Z" fill="var(--mantine-color-pine-3)" />
        <circle cx="18.6" cy="17.4" r="1.1" fill="var(--mantine-color-pine-7)" />
      </svg>
      <Text fw={680} fz={size * 0.64} lh={1} style={{ letterSpacing: '-0.02em' }}>
        {text.product}
      </Text>
    </Group>
  )
}
