import { adminsOnly, describeService } from '@/lib/action/service-testing'

describeService('userRole', {
  list: { parameters: [], permission: ['ADMIN_BASE'], ...adminsOnly },
})
