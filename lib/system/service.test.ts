import { describeService, open } from '@/lib/action/service-testing'

const row = { parameters: [], permission: ['ALWAYS_ALLOWED_ACTIONS'], ...open }

describeService('system', { ping: row, getTime: row, getVersion: row })
