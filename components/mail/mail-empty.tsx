'use client'

import { Button, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconMail, IconMailSearch } from '@tabler/icons-react'
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
