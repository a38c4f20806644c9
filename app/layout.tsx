import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './globals.css'
import { ColorSchemeScript, mantineHtmlProps } from '@mantine/core'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { getText } from '@/app/get-text'
import { nonceHeader } from '@/lib/transport/security-headers'
import { Providers } from './providers'

export async function generateMetadata(): Promise<Metadata> {
  const { product } = (await getText()).shell
  return { title: { default: product, template: `%s · ${product}` }, robots: { index: false, follow: false } }
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
  const { language, direction } = await getText()
  return (
    <html lang={language} dir={direction} {...mantineHtmlProps}>
      <head>
        {/* Before the first paint, so that a dark page is never white for a moment. */}
        <ColorSchemeScript defaultColorScheme="auto" nonce={nonce} />
      </head>
      <body>
        <Providers language={language} nonce={nonce}>
          {children}
        </Providers>
      </body>
    </html>
  )
}
