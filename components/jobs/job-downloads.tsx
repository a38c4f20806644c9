'use client'

import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { Job } from '@/lib/jobs/schema'
import { readHref } from '../action-query'
import { useText } from '../text/use-text'
import { isOpen } from './jobs-query'

/** The files of a job, as long as they are kept; that of the refused rows stands beside them. */
export function JobDownloads({ job }: { job: Job }) {
  const text = useText().jobs.page
  const files = filesOf(job, text)
  if (files.length === 0) return wasSwept(job) && <Text c="dimmed">{text.swept}</Text>
  return (
    <Stack component="section" aria-labelledby="job-files" gap="xs" align="flex-start">
      <Title order={2} size="h4" id="job-files">
        {text.downloads}
      </Title>
      <Group gap="xs">
        {files.map(({ label, href }) => (
          // Not a link of the router: what comes is a file, not a page.
          <Button
            key={href}
            component="a"
            href={href}
            download
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {label}
          </Button>
        ))}
      </Group>
    </Stack>
  )
}

type Labels = Record<'file' | 'original' | 'log', string>

function filesOf({ id, type, fileName, hasFile, rows }: Job, text: Labels) {
  if (!hasFile) return []
  if (type === 'export') return [{ label: text.file, href: readHref('exportcsv', 'serveCsv', { id: fileName }) }]
  const upload = (action: string, label: string) => ({ label, href: readHref('bulkupload_bulk', action, { id }) })
  return [...(rows > 0 ? [upload('serveLog', text.log)] : []), upload('serve', text.original)]
}

/** There was a file, and its time is over. An export that failed or was stopped never had one. */
const wasSwept = (job: Job) => !isOpen(job) && (job.type === 'import' || job.state === 'done')
