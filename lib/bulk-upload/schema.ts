import { z } from 'zod'
import { anyText, bool, int, intEnum, list, object, stringEnum, text, time } from '@/lib/action/fields'
import { FilterPager } from '@/lib/action/listing'

/** Files of users that were uploaded, and what became of them (§8.2, §10, appendix A). Safe to import in the browser. */

/** The contract's numbers of a job's status that a bulk upload can have (§10.3). */
export const BulkUploadStatus = {
  PENDING: 0,
  PROCESSING: 2,
  FINISHED: 5,
  FAILED: 6,
  ABORTED: 7,
  FINISHED_PARTIALLY: 12,
} as const

/** All numbers that a caller may ask for. */
const BatchJobStatus = {
  ...BulkUploadStatus,
  QUEUED: 1,
  PROCESSED: 3,
  MOVEFILE: 4,
  ALMOST_DONE: 8,
  RETRY: 9,
  FATAL: 10,
  DONT_PROCESS: 11,
  SUSPEND: 13,
  SUSPEND_ALMOST_DONE: 14,
} as const

/** A file of users. */
export const userObjects = '3'
export const csvType = 'bulkUploadCsv.CSV'

export const BulkUploadJobData = object(
  'KalturaBulkUploadJobData',
  {
    /** How it is called in lists; the uploaded file's own name without it. */
    fileName: text(255).nullish(),
    /** Who is mailed when it has ended: addresses with commas between them. */
    emailRecipients: text(4096).nullish(),
    objectType: text(100).optional(),
  },
  { alsoKnownAs: ['KalturaBulkUploadCsvJobData'], isAbstract: true },
)

export const BulkUploadUserData = object('KalturaBulkUploadUserData', { objectType: text(100).optional() })

export const BulkUpload = object(
  'KalturaBulkUpload',
  {
    objectType: stringEnum('objectType', ['KalturaBulkUpload']),
    id: int(),
    uploadedBy: anyText(1000),
    uploadedByUserId: anyText(1000),
    uploadedOn: time(),
    numOfEntries: int(),
    /** How many rows were handled. */
    numOfObjects: int(),
    status: intEnum('KalturaBatchJobStatus', BulkUploadStatus),
    logFileUrl: anyText(10_000),
    csvFileUrl: anyText(10_000),
    bulkFileUrl: anyText(10_000),
    bulkUploadType: stringEnum('KalturaBulkUploadType', [csvType]),
    bulkUploadObjectType: stringEnum('KalturaBulkUploadObjectType', [userObjects]),
    fileName: anyText(1000),
    /** Why the file as a whole was refused, or stopped. */
    error: anyText(4096).nullish(),
    /** How many rows the file has, once it was read. */
    totalRows: int().nullish(),
    failedRows: int(),
    /** Epoch seconds. */
    finishedOn: int().nullish(),
    /** The file and the results of its rows are still there. */
    isKept: bool(),
  },
  { pageOnly: ['totalRows', 'failedRows', 'finishedOn', 'isKept'] },
)

export const GetBulkUploadInput = z.object({ id: int() })

export const BulkUploadFilter = object('KalturaBulkUploadFilter', {
  uploadedOnEqual: time().nullish(),
  uploadedOnGreaterThanOrEqual: time().nullish(),
  uploadedOnLessThanOrEqual: time().nullish(),
  statusEqual: intEnum('KalturaBatchJobStatus', BatchJobStatus).nullish(),
  statusIn: text(1000).nullish(),
  bulkUploadObjectTypeEqual: text(100).nullish(),
  bulkUploadObjectTypeIn: text(1000).nullish(),
  objectType: text(100).optional(),
})

export const ListBulkUploadsInput = z.object({ bulkUploadFilter: BulkUploadFilter.nullish(), pager: FilterPager.nullish() })

export const BulkUploadListResponse = object('KalturaBulkUploadListResponse', {
  objectType: stringEnum('objectType', ['KalturaBulkUploadListResponse']),
  totalCount: int(),
  objects: list(BulkUpload),
})

/** Usher's own: the rows of an upload one by one, read on behind a line. */
export const ListBulkResultsInput = z.object({
  id: int(),
  onlyFailed: bool().default(false),
  afterLine: int(0).default(0),
  pageSize: int(1, 500).default(100),
})

const BulkResult = object('UsherBulkUploadResult', {
  /** Counts the data rows from 1. */
  line: int(),
  isFailed: bool(),
  /** `add`, `update`, `delete` or `upsert`. */
  action: anyText(100).nullish(),
  userId: anyText(1000).nullish(),
  errorCode: anyText(100).nullish(),
  /** A sentence for people. */
  error: anyText(4096).nullish(),
})

export const BulkResultListResponse = object('UsherBulkUploadResultListResponse', { objects: list(BulkResult), hasMore: bool() })
export type BulkResultListResponse = z.output<typeof BulkResultListResponse>
