'use client'

import { Progress, Text } from '@mantine/core'
import type { Job } from '@/lib/jobs/schema'
import { useText } from '../text/use-text'

/** How many were handled, of how many where that is known; a bar while it goes on. */
export function JobProgress({ job: { type, state, rows, totalRows, fileName } }: { job: Job }) {
  const text = useText().jobs
  const isMeasured = typeof totalRows === 'number' && totalRows > 0
  const counted = type === 'export' ? text.users(rows) : isMeasured ? text.rowsOf(rows, totalRows) : text.rows(rows)
  return (
    <>
      <Text span size="sm">
        {state === 'waiting' ? '–' : counted}
      </Text>
      {state === 'running' && isMeasured && (
        <Progress.Root mt={4} size="sm">
          <Progress.Section value={(rows / totalRows) * 100} aria-label={text.progressOf(fileName)} />
        </Progress.Root>
      )}
    </>
  )
}
