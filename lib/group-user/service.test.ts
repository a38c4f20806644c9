import { adminsOnly, describeService } from '@/lib/action/service-testing'

describeService('groupUser', {
  add: { parameters: ['groupUser'], permission: ['ADMIN_USER_UPDATE'], ...adminsOnly },
  list: { parameters: ['filter?', 'pager?'], permission: ['ADMIN_BASE'], ...adminsOnly },
  delete: { parameters: ['userId', 'groupId'], permission: ['ADMIN_USER_UPDATE'], ...adminsOnly },
  sync: {
    parameters: ['userId', 'groupIds?', 'removeFromExistingGroups=true', 'createNewGroups=true'],
    permission: ['ADMIN_USER_UPDATE'],
    ...adminsOnly,
  },
})
