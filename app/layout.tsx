import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './globals.css'
import { ColorSchemeScript, mantineHtmlProps } from '@mantine/core'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { direction, language } from '@/components/text/catalogue'
import { getText } from '@/components/text/get-text'
import { nonceHeader } from '@/lib/transport/security-headers'
import { Providers } from './providers'

const { product } = getText().shell

export const metadata: Metadata = {
  title: { default: product, template: `%s · ${product}` },
  robots: { index: false, follow: false },
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f8f7f4' },
    { media: '(prefers-color-scheme: dark)', color: '#111717' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Asked for in the frame of all pages: none of them is made before it is asked for, with a nonce of another answer.
  const nonce = (await headers()).get(nonceHeader) ?? undefined
  return (
    <html lang={language} dir={direction} {...mantineHtmlProps}>
      <head>
        {/* Before the first paint, so that a dark page is never white for a moment. */}
        <ColorSchemeScript defaultColorScheme="auto" nonce={nonce} />
      </head>
      <body>
        <Providers nonce={nonce}>{children}</Providers>
      </body>
    </html>
  )
}
