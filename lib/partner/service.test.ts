import { describeService, open, operatorOnly } from '@/lib/action/service-testing'
import { UpdatePartnerInput } from './schema'

describeService('partner', {
  create: {
    parameters: ['name', 'adminEmail', 'adminFirstName?', 'adminLastName?', 'adminPassword?'],
    permission: [],
    ...operatorOnly,
  },
  // Usher's own: one parameter a setting, all but the account optional.
  update: {
    parameters: ['partnerId', ...Object.keys(UpdatePartnerInput.omit({ partnerId: true }).shape).map((name) => `${name}?`)],
    permission: [],
    ...operatorOnly,
  },
  setUp: {
    parameters: ['name', 'adminEmail', 'adminFirstName?', 'adminLastName?', 'token', 'adminPassword'],
    permission: [],
    ...open,
  },
})
