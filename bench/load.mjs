import autocannon from 'autocannon'

/** So many seconds are not counted, as code gets faster while it warms up. */
const warmUp = 1

/**
 * Sends the requests that `request()` makes, one at a time on each connection. Answers requests per second, and the milliseconds that
 * half and 99 of 100 took at most. An answer that is not 200, or that the case does not accept, fails the run.
 */
export async function measure({ url, connections, seconds, request }) {
  await shoot({ url, connections, duration: warmUp, request })
  const { requests, latency, errors, timeouts, non2xx, mismatches } = await shoot({
    url,
    connections,
    duration: seconds,
    request,
  })
  await settle({ url, request })
  const failures = errors + timeouts + non2xx + mismatches
  if (failures > 0) throw new Error(`${failures} requests failed at ${url}`)
  return { perSecond: requests.average, p50: latency.p50, p99: latency.p99 }
}

/** Waits until what was asked at the end of a case is done with: one more answer comes after all others. */
async function settle({ url, request }) {
  const { path, body } = request()
  const headers = { 'content-type': 'application/json' }
  await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }).then((answer) => answer.arrayBuffer())
}

function shoot({ request, ...options }) {
  return autocannon({
    ...options,
    verifyBody: (body) => !body.includes('KalturaAPIException'),
    requests: [
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        setupRequest: (sent) => {
          const { path, body } = request()
          return { ...sent, path, body: JSON.stringify(body) }
        },
      },
    ],
  })
}
