import { z } from 'zod'
import { anyText, bool, int, list, object, stringEnum, text } from '@/lib/action/fields'

/** Exports of users as CSV files (§8.8, §8.19, §11). Safe to import in the browser. */

/** `user.serveCsv` and `exportcsv.serveCsv`. */
export const ServeCsvInput = z.object({ id: anyText(1000) })

/** A column of an export: its title, and the field of the user that it shows. */
export const MappedField = object(
  'KalturaKeyValue',
  {
    key: text(255).nullish(),
    /** A field, or `field:sub` for a part of one that holds JSON; the field named like the column without it. */
    value: text(255).nullish(),
    /** Statuses in words and times as dates. */
    predefinedFormat: int().nullish(),
    objectType: text(100).optional(),
  },
  { alsoKnownAs: ['KalturaKeyValueExtended'] },
)
export type MappedField = z.output<typeof MappedField>

export const AdditionalField = object('KalturaCsvAdditionalFieldInfo', {
  fieldName: text(255).nullish(),
  xpath: text(4096).nullish(),
  objectType: text(100).optional(),
})

export const ExportToCsvOptions = object('KalturaExportToCsvOptions', {
  format: text(255).nullish(),
  typeEqual: text(255).nullish(),
  /** Whether the file begins with what it is, of whom, and when. */
  defaultHeader: bool().nullish(),
  objectType: text(100).optional(),
})

/** Usher's own: `exportcsv.renewLink`, `exportcsv.abort`. */
export const ExportIdInput = z.object({ id: int() })

/** Usher's own: the exports of the account, newest first, read on below a key. */
export const ListExportsInput = z.object({ beforeKey: int().nullish(), pageSize: int(1, 100).default(30) })

export const CsvExport = object('UsherCsvExport', {
  id: int(),
  fileName: anyText(255),
  requestedBy: anyText(1000),
  status: stringEnum('UsherJobStatus', ['waiting', 'running', 'done', 'failed', 'cancelled']),
  rows: int(),
  /** Bytes of the finished file. */
  size: int().nullish(),
  error: anyText(4096).nullish(),
  /** Epoch seconds. */
  createdAt: int(),
  finishedAt: int().nullish(),
  /** Epoch seconds at which the file is swept. */
  expiresAt: int().nullish(),
})

export const ExportListResponse = object('UsherCsvExportListResponse', { objects: list(CsvExport), hasMore: bool() })
