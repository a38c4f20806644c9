'use client'

import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { type FormEvent, useRef } from 'react'
import type { ApiDoc, FieldDoc } from '@/lib/explorer/schema'
import { useText } from '../text/use-text'
import classes from './api-explorer.module.css'
import type { Values } from './explorer-view'
import type { Problems } from './form-values'
import { Field } from './object-fields'

type Props = {
  parameters: FieldDoc[]
  types: ApiDoc['types']
  values: Values
  problems: Problems
  isPending: boolean
  onChange: (values: Values) => void
  /** Answers whether everything is in order. */
  onSubmit: () => boolean
  onClear: () => void
}

/** A field for each parameter, and the button that runs the action. */
export function ParameterForm({ parameters, types, values, problems, isPending, onChange, onSubmit, onClear }: Props) {
  const text = useText().apiExplorer
  const form = useRef<HTMLFormElement>(null)
  const hasFile = parameters.some(({ kind }) => kind === 'file')

  const set = (path: string, value: string | undefined) => {
    const { [path]: _, ...others } = values
    onChange(value === undefined ? others : { ...others, [path]: value })
  }
  const drop = (path: string) => {
    onChange(Object.fromEntries(Object.entries(values).filter(([key]) => key !== path && !key.startsWith(`${path}.`))))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (hasFile || isPending || onSubmit()) return
    // Once the problems are shown, the first of them is where to go on.
    setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), 0)
  }

  return (
    <section className={classes['part']} aria-labelledby="parameters">
      <Title order={3} id="parameters" mb="xs">
        {text.parameters}
      </Title>
      <form ref={form} onSubmit={submit} noValidate autoComplete="off">
        <Stack gap="md">
          {parameters.length === 0 && <Text c="dimmed">{text.noParameters}</Text>}
          {parameters.map((doc) => (
            <Field key={doc.name} doc={doc} path={doc.name} {...{ types, values, problems }} onSet={set} onDrop={drop} />
          ))}
          <Group gap="xs">
            <Button type="submit" loading={isPending} disabled={hasFile} leftSection={<IconPlayerPlay size={16} aria-hidden />}>
              {text.run}
            </Button>
            {Object.keys(values).length > 0 && (
              <Button variant="default" onClick={onClear}>
                {text.clear}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </section>
  )
}
