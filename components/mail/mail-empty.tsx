'use client'

import { Alert, Button, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconAlertCircle, IconMail, IconMailSearch } from '@tabler/icons-react'
import { ReadFailure } from '../action-query'
import { useText } from '../text/use-text'
import { atNewest, isFiltered, type MailView, noMailFilters } from './mail-view'

/** No rows: nothing was written yet, nothing fits, or the address leads beyond the last mail. */
export function MailEmpty({ view, onShow }: { view: MailView; onShow: (changes: Partial<MailView>) => void }) {
  const text = useText().mail
  const isSearch = isFiltered(view)
  const isBeyond = !isSearch && Boolean(view.before || view.after)
  const Icon = isSearch ? IconMailSearch : IconMail
  return (
    <Stack align="center" gap="xs" py={56} px="md" ta="center">
      <ThemeIcon variant="light" size={52} radius="xl" aria-hidden>
        <Icon size={26} stroke={1.6} />
      </ThemeIcon>
      <Title order={2} mt="xs">
        {isSearch || isBeyond ? text.empty.nothing : text.empty.none}
      </Title>
      <Text c="dimmed" maw={460}>
        {isSearch || isBeyond ? text.empty.nothingHint : text.empty.noneHint}
      </Text>
      {isSearch && (
        <Button mt="sm" onClick={() => onShow(noMailFilters)}>
          {text.empty.clear}
        </Button>
      )}
      {isBeyond && (
        <Button mt="sm" onClick={() => onShow(atNewest)}>
          {text.newest}
        </Button>
      )}
    </Stack>
  )
}

/** Why there is no list, with what to do: ask for the right, or try again. */
export function MailFailure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { mail: text, errors } = useText()
  const failure = error instanceof ReadFailure ? error.failure : null
  const isForbidden = failure?.code === 'SERVICE_FORBIDDEN'
  const isSignedOut = failure?.code === 'MISSING_KS'
  const message = isForbidden ? text.empty.forbidden : isSignedOut ? errors.sessionOver : (failure?.message ?? errors.unreachable)
  return (
    <Alert color="red" role="alert" icon={<IconAlertCircle aria-hidden />} title={text.empty.failed} mb="md">
      <Text size="sm">{message}</Text>
      {failure && (
        <Text size="xs" ff="monospace" mt={4}>
          {errors.requestId(failure.requestId)}
        </Text>
      )}
      {!isForbidden && (
        <Button variant="default" size="xs" mt="sm" onClick={onRetry}>
          {errors.retry}
        </Button>
      )}
    </Alert>
  )
}
