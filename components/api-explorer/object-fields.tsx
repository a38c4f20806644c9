'use client'

import { ActionIcon, Group, Select, Stack, Text } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { FieldDoc } from '@/lib/explorer/schema'
import { useText } from '../text/use-text'
import classes from './api-explorer.module.css'
import { FieldInput, type FieldProps } from './field-input'
import { descriptionOf, FieldName } from './field-label'
import { isPresent } from './form-values'

/** An object with more fields than this shows those that are sent, and offers the others. */
const mostShown = 6

/** The input for any field. */
export function Field(props: FieldProps) {
  return props.doc.kind === 'object' ? <ObjectFields {...props} /> : <FieldInput {...props} />
}

/** The fields of an object: all of a small one; of a large one those that were added, each with a way to take it out again. */
function ObjectFields(props: FieldProps) {
  const text = useText().apiExplorer
  const { doc, path, types, values, onSet, onDrop } = props
  const [added, setAdded] = useState<string | null>(null)
  const all = [...classField(text, doc), ...(types[doc.fields ?? ''] ?? [])]
  const isLarge = all.length > mostShown
  const pathOf = (field: FieldDoc) => `${path}.${field.name}`
  const shown = isLarge ? all.filter((field) => isPresent(values, pathOf(field))) : all
  const others = all.filter((field) => !shown.includes(field))
  const description = descriptionOf(text, doc)

  const add = (name: string | null) => {
    if (!name) return
    setAdded(name)
    onSet(`${path}.${name}`, '')
  }
  return (
    <fieldset className={classes['object']}>
      <legend>
        <FieldName doc={doc} />
        {doc.isRequired && (
          <Text span c="red" aria-hidden>
            {' *'}
          </Text>
        )}
      </legend>
      <Stack gap="sm">
        {description && (
          <Text size="xs" c="dimmed">
            {description}
          </Text>
        )}
        {shown.map((field) => {
          const isInner = field.kind === 'object'
          const input = (
            <Field {...props} doc={field} path={pathOf(field)} staysEmpty={isLarge} takesFocus={field.name === added} />
          )
          if (!isLarge) return <div key={field.name}>{input}</div>
          return (
            <Group key={field.name} gap="xs" align="flex-end" wrap="nowrap">
              <div className={classes['grows']}>{input}</div>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                mb={isInner ? 0 : 1}
                aria-label={text.removeField(field.name)}
                onClick={() => onDrop(pathOf(field))}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            </Group>
          )
        })}
        {others.length > 0 && (
          <Select
            key={shown.length}
            aria-label={text.addFieldOf(doc.name)}
            placeholder={text.addField}
            data={others.map(({ name }) => name)}
            value={null}
            onChange={add}
            searchable
            leftSection={<IconPlus size={16} aria-hidden />}
            maw={320}
          />
        )}
      </Stack>
    </fieldset>
  )
}

/** Which class of the contract is sent, where an object can be of several. */
function classField(text: ReturnType<typeof useText>['apiExplorer'], doc: FieldDoc): FieldDoc[] {
  if (!doc.choices) return []
  const { choices, type } = doc
  return [
    { name: 'objectType', kind: 'stringEnum', type, choices, isRequired: false, isSecret: false, explanation: text.objectType },
  ]
}
