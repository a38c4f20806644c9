import 'server-only'
import { z } from 'zod'
import { defineAction } from '@/lib/action/define-action'
import { bool } from '@/lib/action/fields'

/** Answers true: whoever gets it speaks the protocol with a server that is up. */
export const ping = defineAction({
  name: 'system.ping',
  summary: 'Answers true.',
  kind: 'query',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS'],
  input: z.object({}),
  output: bool(),
  errors: [],
  handle: async () => true,
})
