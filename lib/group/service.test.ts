import { adminsOnly, describeService } from '@/lib/action/service-testing'

describeService('group_group', {
  add: { parameters: ['group'], permission: ['ADMIN_USER_ADD'], ...adminsOnly },
  get: { parameters: ['groupId'], permission: ['ADMIN_BASE'], ...adminsOnly },
  list: { parameters: ['filter?', 'pager?'], permission: ['ADMIN_BASE'], ...adminsOnly },
  update: { parameters: ['groupId', 'group'], permission: ['ADMIN_USER_UPDATE'], ...adminsOnly },
  delete: { parameters: ['groupId'], permission: ['ADMIN_USER_DELETE'], ...adminsOnly },
})
