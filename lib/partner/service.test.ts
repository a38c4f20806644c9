import { adminsOnly, describeService, open, operatorOnly } from '@/lib/action/service-testing'
import { UpdatePartnerInput, UpdateSettingsInput } from './schema'

describeService('partner', {
  get: { parameters: ['id?'], permission: ['ADMIN_BASE', 'ACCOUNT_BASE'], ...adminsOnly },
  getInfo: { parameters: [], permission: ['ADMIN_BASE', 'ACCOUNT_BASE'], ...adminsOnly },
  list: { parameters: ['filter?', 'pager?'], permission: ['ADMIN_BASE', 'ACCOUNT_BASE'], ...adminsOnly },
  listPartnersForUser: {
    parameters: ['partnerFilter?', 'pager?'],
    permission: ['ADMIN_BASE', 'KMC_ACCESS'],
    ...adminsOnly,
  },
  getSettings: { parameters: [], permission: ['ADMIN_BASE', 'ACCOUNT_BASE'], ...adminsOnly },
  updateSettings: {
    parameters: ['version', ...Object.keys(UpdateSettingsInput.omit({ version: true }).shape).map((name) => `${name}?`)],
    permission: ['ACCOUNT_UPDATE_SETTINGS'],
    ...adminsOnly,
  },
  // A KS that could read them would outlive itself.
  showSecrets: { parameters: [], permission: ['ACCOUNT_UPDATE_SETTINGS'], ...operatorOnly },
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
