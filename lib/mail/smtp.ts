import 'server-only'
import { isIPv4 } from 'node:net'
import SmtpConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection'
import { failureToOpen, failureToSend } from './delivery-failure'

/** Milliseconds: how long each step may take, and one mail from its first byte to the server's yes. */
export type Limits = { connect: number; greeting: number; idle: number; total: number }

const usualLimits: Limits = { connect: 10_000, greeting: 10_000, idle: 30_000, total: 120_000 }

export type SmtpServer = {
  connection: SMTPConnectionOptions
  signIn: { user: string; pass: string } | null
  /** Milliseconds that one mail may take. */
  total: number
}

/**
 * How to speak to the server of `SMTP_URL`. TLS is a must and the certificate is checked, before any password is sent; only on this very
 * machine may plain `smtp://` stay plain (M13).
 */
export function smtpServer(smtpUrl: string, limits: Limits = usualLimits): SmtpServer {
  const url = new URL(smtpUrl)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isSecure = url.protocol === 'smtps:'
  return {
    connection: {
      host,
      port: Number(url.port) || (isSecure ? 465 : 587),
      secure: isSecure,
      ...(isLoopback(host) ? { ignoreTLS: true } : { requireTLS: true }),
      tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true },
      connectionTimeout: limits.connect,
      greetingTimeout: limits.greeting,
      socketTimeout: limits.idle,
      // Who is given up is not waited for.
      socketCloseTimeout: 0,
      allowInternalNetworkInterfaces: true,
    },
    signIn: url.username ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } : null,
    total: limits.total,
  }
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))

export type Letter = { from: string; to: string; message: Buffer }

/** A conversation with the server: begun by the first letter, kept for the next, begun anew after a failure. */
export type SmtpLine = {
  /** Answers when the server has taken the letter. Throws `DeliveryFailure`. One letter at a time. */
  send(letter: Letter): Promise<void>
  /** Says goodbye; a letter under way fails. */
  close(): void
}

export function smtpLine(server: SmtpServer): SmtpLine {
  let connection: SmtpConnection | null = null
  let giveUp: ((why: Error) => void) | null = null

  const drop = () => {
    connection?.close()
    connection = null
  }

  return {
    async send(letter) {
      const current = connection?.destroyed === false ? connection : newConnection(server)
      let isOpen = current === connection
      connection = current

      // The connection tells most of what goes wrong as an event, and some of it nowhere else.
      const broken = Promise.withResolvers<never>()
      const onEnd = () => broken.reject(new Error('The server closed the connection'))
      const deadline = setTimeout(() => broken.reject(new Error('The server took too long')), server.total)
      current.on('error', broken.reject).on('end', onEnd)
      giveUp = broken.reject

      const conversation = async () => {
        if (!isOpen) await begin(current, server)
        isOpen = true
        await handOver(current, letter)
      }
      try {
        await Promise.race([conversation(), broken.promise])
      } catch (cause) {
        drop()
        throw isOpen ? failureToSend(cause) : failureToOpen(cause)
      } finally {
        giveUp = null
        clearTimeout(deadline)
        current.off('error', broken.reject).off('end', onEnd)
      }
    },

    close() {
      if (giveUp) return giveUp(new Error('Usher was stopped'))
      if (connection?.destroyed === false) connection.quit()
      connection = null
    },
  }
}

function newConnection({ connection }: SmtpServer) {
  // Between two letters nobody else listens, and an error that nobody hears would end the process.
  return new SmtpConnection(connection).on('error', () => {})
}

async function begin(connection: SmtpConnection, { signIn }: SmtpServer) {
  await answered((done) => connection.connect(done))
  if (signIn) await answered((done) => connection.login(signIn, done))
}

function handOver(connection: SmtpConnection, { from, to, message }: Letter) {
  return answered((done) => connection.send({ from, to: [to], size: message.length }, message, done))
}

function answered(ask: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => ask((error) => (error ? reject(error) : resolve())))
}
