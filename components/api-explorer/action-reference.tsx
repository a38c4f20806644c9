'use client'

import { Accordion, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { catalogue, type ErrorCode } from '@/lib/action/errors'
import { permissions } from '@/lib/action/permissions'
import type { ActionDoc, ApiDoc, FieldDoc } from '@/lib/explorer/schema'
import { useText } from '../text/use-text'
import classes from './api-explorer.module.css'
import { typeName } from './type-name'

type Props = { action: ActionDoc; types: ApiDoc['types'] }

/** Who may call the action, what it answers, and what it refuses. */
export function ActionReference({ action, types }: Props) {
  const text = useText().apiExplorer
  const parts = [
    { name: 'permission', title: text.permission, content: <Callers action={action} /> },
    { name: 'answers', title: text.answers, content: <Answers answer={action.answer} types={types} /> },
    { name: 'errors', title: text.errors, content: <Errors errors={action.errors} /> },
  ]
  return (
    <Accordion multiple order={3} className={classes['part']}>
      {parts.map(({ name, title, content }) => (
        <Accordion.Item key={name} value={name}>
          <Accordion.Control>{title}</Accordion.Control>
          <Accordion.Panel>{content}</Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  )
}

function Callers({ action: { audience, permission } }: { action: ActionDoc }) {
  const text = useText().apiExplorer
  if (audience === 'anyone') return <Text size="sm">{text.anyone}</Text>
  return <Terms title={text.anyOf} terms={permission.map((name) => ({ name, meaning: permissions[name] }))} />
}

function Answers({ answer, types }: { answer: FieldDoc; types: ApiDoc['types'] }) {
  const text = useText().apiExplorer
  return (
    <>
      <Text size="sm" mb="sm">
        {text.answersType(typeName(text, answer))}
      </Text>
      {objectsIn(answer, types).map(({ fields = '', type = '' }) => (
        <Terms
          key={fields}
          title={type}
          terms={(types[fields] ?? []).map((field) => ({
            name: field.name,
            type: typeName(text, field),
            meaning: meaningOfField(field),
          }))}
        />
      ))}
    </>
  )
}

/** What was said of it, and the values of an enumeration. */
function meaningOfField({ kind, explanation, choices = [] }: FieldDoc) {
  const names = choices.map(({ value, name }) => (String(value) === name ? name : `${value} ${name}`))
  const isChoice = kind === 'enum' || kind === 'stringEnum'
  return [explanation, isChoice && names.join(', ')].filter(Boolean).join(' ')
}

/** The objects that an answer is made of, each once, the outermost first. */
function objectsIn(doc: FieldDoc, types: ApiDoc['types'], found: FieldDoc[] = []): FieldDoc[] {
  if (doc.item) return objectsIn(doc.item, types, found)
  if (!doc.fields || found.some(({ fields }) => fields === doc.fields)) return found
  return (types[doc.fields] ?? []).reduce((so, field) => objectsIn(field, types, so), [...found, doc])
}

function Errors({ errors: { own, general, isDeclared } }: Pick<ActionDoc, 'errors'>) {
  const text = useText().apiExplorer
  const terms = (codes: ErrorCode[]) => codes.map((name) => ({ name, meaning: meaningOf(name) }))
  return (
    <>
      {own.length > 0 && <Terms title={text.ownErrors} terms={terms(own)} />}
      {own.length === 0 && (
        <Text size="sm" mb="sm">
          {isDeclared ? text.noOwnErrors : text.undeclaredErrors}
        </Text>
      )}
      <Terms title={text.generalErrors} terms={terms(general)} />
    </>
  )
}

/** The message, with the names of its arguments in place of them. */
const meaningOf = (code: ErrorCode) => catalogue[code].message.replace(/@([A-Z_]+)@/g, '$1')

type Term = { name: string; type?: string; meaning?: ReactNode }

function Terms({ title, terms }: { title: string; terms: Term[] }) {
  return (
    <section className={classes['terms']}>
      <Text size="sm" fw={600} component="h4" m={0} mb={6}>
        {title}
      </Text>
      <dl>
        {terms.map(({ name, type, meaning }) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              {type && <span className={classes['type']}>{type}</span>}
              {meaning && <span>{meaning}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
