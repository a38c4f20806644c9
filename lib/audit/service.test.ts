import { adminsOnly, describeService } from '@/lib/action/service-testing'

describeService('audit', {
  list: { parameters: ['filter?', 'beforeKey?', 'pageSize=30'], permission: ['ADMIN_BASE'], ...adminsOnly },
})
