import 'server-only'
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ActionError } from '@/lib/action/errors'
import { UploadedFile } from '@/lib/action/file'
import { fitText } from '@/lib/action/fit-text'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { pathOf } from './params'

/** The files that came with a call, by the names of their parameters; those of a multirequest as `0:fileData`. */
export type Files = ReadonlyMap<string, UploadedFile>

export const noFiles: Files = new Map()

const longestName = 255

/** Files of one call, on disk for as long as it lasts. Their names there are ours; nothing of them is held in memory. */
export function newUploads() {
  const files = new Map<string, UploadedFile>()
  const named = new Set<string>()
  const paths: string[] = []
  let arrived = 0

  /** Writes a file down; of two for one parameter the first counts. `UPLOAD_ERROR` when it does not arrive whole or cannot be kept. */
  async function keep(parameter: string, name: string, source: Readable) {
    // It may fail before anybody reads it; the pipeline then says so.
    source.on('error', () => {})
    const place = pathOf(parameter).join(':')
    const isFirst = !named.has(place)
    named.add(place)
    const path = join(folderOf(process.pid), randomUUID())
    paths.push(path)
    let size = 0
    async function* counted(parts: AsyncIterable<Buffer>) {
      for await (const part of parts) {
        size += part.length
        arrived += part.length
        yield part
      }
    }
    try {
      await mkdir(folderOf(process.pid), { recursive: true, mode: 0o700 })
      const target = createWriteStream(path, { flags: 'wx', mode: 0o600 })
      // One that is broken off while it opens makes its file after that: until then there is nothing to remove.
      const closed = new Promise<void>((close) => target.once('close', close))
      await pipeline(source, counted, target).finally(() => closed)
    } catch (error) {
      // A sender who goes away is no news; a disk that does not take the file is.
      const { syscall } = error as NodeJS.ErrnoException
      if (syscall && syscall !== 'read') log().error({ err: error }, 'an uploaded file cannot be kept')
      throw new ActionError('UPLOAD_ERROR')
    }
    if (isFirst) files.set(place, new UploadedFile({ path, name: fitText(name).slice(0, longestName), size }))
  }

  /** Removes what no action has moved away. */
  async function discard() {
    await Promise.all(paths.map((path) => rm(path, { force: true })))
  }

  return { files: files as Files, keep, discard, arrived: () => arrived }
}

export type Uploads = ReturnType<typeof newUploads>

const uploads = () => join(env().dataDir, 'uploads')

/** Each process has a folder of its own, so that it is known later whose files are left over. */
const folderOf = (pid: number) => join(uploads(), `${hostname()}.${pid}`)

const aDay = 24 * 3_600_000

/**
 * Removes what processes that have crashed left behind. To be called when a process starts: the folder of its own number is then
 * somebody else's. Processes of other machines on the same data folder are left alone while they may still be at work.
 */
export async function removeLeftUploads(now = Date.now()) {
  const names = await readdir(uploads()).catch(() => [])
  for (const name of names) {
    const folder = join(uploads(), name)
    if (await isLeft(folder, name, now)) await rm(folder, { recursive: true, force: true })
  }
}

async function isLeft(folder: string, name: string, now: number) {
  const [, host, pid] = /^(.*)\.(\d+)$/.exec(name) ?? []
  if (host === hostname()) return Number(pid) === process.pid || !isRunning(Number(pid))
  const { mtimeMs } = await stat(folder)
  return now - mtimeMs > aDay
}

function isRunning(pid: number) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
