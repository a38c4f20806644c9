'use client'

import { Tabs, Text, useComputedColorScheme } from '@mantine/core'
import type { MailPreview } from '@/lib/mail/schema'
import { useText } from '../text/use-text'
import classes from './mail-drawer.module.css'

/** Before the mail's own markup: nothing in it runs, and nothing is fetched. */
const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`

/** The mail as it is read, and its plain text. It is shown in a frame that may do nothing at all. */
export function MailBodies({ mail }: { mail: MailPreview }) {
  const text = useText().mail
  // Known at once, as a frame that is filled a second time may stay blank.
  const theme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  return (
    <Tabs defaultValue="preview" keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="preview">{text.drawer.preview}</Tabs.Tab>
        <Tabs.Tab value="text">{text.drawer.text}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="preview" pt="md">
        <iframe
          key={theme}
          className={classes['preview']}
          title={text.drawer.previewOf(mail.subject ?? text.unreadable)}
          sandbox=""
          srcDoc={`${policy}${inTheme(mail.html ?? '', theme)}`}
        />
      </Tabs.Panel>
      <Tabs.Panel value="text" pt="md">
        <pre className={classes['text']} dir="auto">
          {mail.text}
        </pre>
      </Tabs.Panel>
      {mail.isMasked && (
        <Text size="sm" c="dimmed" mt="xs">
          {text.drawer.masked}
        </Text>
      )}
    </Tabs>
  )
}

/**
 * The mail's night follows the theme of the page, not only that of the system. Its style sheet gets the nonce of the page, if there is
 * one: what a page may style, the frame may, and no more.
 */
function inTheme(html: string, theme: 'light' | 'dark') {
  const nonce = document.querySelector<HTMLElement>('[nonce]')?.nonce
  return html
    .replace('(prefers-color-scheme: dark)', theme === 'dark' ? 'all' : 'not all')
    .replace('<style>', nonce ? `<style nonce="${nonce}">` : '<style>')
}
