import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { PublicFrame } from './public-frame'

/** A page that says one thing and offers what to do next. */
export function NoticePage({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <PublicFrame>
      <NoticeText title={title} action={action}>
        {children}
      </NoticeText>
    </PublicFrame>
  )
}

/** The same text for pages that have a frame already. */
export function NoticeText({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <Stack gap="md" align="flex-start">
      <Title order={1}>{title}</Title>
      <Text c="dimmed">{children}</Text>
      {action}
    </Stack>
  )
}
