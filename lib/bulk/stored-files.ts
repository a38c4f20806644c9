import 'server-only'
import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { FileAnswer, type UploadedFile } from '@/lib/action/file'
import { env } from '@/lib/env'

/** Files that outlive a call, in the data folder: a folder for each account, for its owner alone, with names that the server makes (F04). */

type Kind = 'bulk' | 'exports'

export const folderOf = (kind: Kind) => join(env().dataDir, kind)

export const storedPath = (kind: Kind, partnerId: number, file: string) => join(folderOf(kind), String(partnerId), file)

/** Makes the account's folder, if it is not there. */
export async function prepareFolder(kind: Kind, partnerId: number) {
  await mkdir(join(folderOf(kind), String(partnerId)), { recursive: true, mode: 0o700 })
}

/** Keeps an uploaded file; answers what it is called now. */
export async function keepUpload(partnerId: number, { path }: UploadedFile): Promise<string> {
  const file = `${randomUUID()}.csv`
  const place = storedPath('bulk', partnerId, file)
  await prepareFolder('bulk', partnerId)
  await rename(path, place).catch(async () => {
    // Another disk: the copy is ours, the original is removed by whoever made it.
    await copyFile(path, place)
  })
  await chmod(place, 0o600)
  return file
}

export const forgetFile = (kind: Kind, partnerId: number, file: string) => rm(storedPath(kind, partnerId, file), { force: true })

/** A stored file as an answer; it is read when it is sent. */
export function storedFileAnswer(path: string, { name, maxAge }: { name: string; maxAge?: number }) {
  return new FileAnswer({ contentType: 'text/csv', name, open: () => createReadStream(path), maxAge })
}
