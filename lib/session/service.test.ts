import { adminsOnly, describeService, open } from '@/lib/action/service-testing'

describeService('session', {
  start: {
    parameters: ['secret', 'userId?', 'type=0', 'partnerId?', 'expiry=86400', 'privileges?'],
    permission: ['ALWAYS_ALLOWED_ACTIONS'],
    ...open,
  },
  get: { parameters: ['session?'], permission: ['ADMIN_BASE'], ...adminsOnly },
  impersonate: {
    parameters: ['secret', 'impersonatedPartnerId', 'userId=', 'type=0', 'partnerId?', 'expiry=86400', 'privileges?'],
    permission: ['ADMIN_BASE'],
    ...adminsOnly,
  },
  startWidgetSession: {
    parameters: ['widgetId', 'expiry=86400'],
    permission: ['ALWAYS_ALLOWED_ACTIONS'],
    ...open,
  },
  end: { parameters: [], permission: ['ALWAYS_ALLOWED_ACTIONS'], ...open },
})
