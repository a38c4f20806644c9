import 'server-only'
import { open } from 'node:fs/promises'
import { sumOfStoredFiles } from '@/db/queries/bulk-uploads'
import { countOpenJobs } from '@/db/queries/jobs'
import type { PartnerContext } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import type { UploadedFile } from '@/lib/action/file'

/** Bytes of uploaded files that an account may have in store; they are swept after a while. */
const storeLimit = 10 * 2 ** 30
/** Uploads of an account that may wait at once. */
const mostWaiting = 100

/** Refuses what is no text table by its name or by how it begins (F11): `INVALID_FILE_TYPE`. */
export async function refuseOtherTypes(file: UploadedFile) {
  // A client that sends bytes without a name calls them `chunk`.
  const extension = /\.([^./\\]*)$/.exec(file.name)?.[1]?.toLowerCase()
  const isNamedOtherwise = extension !== undefined && extension !== 'csv' && extension !== 'txt'
  if (isNamedOtherwise || isOtherwise(await beginningOf(file)))
    throw new ActionError('INVALID_FILE_TYPE', { FILE_NAME: file.name })
}

async function beginningOf({ path }: UploadedFile) {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(512), 0, 512, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** Archives (and with them spreadsheets), PDF, old spreadsheets, pictures; markup of any kind. */
const signatures = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x1f, 0x8b],
  [0x25, 0x50, 0x44, 0x46],
  [0xd0, 0xcf, 0x11, 0xe0],
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
].map((bytes) => Buffer.from(bytes))

function isOtherwise(beginning: Buffer) {
  if (signatures.some((signature) => beginning.subarray(0, signature.length).equals(signature))) return true
  const text = beginning.toString('latin1').replace(/^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '')
  return /^\s*<[a-z!?]/i.test(text.replaceAll('\u0000', ''))
}

/** Refuses more than an account may have waiting or in store (Z15, F14): `RESOURCE_IS_RESERVED`. */
export async function refuseOverLimits({ partner }: PartnerContext, { size }: UploadedFile) {
  const waiting = await countOpenJobs(partner.id, 'bulkUpload')
  if (waiting >= mostWaiting || (await sumOfStoredFiles(partner.id)) + size > storeLimit)
    throw new ActionError('RESOURCE_IS_RESERVED', { RESOURCE_ID: 'bulkUpload' })
}
