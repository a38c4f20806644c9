import { describeService, signedIn } from '@/lib/action/service-testing'
import { uploaderPermissions } from './get-own-upload'

const row = { parameters: ['id'], permission: [...uploaderPermissions], ...signedIn }

/** Appendix A; who may upload may see his own (§2.3). The last two are Usher's own. */
describeService('bulkupload_bulk', {
  get: row,
  list: { ...row, parameters: ['bulkUploadFilter?', 'pager?'] },
  abort: row,
  serve: row,
  serveLog: row,
  listResults: { ...row, parameters: ['id', 'onlyFailed=false', 'afterLine=0', 'pageSize=100'] },
  serveRefused: row,
})
