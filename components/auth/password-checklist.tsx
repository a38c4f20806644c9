'use client'

import { Group, Stack, Text, VisuallyHidden } from '@mantine/core'
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react'
import { useText } from '../text/use-text'

type Rule = { message: string; isMet: (password: string) => boolean }

/** The rules of the password, ticked while it is typed. */
export function PasswordChecklist({ rules, password }: { rules: Rule[]; password: string }) {
  const text = useText().setUp
  return (
    <Stack gap={4} c="var(--mantine-color-text)" pt={4}>
      <Text size="sm">{text.rules}</Text>
      <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: 'none' }} aria-live="polite">
        {rules.map(({ message, isMet }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rules keep their places, and two may read alike
          <RuleLine key={at} message={message} isMet={isMet(password)} />
        ))}
      </Stack>
      <Text size="xs" c="dimmed">
        {text.rulesAlso}
      </Text>
    </Stack>
  )
}

function RuleLine({ message, isMet }: { message: string; isMet: boolean }) {
  const text = useText().setUp
  const Icon = isMet ? IconCircleCheckFilled : IconCircle
  return (
    <Group component="li" gap={8} wrap="nowrap">
      <Icon size={16} color={isMet ? 'var(--usher-accent)' : 'var(--mantine-color-gray-5)'} aria-hidden />
      <Text size="sm" c={isMet ? undefined : 'dimmed'}>
        {message} <VisuallyHidden>({isMet ? text.ruleMet : text.ruleOpen})</VisuallyHidden>
      </Text>
    </Group>
  )
}
