import 'server-only'
import { z } from 'zod'
import { defineAction } from '@/lib/action/define-action'
import { int } from '@/lib/action/fields'
import { seconds } from '@/lib/action/listing'

/** Answers the time of the server, by which sessions and one-time codes expire, in epoch seconds. */
export const getTime = defineAction({
  name: 'system.getTime',
  summary: "Answers the server's time in epoch seconds.",
  kind: 'query',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS'],
  input: z.object({}),
  output: int(),
  errors: [],
  handle: async ({ now }) => seconds(now),
})
