import './scripts/dot-env.mjs'

/** The front door: /api_v3 goes to the wire handler, everything else to the pages. `--dev` reloads what changes. */

const isDev = process.argv.includes('--dev')
/** Says whether the settings would do, before somebody waits for a build. */
const isOnlyCheck = process.argv.includes('--check')
/** How long requests in flight may take once the process is told to stop, milliseconds. */
const patience = 10_000
/** npm hands on the signal that the terminal has already sent: two so close together are one. */
const sameSignal = 500

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 24 || (major === 24 && minor < 9)) {
  fail(`Usher needs Node 24.9 or newer and this is ${process.version}: start it with \`npm run up\`, which brings its own.`)
}

await main().catch(failWith)

async function main() {
  const { env, prepareDataFolder } = await import('./lib/env.ts')
  const { newServer } = await import('./lib/transport/http-server.ts')
  const settings = env()
  process.env.NODE_ENV = isDev ? 'development' : 'production'
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  process.env.NEXTAUTH_URL = settings.publicUrl

  const opening = Promise.withResolvers()
  const { connections, connectionsPerAddress } = settings
  const options = { takesWebSockets: isDev, connections, connectionsPerAddress }
  const server = newServer(async (req, res) => (await opening.promise)(req, res), options)
  // The port is taken before anything is made, and those who come early wait.
  await listen(server, settings)
  prepareDataFolder(settings.dataDir)
  if (isOnlyCheck) process.exit(0)
  await stopWhenTold(server)

  opening.resolve(await openRooms(server, settings))
  console.log(`Usher serves at ${settings.publicUrl}`)
  const link = await shared('usher.setUpLink')?.()
  if (link) console.log(`No account yet. Make the first one here; the link works once:\n${link}`)
}

/** Starts the pages, which migrate the database, and answers with the handler of all requests. */
async function openRooms(server, { port, publicUrl, trustedProxies }) {
  const { clientAddress } = await import('./lib/auth/client-address.ts')
  const { log } = await import('./lib/log.ts')
  const { isReadable, isWirePath } = await import('./lib/transport/request-path.ts')
  const { contentSecurityPolicy, newNonce, nonceHeader, securityHeaders } = await import('./lib/transport/security-headers.ts')
  const { default: next } = await import('next')
  const pages = next({ dev: isDev, dir: import.meta.dirname, port, httpServer: server })
  const started = Promise.withResolvers()
  globalThis[Symbol.for('usher.started')] = started
  await Promise.all([pages.prepare(), started.promise])
  const showPage = pages.getRequestHandler()
  const isSecure = publicUrl.startsWith('https:')

  return async (req, res) => {
    // Two years; only where people come by https, or they would be locked out.
    if (isSecure) res.setHeader('Strict-Transport-Security', 'max-age=63072000')
    // One address for every room; a client cannot send it, nor the names by which proxies speak unless one is trusted.
    req.headers['x-usher-address'] = clientAddress(req.socket.remoteAddress, req.headers['x-forwarded-for'], trustedProxies)
    if (trustedProxies === 0) {
      for (const name of ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port'])
        delete req.headers[name]
    }
    const wire = isWirePath(req.url) && shared('usher.wire')
    if (!wire) {
      const nonce = newNonce()
      const policy = contentSecurityPolicy(nonce, { isDev })
      // The framework reads the nonce of its own scripts from the policy as if it had been sent.
      Object.assign(req.headers, { [nonceHeader]: nonce, 'content-security-policy': policy })
      delete req.headers['content-security-policy-report-only']
      for (const [name, value] of Object.entries(securityHeaders)) res.setHeader(name, value)
      res.setHeader('Content-Security-Policy', policy)
    }
    if (!isReadable(req.url)) return void res.writeHead(400).end()
    try {
      await (wire ? wire(req, res) : showPage(req, res))
    } catch (err) {
      log().error({ err }, 'request failed')
      if (res.headersSent) res.destroy()
      else res.writeHead(500).end()
    }
  }
}

function listen(server, { port, listenAddress }) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(startError(portProblem(error, port, listenAddress))))
    server.listen(port, listenAddress, resolve)
  })
}

function portProblem({ code, message }, port, address) {
  if (code === 'EADDRINUSE') return `Port ${port} is in use: stop what uses it, or set PORT to another one.`
  if (code === 'EACCES') return `Port ${port} may only be opened by root: set PORT to one above 1023.`
  return `Cannot listen on ${address ?? 'the network'}, port ${port} (${code ?? message}): set LISTEN_ADDRESS and PORT to what this machine has.`
}

/** By a signal, or by an error after which it is better to begin anew; in development the framework shows those. */
async function stopWhenTold(server) {
  const { catchStrayErrors } = await import('./lib/stray-errors.ts')
  // Browsers open connections ahead of their requests, and in development a WebSocket never makes one.
  const silent = new Set()
  server.on('connection', (socket) => silent.add(socket.once('close', () => silent.delete(socket))))
  server.on('request', ({ socket }) => silent.delete(socket))

  let since = 0
  const stop = async (status) => {
    if (since) return
    since = Date.now()
    setTimeout(() => server.closeAllConnections(), patience).unref()
    setTimeout(() => process.exit(1), patience + 5_000).unref()
    const idle = setInterval(() => {
      server.closeIdleConnections()
      for (const socket of silent) socket.destroy()
    }, 100)
    await new Promise((resolve) => server.close(resolve))
    clearInterval(idle)
    await shared('usher.stop')?.()
    process.exit(status)
  }
  const onSignal = () => (since && Date.now() - since > sameSignal ? process.exit(1) : stop(0).catch(failWith))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal)
  if (!isDev) catchStrayErrors(() => stop(1).catch(failWith))
}

/** Something that one sentence explains and its reader can put right. */
function startError(message) {
  return Object.assign(new Error(message), { name: 'StartError' })
}

/** What the application's bundles left for this file, see lib/start.ts. */
function shared(name) {
  return globalThis[Symbol.for(name)]
}

/** Ends the process: problems that someone can solve in one sentence, all else with its stack. */
function failWith(error) {
  const isClear = error?.name === 'StartError' || error?.name === 'SettingsError'
  fail(
    isClear
      ? error.message.replace(/^An error occurred while loading instrumentation hook: /, '')
      : (error?.stack ?? String(error)),
  )
}

function fail(text) {
  process.stderr.write(`${text}\n`)
  process.exit(1)
}
