import { adminsOnly, describeService } from '@/lib/action/service-testing'

describeService('permission', {
  list: { parameters: ['filter?', 'pager?'], permission: ['ADMIN_BASE'], ...adminsOnly },
})
