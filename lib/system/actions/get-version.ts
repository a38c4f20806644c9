import 'server-only'
import { z } from 'zod'
import { defineAction } from '@/lib/action/define-action'
import packageJson from '@/package.json'

/** Answers the version of Usher. */
export const getVersion = defineAction({
  name: 'system.getVersion',
  summary: 'Answers the version of the server.',
  kind: 'query',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS'],
  input: z.object({}),
  output: z.string(),
  errors: [],
  handle: async () => packageJson.version,
})
