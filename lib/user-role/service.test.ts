import { adminsOnly, describeService } from '@/lib/action/service-testing'

describeService('userRole', {
  add: { parameters: ['userRole'], permission: ['ADMIN_ROLE_ADD'], ...adminsOnly },
  get: { parameters: ['userRoleId'], permission: ['ADMIN_BASE'], ...adminsOnly },
  list: { parameters: ['filter?', 'pager?'], permission: ['ADMIN_BASE'], ...adminsOnly },
  update: { parameters: ['userRoleId', 'userRole'], permission: ['ADMIN_ROLE_UPDATE'], ...adminsOnly },
  delete: { parameters: ['userRoleId'], permission: ['ADMIN_ROLE_DELETE'], ...adminsOnly },
  clone: { parameters: ['userRoleId'], permission: ['ADMIN_ROLE_ADD'], ...adminsOnly },
})
