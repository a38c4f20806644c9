'use client'

import { Group, Progress, Stack, Text, VisuallyHidden } from '@mantine/core'
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react'
import { isAboutPerson, type PersonOfPassword } from '@/lib/auth/password-rules'
import { useText } from '../text/use-text'
import { type Strength, strengthOf } from './password-strength'

type Rule = { message: string; isMet: (password: string) => boolean }

type Props = { rules: Rule[]; password: string; person?: PersonOfPassword }

/** The rules of the password as far as they are known, ticked while it is typed, and how hard it is to guess for who knows the person. */
export function PasswordChecklist({ rules, password, person }: Props) {
  const text = useText().setUp
  return (
    <Stack gap={4} c="var(--mantine-color-text)" pt={4}>
      {rules.length > 0 && <RuleList rules={rules} password={password} />}
      <StrengthHint password={password} person={person} />
      <Text size="xs" c="dimmed">
        {text.rulesAlso}
      </Text>
    </Stack>
  )
}

function RuleList({ rules, password }: Omit<Props, 'person'>) {
  const text = useText().setUp
  return (
    <>
      <Text size="sm">{text.rules}</Text>
      <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: 'none' }} aria-live="polite">
        {rules.map(({ message, isMet }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rules keep their places, and two may read alike
          <RuleLine key={at} message={message} isMet={isMet(password)} />
        ))}
      </Stack>
    </>
  )
}

const bars: Record<Strength, { value: number; color: string }> = {
  weak: { value: 15, color: 'red' },
  fair: { value: 45, color: 'yellow' },
  good: { value: 75, color: 'pine' },
  strong: { value: 100, color: 'pine' },
}

function StrengthHint({ password, person }: Omit<Props, 'rules'>) {
  const text = useText().setUp
  const isAbout = person !== undefined && isAboutPerson(password, person)
  const strength = password === '' ? null : isAbout ? 'weak' : strengthOf(password)
  const bar = strength && bars[strength]
  return (
    <Stack gap={4} mt={6}>
      <Progress value={bar?.value ?? 0} color={bar?.color ?? 'gray'} size={4} aria-hidden />
      <Text size="sm" aria-live="polite">
        {strength ? (isAbout ? text.strengthAbout : text.strength[strength]) : text.strengthHint}
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
