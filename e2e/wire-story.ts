import { expect } from '@playwright/test'
import type { Client, RequestBuilder } from 'kaltura-client'

/**
 * A story of calls, told once and played twice: call by call, and all in one request where later calls refer to the answers of earlier
 * ones.
 */
export type Story = [step: string, call: (told: Told) => RequestBuilder, answer: unknown][]

export type Told = {
  /** An id or name that no other playing of the story uses. */
  own: (name: string) => string
  /** A field of an earlier step's answer, its path with colons; the answer itself without one. */
  from: (step: string, path?: string) => unknown
}

export async function playSingly(story: Story, client: Client) {
  const answers = new Map<string, unknown>()
  const from = (step: string, path = '') => {
    if (!answers.has(step)) throw new Error(`There is no step "${step}" before`)
    return fieldOf(answers.get(step), path)
  }
  for (const [step, call, expected] of story) {
    const answer = await call({ own: (name) => `${name}-singly`, from }).execute(client)
    expectAnswers(step, [answer], [expected])
    answers.set(step, answer)
  }
}

export async function playInOneRequest(story: Story, client: Client) {
  const steps = story.map(([step]) => step)
  const from = (step: string, path?: string) => {
    if (!steps.includes(step)) throw new Error(`There is no step "${step}"`)
    return `{${[steps.indexOf(step) + 1, 'result', path].filter(Boolean).join(':')}}`
  }
  const [first, ...others] = story.map(([, call]) => call({ own: (name) => `${name}-at-once`, from }))
  if (!first) throw new Error('The story has no steps')
  const answers = (await others.reduce((request, next) => request.add(next), first).execute(client)) as unknown[]
  expect(answers).toHaveLength(steps.length)
  for (const [index, [step, , expected]] of story.entries()) expectAnswers(step, [answers[index]], [expected])
}

/** The actions that stories play, as `service.action` of the wire. A step is named by its action and, after a space, by what it is for. */
export const actionsOf = (...stories: Story[]) => new Set(stories.flat().map(([step]) => step.split(' ')[0] ?? ''))

// In a list, so that single values are compared like objects.
function expectAnswers(step: string, answers: unknown[], expected: unknown[]) {
  expect(answers, step).toMatchObject(expected)
}

function fieldOf(answer: unknown, path: string) {
  const steps = path.split(':').filter(Boolean)
  return steps.reduce((value, name) => (value as Record<string, unknown> | undefined)?.[name], answer)
}
