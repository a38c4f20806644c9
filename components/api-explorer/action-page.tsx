'use client'

import { Alert, Anchor, Badge, Group, Text, Title } from '@mantine/core'
import { IconArrowLeft, IconLock } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { ActionDoc, ApiDoc, Ran } from '@/lib/explorer/schema'
import { runAsMe } from '@/lib/explorer/server-actions'
import { useText } from '../text/use-text'
import { useServerAction } from '../use-action'
import { ActionReference } from './action-reference'
import { AnswerPanel } from './answer-panel'
import classes from './api-explorer.module.css'
import { CodePanel } from './code-panel'
import { type ExplorerView, hrefOf, type Values } from './explorer-view'
import { readForm, toJson, withoutSecrets, withPlaceholders } from './form-values'
import { ParameterForm } from './parameter-form'
import { RunDialog } from './run-dialog'

type Props = {
  action: ActionDoc
  types: ApiDoc['types']
  serverUrl: string
  partnerName: string
  view: ExplorerView
  /** It was chosen from the list: the reader goes on here. */
  takesFocus: boolean
  onKeep: (changes: Partial<ExplorerView>) => void
  onLeave: () => void
}

/** One action: the form, what it answered, the code, and the reference. */
export function ActionPage({ action, types, serverUrl, partnerName, view, takesFocus, onKeep, onLeave }: Props) {
  const text = useText().apiExplorer
  const { parameters } = action
  const [values, setValues] = useState<Values>(() => withoutSecrets(parameters, types, view.values))
  const [isChecked, setChecked] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const [ran, setRan] = useState<Ran | null>(null)
  const { run, isPending } = useServerAction(runAsMe, { onSuccess: setRan })
  const form = readForm(parameters, types, values)
  const shown = readForm(parameters, types, withPlaceholders(parameters, types, values)).sent

  const change = (next: Values) => {
    setValues(next)
    onKeep({ values: withoutSecrets(parameters, types, next) })
  }
  const send = () => {
    setAsking(false)
    void run({ service: action.service, action: action.name, parameters: toJson(form.sent) })
  }
  const submit = () => {
    setChecked(true)
    const isReady = Object.keys(form.problems).length === 0
    if (isReady && action.kind === 'mutation') setAsking(true)
    else if (isReady) send()
    return isReady
  }
  const clear = () => {
    setChecked(false)
    change({})
  }

  return (
    <>
      <Anchor
        href={hrefOf({ ...view, service: undefined, action: undefined, values: {} })}
        size="sm"
        className={classes['back']}
        onClick={(event) => {
          event.preventDefault()
          onLeave()
        }}
      >
        <IconArrowLeft size={16} aria-hidden className={classes['turns']} />
        {text.allActions}
      </Anchor>
      <Header action={action} takesFocus={takesFocus} />
      <ParameterForm
        {...{ parameters, types, values, isPending }}
        problems={isChecked ? form.problems : {}}
        onChange={change}
        onSubmit={submit}
        onClear={clear}
      />
      <AnswerPanel ran={ran} isPending={isPending} />
      <CodePanel
        call={{
          serverUrl,
          service: action.service,
          action: action.name,
          needsSession: action.audience === 'partner',
          sent: shown,
        }}
        language={view.language}
        onLanguage={(language) => onKeep({ language })}
      />
      <ActionReference action={action} types={types} />
      {isAsking && (
        <RunDialog action={action} partnerName={partnerName} sent={toJson(shown)} onRun={send} onClose={() => setAsking(false)} />
      )}
    </>
  )
}

function Header({ action, takesFocus }: Pick<Props, 'action' | 'takesFocus'>) {
  const text = useText().apiExplorer
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (takesFocus) title.current?.focus()
  }, [takesFocus])
  return (
    <header className={classes['header']}>
      <Group gap="xs" mb={6}>
        <Title order={2} ref={title} tabIndex={-1} className={classes['name']}>
          {action.service}.<wbr />
          {action.name}
        </Title>
        <Badge color={action.kind === 'query' ? 'gray' : 'orange'}>{text.kinds[action.kind]}</Badge>
        {action.audience === 'anyone' && <Badge color="gray">{text.noSession}</Badge>}
      </Group>
      <Text>{action.summary}</Text>
      {!action.isAllowed && (
        <Alert color="yellow" icon={<IconLock aria-hidden />} mt="md">
          {text.forbidden}
        </Alert>
      )}
    </header>
  )
}
