import 'server-only'
import { defineAction } from '@/lib/action/define-action'
import { createPartner as create } from '../new-partner'
import { CreatedPartner, CreatePartnerInput } from '../schema'

/** Makes an account and its owner, and answers its secrets: the only time they are shown. */
export const createPartner = defineAction({
  name: 'partner.create',
  summary: 'Makes an account and its owner; answers its secrets once.',
  kind: 'mutation',
  audience: 'operator',
  permission: [],
  input: CreatePartnerInput,
  output: CreatedPartner,
  changes: ['partner'],
  handle: (ctx, input) => create(ctx, input, 'partner.create'),
})
