import { expect, type Locator } from '@playwright/test'
import jsQR from 'jsqr'
import { TOTP, URI } from 'otpauth'
import { PNG } from 'pngjs'

const period = 30_000

/** An app of codes that read the QR code from the page's picture, as a phone does. */
export const scan = async (qrCode: Locator): Promise<Authenticator> => readQrCode(await qrCode.screenshot())

/** The same, of the bytes of a PNG. */
export function readQrCode(png: Buffer): Authenticator {
  const { data, width, height } = PNG.sync.read(png)
  const read = jsQR(new Uint8ClampedArray(data), width, height)
  expect(read?.data, 'what the QR code says').toMatch(/^otpauth:\/\/totp\//)
  const totp = URI.parse(read?.data ?? '')
  if (!(totp instanceof TOTP)) throw new Error('The QR code is not for codes by time')
  return authenticatorOf(totp)
}

/** Each code is of a later step than the one before, as the product takes none twice; the next step is taken already. */
export type Authenticator = { secret: string; issuer: string; nextCode: () => Promise<string> }

function authenticatorOf(totp: TOTP): Authenticator {
  let last = 0
  const nextCode = async () => {
    const step = Math.max(stepNow(), last + 1)
    // One step ahead of the server's clock is the most that it takes.
    await expect.poll(stepNow, { timeout: 2 * period, intervals: [500] }).toBeGreaterThanOrEqual(step - 1)
    last = step
    return totp.generate({ timestamp: step * period })
  }
  return { secret: totp.secret.base32, issuer: totp.issuer, nextCode }
}

const stepNow = () => Math.floor(Date.now() / period)
