'use client'

import { PasswordInput, Select, Text, Textarea, TextInput } from '@mantine/core'
import type { ApiDoc, FieldDoc } from '@/lib/explorer/schema'
import { useText } from '../text/use-text'
import type { Values } from './explorer-view'
import { descriptionOf, FieldName } from './field-label'
import type { Problems } from './form-values'

export type FieldProps = {
  doc: FieldDoc
  /** Where it stands, such as `pager.pageSize`. */
  path: string
  types: ApiDoc['types']
  values: Values
  problems: Problems
  /** Text that stays although it is empty is sent empty; any other field that is emptied is not sent. */
  staysEmpty?: boolean
  takesFocus?: boolean
  onSet: (path: string, value: string | undefined) => void
  onDrop: (path: string) => void
}

/** The input for a field that is no object, by its type; its label is the field's name and type, its description what it means. */
export function FieldInput(props: FieldProps) {
  const text = useText().apiExplorer
  const { doc, path, values, problems, staysEmpty = false, onSet } = props
  const problem = problems[path]
  const common = {
    label: <FieldName doc={doc} />,
    description: descriptionOf(text, doc),
    required: doc.isRequired,
    error: problem && text.problems[problem],
    'aria-invalid': problem !== undefined,
    value: values[path] ?? '',
    autoFocus: props.takesFocus,
    flex: 1,
  }
  const type = (value: string) => onSet(path, value === '' && !staysEmpty ? undefined : value)
  const choices = choicesOf(text, doc)

  if (doc.kind === 'file') return <FileNote doc={doc} />
  if (choices) {
    return (
      <Select
        {...common}
        value={values[path] ?? null}
        data={choices}
        onChange={(value) => onSet(path, value ?? undefined)}
        clearable={!doc.isRequired}
        searchable={choices.length > 8}
      />
    )
  }
  if (doc.kind === 'array') {
    return (
      <Textarea
        {...common}
        autosize
        minRows={1}
        maxRows={12}
        onChange={(event) => type(event.currentTarget.value)}
        ff="monospace"
        dir="ltr"
      />
    )
  }
  if (doc.isSecret) {
    return (
      <PasswordInput
        {...common}
        autoComplete="off"
        visibilityToggleFocusable
        visibilityToggleButtonProps={{ 'aria-label': text.showSecret }}
        onChange={(event) => type(event.currentTarget.value)}
      />
    )
  }
  const isNumber = doc.kind === 'int' || doc.kind === 'time'
  return (
    <TextInput
      {...common}
      inputMode={isNumber ? 'numeric' : undefined}
      autoComplete="off"
      onChange={(event) => type(event.currentTarget.value)}
    />
  )
}

type Words = ReturnType<typeof useText>['apiExplorer']

function choicesOf(text: Words, doc: FieldDoc) {
  if (doc.kind === 'bool') return ['true', 'false'].map((value) => ({ value, label: value }))
  if (doc.kind === 'nullableBool') {
    const { booleans } = text
    return [
      { value: '1', label: booleans.true },
      { value: '0', label: booleans.false },
      { value: '-1', label: booleans.null },
    ]
  }
  if (doc.kind !== 'enum' && doc.kind !== 'stringEnum') return null
  return doc.choices?.map(({ value, name }) => ({
    value: String(value),
    label: String(value) === name ? name : `${name} (${value})`,
  }))
}

function FileNote({ doc }: { doc: FieldDoc }) {
  const text = useText().apiExplorer
  return (
    <div>
      <Text size="sm" fw={500}>
        <FieldName doc={doc} />
      </Text>
      <Text size="sm" c="dimmed">
        {[doc.explanation, text.file].filter(Boolean).join(' ')}
      </Text>
    </div>
  )
}
