import { config } from 'zod/v4/core'

// Runs before everything else in the browser. Schemas would try to compile themselves there, which the policy forbids and reports (W06).
config({ jitless: true })
