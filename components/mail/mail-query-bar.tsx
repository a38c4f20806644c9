'use client'

import { Group, Select } from '@mantine/core'
import { useText } from '../text/use-text'
import { SearchField } from '../ui/search-field'
import type { MailView } from './mail-view'

type Props = { view: MailView; onChange: (changes: Partial<MailView>) => void }

/** To whom, what became of it, what it was about. */
export function MailQueryBar({ view, onChange }: Props) {
  const text = useText().mail
  return (
    <Group gap="xs" mb="md">
      <SearchField
        label={text.search}
        hint={text.searchHint}
        clear={text.clearSearch}
        value={view.to ?? ''}
        onChange={(to) => onChange({ to: to || undefined })}
      />
      <Select
        aria-label={text.status}
        placeholder={text.anyStatus}
        data={choices(text.statuses)}
        value={view.status ?? null}
        onChange={(status) => onChange({ status: status as MailView['status'] })}
        clearable
        flex={{ base: '1 1 40%', xs: '0 0 140px' }}
      />
      <Select
        aria-label={text.event}
        placeholder={text.anyEvent}
        data={choices(text.events)}
        value={view.event ?? null}
        onChange={(event) => onChange({ event: event as MailView['event'] })}
        clearable
        searchable
        flex={{ base: '1 1 40%', xs: '0 0 174px' }}
      />
    </Group>
  )
}

const choices = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))
