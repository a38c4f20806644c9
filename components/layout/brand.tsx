import { Group, Text } from '@mantine/core'
import { getText } from '../text/get-text'

/** The door and the name beside it. */
export function Brand({ size = 28 }: { size?: number }) {
  return (
    <Group gap={10} wrap="nowrap">
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
        <rect width="32" height="32" rx="8" fill="var(--mantine-color-pine-7)" />
        <path d="M9 25V14.5a7 7 0 0 1 14 0V25" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
        <path d="M16 25V14.5L23 25Z" fill="var(--mantine-color-pine-3)" />
      </svg>
      <Text fw={680} fz={size * 0.64} lh={1} style={{ letterSpacing: '-0.02em' }}>
        {getText().shell.product}
      </Text>
    </Group>
  )
}
