'use client'

import { Tabs, Text } from '@mantine/core'
import type { MailPreview } from '@/lib/mail/schema'
import { useText } from '../text/use-text'
import classes from './mail-drawer.module.css'

/** Before the mail's own markup: nothing in it runs, and nothing is fetched. */
const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`

/** The mail as it is read, and its plain text. It is shown in a frame that may do nothing at all. */
export function MailBodies({ mail }: { mail: MailPreview }) {
  const text = useText().mail
  return (
    <Tabs defaultValue="preview" keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="preview">{text.drawer.preview}</Tabs.Tab>
        <Tabs.Tab value="text">{text.drawer.text}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="preview" pt="md">
        <iframe
          className={classes['preview']}
          title={text.drawer.previewOf(mail.subject ?? text.unreadable)}
          sandbox=""
          srcDoc={`${policy}${mail.html}`}
        />
      </Tabs.Panel>
      <Tabs.Panel value="text" pt="md">
        <pre className={classes['text']} dir="auto">
          {mail.text}
        </pre>
      </Tabs.Panel>
      <Text size="sm" c="dimmed" mt="xs">
        {mail.text?.includes('/…') && text.drawer.masked}
      </Text>
    </Tabs>
  )
}
