'use client'

import { Button, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconApi, IconBraces, IconZoomQuestion } from '@tabler/icons-react'
import { useRef } from 'react'
import type { ApiDoc } from '@/lib/explorer/schema'
import { PageHeader } from '../layout/page-header'
import { useText } from '../text/use-text'
import { ActionList } from './action-list'
import { ActionPage } from './action-page'
import classes from './api-explorer.module.css'
import { useExplorerView } from './use-explorer-view'

type Props = {
  api: ApiDoc
  /** Where programs reach this installation. */
  serverUrl: string
  partnerName: string
}

/** Every action that a program can call: what it takes and answers, how to call it, and a way to try it; the address is its state. */
export function ApiExplorer({ api, serverUrl, partnerName }: Props) {
  const text = useText().apiExplorer
  const { view, open, keep } = useExplorerView()
  const isChosenHere = useRef(false)
  const action = api.services.find(({ name }) => name === view.service)?.actions.find(({ name }) => name === view.action)
  const asked = view.service || view.action ? `${view.service ?? ''}.${view.action ?? ''}` : null

  const choose = (service: string, name: string) => {
    isChosenHere.current = true
    open({ service, action: name, values: {} })
  }
  return (
    <>
      <PageHeader title={text.title} description={text.description}>
        <Button
          component="a"
          href="/api/openapi.json"
          target="_blank"
          variant="default"
          leftSection={<IconBraces size={16} aria-hidden />}
        >
          {text.openApi}
        </Button>
      </PageHeader>
      <div className={classes['page']} data-chosen={action !== undefined || undefined}>
        <ActionList services={api.services} view={view} onSearch={(q) => keep({ q })} onChoose={choose} />
        <div className={classes['action']} data-unknown={(asked !== null && !action) || undefined}>
          {action && (
            <ActionPage
              key={asked}
              {...{ action, serverUrl, partnerName, view }}
              types={api.types}
              takesFocus={isChosenHere.current}
              onKeep={keep}
              onLeave={() => open({ service: undefined, action: undefined, values: {} })}
            />
          )}
          {!action && asked && (
            <Hint Icon={IconZoomQuestion} title={text.unknownTitle} role="alert">
              {text.unknown(asked)}
            </Hint>
          )}
          {!asked && (
            <Hint Icon={IconApi} title={text.chooseTitle} visibleFrom="lg">
              {text.choose}
            </Hint>
          )}
        </div>
      </div>
    </>
  )
}

type HintProps = { Icon: typeof IconApi; title: string; role?: string; visibleFrom?: 'lg'; children: string }

function Hint({ Icon, title, children, ...props }: HintProps) {
  return (
    <Stack align="center" gap="xs" py={56} px="md" ta="center" {...props}>
      <ThemeIcon variant="light" size={52} radius="xl" aria-hidden>
        <Icon size={26} stroke={1.6} />
      </ThemeIcon>
      <Title order={2} mt="xs">
        {title}
      </Title>
      <Text c="dimmed" maw={460}>
        {children}
      </Text>
    </Stack>
  )
}
