import { adminsOnly, describeService } from '@/lib/action/service-testing'

describeService('mail', {
  get: { parameters: ['key'], permission: ['ADMIN_BASE'], ...adminsOnly },
  list: { parameters: ['filter?', 'beforeKey?', 'afterKey?', 'pageSize=50'], permission: ['ADMIN_BASE'], ...adminsOnly },
  resend: { parameters: ['key'], permission: ['ADMIN_USER_UPDATE'], ...adminsOnly },
  showLink: { parameters: ['key'], permission: ['ADMIN_USER_UPDATE'], ...adminsOnly },
})
