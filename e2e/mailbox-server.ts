import { randomUUID } from 'node:crypto'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'

/** `node mailbox-server.ts PORT FOLDER`: the mail server of the stories. It keeps each mail as a file, for `readMail`. */
const [port, folder = ''] = process.argv.slice(2)
mkdirSync(folder, { recursive: true, mode: 0o700 })

const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  onData(stream, { envelope }, done) {
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('end', () => {
      const to = envelope.rcptTo.map(({ address }) => address).join()
      const file = join(folder, `${Date.now()}-${randomUUID()} ${encodeURIComponent(to)}.eml`)
      // Whoever looks meanwhile sees no half a mail.
      writeFileSync(`${file}.part`, Buffer.concat(parts))
      renameSync(`${file}.part`, file)
      done()
    })
  },
})

server.listen(Number(port), '127.0.0.1', () => console.log('The mailbox is open'))
