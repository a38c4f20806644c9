import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './globals.css'
import { ColorSchemeScript, mantineHtmlProps } from '@mantine/core'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { direction, language } from '@/components/text/catalogue'
import { getText } from '@/components/text/get-text'
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

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang={language} dir={direction} {...mantineHtmlProps}>
      <head>
        {/* Before the first paint, so that a dark page is never white for a moment. */}
        <ColorSchemeScript defaultColorScheme="auto" />
      </head>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  )
}
