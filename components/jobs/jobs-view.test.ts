import { expect, it } from 'vitest'
import { jobStates, jobTypes } from '@/lib/jobs/enums'
import { ListJobsInput } from '@/lib/jobs/schema'
import { en } from '../text/en'
import { jobsHref, readJobsView, toListInput } from './jobs-view'

it('has a word for every type and every state', () => {
  expect(Object.keys(en.jobs.types).sort()).toEqual([...jobTypes].sort())
  expect(Object.keys(en.jobs.states).sort()).toEqual([...jobStates].sort())
})

it('comes back from its own address', () => {
  const view = readJobsView({ type: 'import', before: '40' })
  const params = Object.fromEntries(new URL(jobsHref(view, {}), 'http://x').searchParams)
  expect(readJobsView(params)).toEqual(view)
  expect(ListJobsInput.parse(toListInput(view))).toMatchObject({ typeEqual: 'import', beforeKey: 40 })
})

it('shows the plain list for an address with nonsense in it', () => {
  expect(jobsHref(readJobsView({ type: 'constructor', before: '-1', after: '1e99' }), {})).toBe('/jobs')
})

it('begins at the newest when another type is looked for', () => {
  expect(jobsHref(readJobsView({ before: '40' }), { type: 'export' })).toBe('/jobs?type=export')
})
