'use client'

import { Fragment, type ReactNode } from 'react'
import type { Job } from '@/lib/jobs/schema'
import { readableSize } from '../text/sizes'
import { useText } from '../text/use-text'
import { RelativeTime } from '../ui/relative-time'
import classes from './job-page.module.css'

/** What it is, its counts and its times; what is not known is left out. */
export function JobFacts({ job }: { job: Job }) {
  const { jobs: text, language } = useText()
  const { page } = text
  const isImport = job.type === 'import'
  const time = (at: number | null | undefined, isAhead = false) => at && <RelativeTime at={at} isAhead={isAhead} />
  const facts: [label: string, value: ReactNode][] = [
    [text.column.type, text.types[job.type]],
    [text.column.by, job.requestedBy || text.nobody],
    [page.handled, isImport && typeof job.totalRows === 'number' ? text.rowsOf(job.rows, job.totalRows) : counted(job, text)],
    [page.applied, isImport && text.rows(job.rows - job.failedRows)],
    [page.refused, isImport && text.rows(job.failedRows)],
    [page.size, typeof job.size === 'number' && readableSize(language, job.size)],
    [page.created, time(job.createdAt)],
    [page.finished, time(job.finishedAt)],
    [page.expires, job.hasFile && time(job.expiresAt, true)],
  ]
  return (
    <dl className={classes['facts']} aria-label={page.about}>
      {facts.map(
        ([label, value]) =>
          value && (
            <Fragment key={label}>
              <dt>{label}</dt>
              <dd dir="auto">{value}</dd>
            </Fragment>
          ),
      )}
    </dl>
  )
}

const counted = ({ type, rows }: Job, text: { rows: (count: number) => string; users: (count: number) => string }) =>
  type === 'import' ? text.rows(rows) : text.users(rows)
