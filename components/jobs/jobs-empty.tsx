'use client'

import { Button, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconStack2 } from '@tabler/icons-react'
import Link from 'next/link'
import { useText } from '../text/use-text'
import { atNewest, type JobsView } from './jobs-view'

/** No rows: nothing was begun yet, or the address leads beyond the last job or to a type without any. */
export function JobsEmpty({ view, onShow }: { view: JobsView; onShow: (changes: Partial<JobsView>) => void }) {
  const text = useText().jobs
  const isBeyond = Boolean(view.before || view.after)
  const isNarrowed = isBeyond || view.type !== undefined
  return (
    <Stack align="center" gap="xs" py={56} px="md" ta="center">
      <ThemeIcon variant="light" size={52} radius="xl" aria-hidden>
        <IconStack2 size={26} stroke={1.6} />
      </ThemeIcon>
      <Title order={2} mt="xs">
        {isNarrowed ? text.empty.nothing : text.empty.none}
      </Title>
      <Text c="dimmed" maw={460}>
        {isNarrowed ? text.empty.nothingHint : text.empty.noneHint}
      </Text>
      {isNarrowed ? (
        <Button mt="sm" onClick={() => onShow(isBeyond ? atNewest : { type: undefined })}>
          {isBeyond ? text.newest : text.empty.clear}
        </Button>
      ) : (
        <Group mt="sm" justify="center">
          <Button component={Link} href="/users">
            {text.empty.users}
          </Button>
          <Button variant="default" component={Link} href="/api-explorer?service=user&action=addFromBulkUpload">
            {text.empty.importCall}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
