import { adminsOnly, describeService } from '@/lib/action/service-testing'

const permission = ['ADMIN_BASE', 'ADMIN_USER_BULK']

describeService('job', {
  get: { parameters: ['id'], permission, ...adminsOnly },
  list: { parameters: ['typeEqual?', 'beforeKey?', 'afterKey?', 'pageSize=30'], permission, ...adminsOnly },
})
