import { createServer, type Socket } from 'node:net'
import { eq, gt } from 'drizzle-orm'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { db } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { claimDueMail } from '@/db/queries/outbox'
import { mailOutbox } from '@/db/schema/work'
import { freshDatabase } from '@/db/testing'
import { noon } from '@/lib/auth/testing'
import { env } from '@/lib/env'
import { deliverableFor, newSender } from './deliver'
import { type SmtpServer, smtpServer } from './smtp'
import { certificate, quickLimits, startSink } from './smtp-testing'
import { keyLinkOf, readMail } from './stored-mail'
import { newMailAccount, outboxOf, queue, storedMail } from './testing'

freshDatabase()

// A sender sees all accounts, and so also what another test left behind.
beforeEach(() => acrossPartners(() => db().delete(mailOutbox).where(gt(mailOutbox.key, 0))).then(() => undefined))

const minute = 60_000
const leaseIsOver = 6 * minute

/** A sender whose clock the test moves. */
function senderAt(server: SmtpServer, lanes?: number) {
  const clock = { now: noon }
  const sender = newSender({ server, lanes, clock: () => clock.now })
  return { ...sender, clock }
}

async function sink(...options: Parameters<typeof startSink>) {
  const started = await startSink(...options)
  onTestFinished(() => started.stop())
  return started
}

const answer = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code })

describe('a mail that is due', () => {
  it('M02 arrives with both bodies, from the sender of the settings, at exactly the stored address', async () => {
    const ctx = await newMailAccount()
    const { arrived, server } = await sink()
    const row = await queue(ctx, { event: 'reset-password', language: 'de', recipient: 'grace+x@acme.example' })
    await senderAt(server).deliverDue()

    expect(arrived).toHaveLength(1)
    const [{ from, to, mail, raw }] = arrived as [(typeof arrived)[0]]
    expect({ from, to }).toEqual({ from: 'no-reply@localhost', to: ['grace+x@acme.example'] })
    expect(mail.from?.value).toEqual([{ name: 'Usher', address: 'no-reply@localhost' }])
    expect(raw).toMatch(/^To: grace\+x@acme\.example\r$/m)
    expect(mail.subject).toBe('Neues Passwort für Acme University setzen')
    expect(mail.messageId).toBe(`<${row.messageId}@localhost>`)
    expect(mail.date?.getTime()).toBe(noon)
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
    expect(mail.text).toContain(`${env().publicUrl}/set-password/KEY`)
    expect(mail.html).toContain(`href="${env().publicUrl}/set-password/KEY"`)
    expect(mail.attachments).toEqual([])
  })

  it('keeps no link of it once it is sent', async () => {
    const ctx = await newMailAccount()
    const { server } = await sink()
    const row = await queue(ctx, { event: 'invitation' })
    await senderAt(server).deliverDue()

    const sent = await storedMail(ctx, row)
    expect(sent).toMatchObject({ status: 'sent', sentAt: noon, attempts: 1, lastError: null })
    const mail = readMail(sent)
    expect(mail && keyLinkOf(mail)).toBeNull()
    expect(JSON.stringify(mail)).not.toContain('KEY')
  })

  it.each([
    'a@acme.example,b@acme.example',
    'a@acme.example b@acme.example',
    '"a b"@acme.example',
    'a@acme.example (comment)',
    'group: a@acme.example;',
    'Ann <a@acme.example>',
    'a@acme.example\r\nRCPT TO:<b@evil.example>',
    'a@acme.example\0',
    'a@ácme.example',
    'a@acme.example@evil.example',
    '',
  ])('M02 M03 goes nowhere when the stored address is not one plain address: %j', async (recipient) => {
    const ctx = await newMailAccount()
    const { arrived, server } = await sink()
    // PostgreSQL keeps no NUL at all.
    const row = await queue(ctx, { recipient: recipient.replace('\0', '\u0001') })
    await senderAt(server).deliverDue()
    expect(arrived).toEqual([])
    expect(await storedMail(ctx, row)).toMatchObject({ status: 'failed', lastError: expect.stringContaining('address') })
  })

  it('M05 takes nothing that somebody wrote for a file or an address to fetch', async () => {
    const ctx = await newMailAccount()
    const { arrived, server } = await sink()
    const planted = { path: '/etc/passwd', href: 'http://127.0.0.1:1/' }
    const names = { userName: planted, partnerName: 'file:///etc/passwd', creatorName: planted, loginEmail: planted }
    await queue(ctx, { event: 'user-added', params: names })
    await senderAt(server).deliverDue()
    expect(arrived).toHaveLength(1)
    expect(arrived[0]?.raw).not.toMatch(/root:|BEGIN/)
    expect(arrived[0]?.mail.attachments).toEqual([])
  })
})

describe('a sender that dies', () => {
  it('R03 between the commit and the mail: the next one sends it, once', async () => {
    const ctx = await newMailAccount()
    const { arrived, server } = await sink()
    const row = await queue(ctx)
    await acrossPartners(() => claimDueMail(noon, noon + 5 * minute))

    const next = senderAt(server)
    await next.deliverDue()
    expect(arrived).toEqual([])
    next.clock.now += leaseIsOver
    await next.deliverDue()
    expect(arrived.map(({ mail }) => mail.messageId)).toEqual([`<${row.messageId}@localhost>`])
  })

  it('R03 after the data, before the yes: the next one sends the same mail', async () => {
    const ctx = await newMailAccount()
    const taken = Promise.withResolvers<void>()
    const silent = await sink({ onData: (stream) => stream.resume().on('end', () => taken.resolve()) })
    const { arrived, server } = await sink()
    const row = await queue(ctx)
    const dying = senderAt(silent.hasty)
    const death = dying.deliverDue()
    await taken.promise

    const next = senderAt(server)
    next.clock.now += leaseIsOver
    await next.deliverDue()
    await death
    expect(arrived.map(({ mail }) => mail.messageId)).toEqual([`<${row.messageId}@localhost>`])
    expect(await storedMail(ctx, row)).toMatchObject({ status: 'sent' })
  })

  it('R04 after the yes, before the mark: one more copy with the same Message-ID and the same link, and no third', async () => {
    const ctx = await newMailAccount()
    const { arrived, server } = await sink()
    const row = await queue(ctx, { event: 'invitation' })
    const sender = senderAt(server)
    const [unmarked] = await outboxOf(ctx)
    await sender.deliverDue()
    // What a kill before the mark leaves: the claim alone.
    await acrossPartners(() =>
      db()
        .update(mailOutbox)
        .set({ status: 'queued', sentAt: null, params: unmarked?.params, nextAttemptAt: noon + 5 * minute })
        .where(eq(mailOutbox.key, row.key)),
    )
    await sender.deliverDue()
    expect(arrived).toHaveLength(1)
    sender.clock.now += leaseIsOver
    await sender.deliverDue()
    sender.clock.now += leaseIsOver
    await sender.deliverDue()
    expect(arrived.map(({ mail }) => mail.messageId)).toEqual(Array(2).fill(`<${row.messageId}@localhost>`))
    expect(arrived.map(({ mail }) => mail.text)).toEqual(Array(2).fill(expect.stringContaining('/set-password/KEY')))
  })
})

it('R05 four senders send each of 200 mails once', async () => {
  const ctx = await newMailAccount()
  const { arrived, server } = await sink()
  for (let number = 0; number < 200; number++) await queue(ctx, { recipient: `p${number}@acme.example` })
  await Promise.all(Array.from({ length: 4 }, () => senderAt(server).deliverDue()))
  expect(arrived).toHaveLength(200)
  expect(new Set(arrived.map(({ to }) => to[0])).size).toBe(200)
  expect((await outboxOf(ctx)).every(({ status, attempts }) => status === 'sent' && attempts === 1)).toBe(true)
}, 120_000)

describe('a server that fails', () => {
  it('R06 is tried ever less often while it is away, and then gets every mail once, the oldest first', async () => {
    const ctx = await newMailAccount()
    const gone = await startSink()
    await gone.stop()
    for (let number = 0; number < 20; number++) await queue(ctx, { recipient: `p${number}@acme.example`, at: noon + number })
    const sender = senderAt(gone.server, 1)
    for (let second = 0; second < 600; second++) {
      sender.clock.now += 1_000
      await sender.deliverDue()
    }
    const [first, second] = await outboxOf(ctx)
    expect(first).toMatchObject({ status: 'queued', lastError: expect.stringContaining('ECONNREFUSED') })
    expect(first?.attempts).toBeGreaterThan(5)
    expect(first?.attempts).toBeLessThan(10)
    expect(second?.attempts).toBe(0)

    const { arrived } = await sink({}, gone.port)
    sender.clock.now += 15 * minute
    await sender.deliverDue()
    expect(arrived.map(({ to }) => to[0])).toEqual(Array.from({ length: 20 }, (_, number) => `p${number}@acme.example`))
  })

  it('R06 gives a mail up after a day, or when its link has expired, and says so', async () => {
    const ctx = await newMailAccount()
    const { arrived, server } = await sink()
    const old = await queue(ctx)
    const expired = await queue(ctx, { event: 'reset-password', params: { expiresAt: noon + minute } })
    const sender = senderAt(server)
    sender.clock.now += minute
    await acrossPartners(() =>
      db()
        .update(mailOutbox)
        .set({ createdAt: noon + minute - deliverableFor })
        .where(eq(mailOutbox.key, old.key)),
    )
    await sender.deliverDue()
    expect(arrived).toEqual([])
    for (const row of [old, expired])
      expect(await storedMail(ctx, row)).toMatchObject({ status: 'failed', lastError: 'It could not be sent in time.' })
  })

  it.each(['greeting', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'end'])('R07 and hangs at %s is left within the limit', async (stage) => {
    const ctx = await newMailAccount()
    const server = await tarPit(stage)
    const row = await queue(ctx)
    const started = performance.now()
    await senderAt(server).deliverDue()
    expect(performance.now() - started).toBeLessThan(2_000)
    expect(await storedMail(ctx, row)).toMatchObject({ status: 'queued', attempts: 1, lastError: expect.any(String) })
  })

  it('R07 and drips a byte now and then is left when the whole takes too long', async () => {
    const ctx = await newMailAccount()
    const server = await tarPit('end', 100)
    const row = await queue(ctx)
    await senderAt(server).deliverDue()
    expect(await storedMail(ctx, row)).toMatchObject({ status: 'queued', lastError: 'The server took too long' })
  })

  it('R07 at one mail holds up no other', async () => {
    const ctx = await newMailAccount()
    const { arrived, hasty } = await sink({
      onRcptTo: ({ address }, _session, done) => address.startsWith('slow') || done(),
    })
    const slow = await queue(ctx, { recipient: 'slow@acme.example' })
    for (let number = 0; number < 10; number++) await queue(ctx, { recipient: `p${number}@acme.example` })
    await senderAt(hasty, 2).deliverDue()
    expect(arrived).toHaveLength(10)
    expect(await storedMail(ctx, slow)).toMatchObject({ status: 'queued' })
  })

  it('R08 a 4xx is tried again later, a 5xx never', async () => {
    const ctx = await newMailAccount()
    const isBack = { yet: false }
    const { arrived, server } = await sink({
      onRcptTo: ({ address }, _session, done) => {
        if (address.startsWith('no')) return done(answer(550, 'No such mailbox\r\nhere'))
        done(isBack.yet ? null : answer(451, 'Come back later'))
      },
    })
    const later = await queue(ctx, { recipient: 'later@acme.example' })
    const never = await queue(ctx, { recipient: 'no@acme.example' })
    const sender = senderAt(server)
    await sender.deliverDue()
    expect(await storedMail(ctx, never)).toMatchObject({ status: 'failed', lastError: expect.stringContaining('550 No such') })
    const waiting = await storedMail(ctx, later)
    expect(waiting).toMatchObject({ status: 'queued', attempts: 1, lastError: expect.stringContaining('451') })
    expect(waiting.nextAttemptAt - noon).toBeGreaterThanOrEqual(5_000)

    isBack.yet = true
    await sender.deliverDue()
    expect(arrived).toEqual([])
    sender.clock.now = waiting.nextAttemptAt
    await sender.deliverDue()
    sender.clock.now += deliverableFor / 2
    await sender.deliverDue()
    expect(arrived.map(({ to }) => to)).toEqual([['later@acme.example']])
    expect(await storedMail(ctx, never)).toMatchObject({ attempts: 1 })
  })

  it('R08 a mail that is put off for a day is given up with the server’s last word', async () => {
    const ctx = await newMailAccount()
    const { server } = await sink({
      onData: (stream, _session, done) => stream.resume().on('end', () => done(answer(452, 'Full'))),
    })
    const hour = 60 * minute
    const row = await queue(ctx, { at: noon - deliverableFor + hour })
    const sender = senderAt(server)
    for (let stored = row; stored.status === 'queued'; stored = await storedMail(ctx, row)) {
      sender.clock.now = Math.max(sender.clock.now, stored.nextAttemptAt)
      await sender.deliverDue()
    }
    expect(sender.clock.now).toBeGreaterThan(noon + hour - 15 * minute)
    expect(sender.clock.now).toBeLessThan(noon + hour)
    const given = await storedMail(ctx, row)
    expect(given).toMatchObject({ status: 'failed', lastError: expect.stringContaining('452 Full') })
    expect(given.attempts).toBeLessThan(20)
  })

  it.each([
    ['R08 and refuses the sign-in', { onAuth: (_auth, _session, done) => done(answer(535, 'Bad password')) }],
    ['R08 and refuses the sender', { onMailFrom: (_address, _session, done) => done(answer(553, 'Not yours')) }],
  ] as [string, Parameters<typeof startSink>[0]][])('%s gets no other mail for a while', async (_name, options) => {
    const ctx = await newMailAccount()
    const { connections, port } = await sink({ ...options, allowInsecureAuth: true })
    for (let number = 0; number < 5; number++) await queue(ctx)
    const sender = senderAt(smtpServer(`smtp://usher:wrong@127.0.0.1:${port}`, quickLimits), 1)
    for (const _ of Array(10)) {
      await sender.deliverDue()
      sender.clock.now += minute
    }
    expect(connections()).toBe(1)
    expect((await outboxOf(ctx)).map(({ status }) => status)).toEqual(Array(5).fill('queued'))
    sender.clock.now += 10 * minute
    await sender.deliverDue()
    expect(connections()).toBe(2)
  })
})

describe('M13 the way to the server', () => {
  const trusting = (port: number): SmtpServer => reached('smtp://usher:secret@mail.example.com', port, { ca: certificate.cert })

  /** The server of that name, found on this machine. */
  function reached(url: string, port: number, tls: object = {}): SmtpServer {
    const server = smtpServer(url, quickLimits)
    const { connection } = server
    return {
      ...server,
      connection: { ...connection, host: '127.0.0.1', port, servername: connection.host, tls: { ...connection.tls, ...tls } },
    }
  }

  it('is encrypted before the password is sent, by STARTTLS or from the start', async () => {
    const ctx = await newMailAccount()
    for (const isSecure of [false, true]) {
      const { arrived, port } = await sink({
        ...certificate,
        secure: isSecure,
        onAuth: ({ username, password }, { secure }, done) =>
          done(null, secure && password === 'secret' ? { user: username } : undefined),
      })
      await queue(ctx)
      const server = trusting(port)
      await senderAt({ ...server, connection: { ...server.connection, secure: isSecure } }).deliverDue()
      expect(arrived).toMatchObject([{ isSecure: true, user: 'usher' }])
    }
  })

  it.each([
    ['offers no encryption', {}, 'smtp://usher:secret@mail.example.com', {}],
    ['has a certificate that nobody vouches for', certificate, 'smtp://usher:secret@mail.example.com', {}],
    ['has the certificate of another', certificate, 'smtp://usher:secret@mail.other.example', { ca: certificate.cert }],
    ['speaks TLS from the start with such a certificate', { ...certificate, secure: true }, 'smtps://mail.example.com', {}],
  ])('gets neither a mail nor a password when it %s', async (_name, options, url, tls) => {
    const ctx = await newMailAccount()
    const asked: string[] = []
    const { arrived, port } = await sink({
      ...options,
      allowInsecureAuth: true,
      onAuth: ({ username }, _session, done) => {
        asked.push(username ?? '')
        done(null, { user: username })
      },
    })
    const row = await queue(ctx)
    await senderAt(reached(url, port, tls)).deliverDue()
    expect({ arrived, asked }).toEqual({ arrived: [], asked: [] })
    expect(await storedMail(ctx, row)).toMatchObject({ status: 'queued', lastError: expect.any(String) })
  })

  it.each([
    ['smtp://mail.example.com', { requireTLS: true, secure: false, port: 587 }],
    ['smtp://mail.example.com:25', { requireTLS: true, secure: false, port: 25 }],
    ['smtps://mail.example.com', { requireTLS: true, secure: true, port: 465 }],
    ['smtp://localhost.example.com', { requireTLS: true }],
    ['smtp://127.0.0.1.example.com', { requireTLS: true }],
    ['smtp://10.0.0.1', { requireTLS: true }],
    ['smtp://localhost', { ignoreTLS: true }],
    ['smtp://127.0.0.1:1025', { ignoreTLS: true, port: 1025 }],
    ['smtp://[::1]:1025', { ignoreTLS: true, host: '::1' }],
  ])('is plain on this machine alone: %s', (url, expected) => {
    expect(smtpServer(url).connection).toMatchObject({ tls: { rejectUnauthorized: true }, ...expected })
  })
})

it('stops in the middle of the work without losing or doubling a mail', async () => {
  const ctx = await newMailAccount()
  const { arrived, server } = await sink()
  for (let number = 0; number < 30; number++) await queue(ctx, { recipient: `p${number}@acme.example` })
  const first = senderAt(server, 2)
  first.wake()
  await first.stop()
  await first.deliverDue()
  const before = arrived.length
  expect(before).toBeLessThan(30)
  await senderAt(server).deliverDue()
  expect(new Set(arrived.map(({ to }) => to[0])).size).toBe(30)
  expect(arrived).toHaveLength(30)
})

/** A server that says nothing from a stage on, or only a byte every `dripEvery` milliseconds. */
async function tarPit(stage: string, dripEvery?: number): Promise<SmtpServer> {
  const sockets = new Set<Socket>()
  const hang = (socket: Socket) => {
    if (!dripEvery) return
    const timer = setInterval(() => socket.write('2'), dripEvery)
    socket.on('close', () => clearInterval(timer))
  }
  const pit = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    if (stage === 'greeting') return hang(socket)
    socket.write('220 pit\r\n')
    let isData = false
    socket.on('data', (chunk) => {
      const text = chunk.toString('latin1')
      const verb = isData ? 'end' : (text.split(/[\s:]/, 1)[0] ?? '')
      if (isData && !text.includes('\r\n.\r\n')) return
      if (verb === stage) return hang(socket)
      isData = verb === 'DATA'
      socket.write(isData ? '354 go on\r\n' : '250 ok\r\n')
    })
  })
  await new Promise<void>((resolve) => pit.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    pit.close()
  })
  const place = pit.address()
  return smtpServer(`smtp://127.0.0.1:${typeof place === 'object' ? place?.port : 0}`, quickLimits)
}
