'use client'

import { ActionIcon, NavLink, Stack, Text, TextInput, VisuallyHidden } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconLock, IconSearch, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, type MouseEvent, useRef, useState } from 'react'
import type { ActionDoc, ApiDoc } from '@/lib/explorer/schema'
import { useText } from '../text/use-text'
import classes from './api-explorer.module.css'
import { type ExplorerView, hrefOf } from './explorer-view'

type Props = {
  services: ApiDoc['services']
  view: ExplorerView
  onSearch: (q: string) => void
  onChoose: (service: string, action: string) => void
}

/** The services and their actions, as links; Enter in the search opens the first that is found. */
export function ActionList({ services, view, onSearch, onChoose }: Props) {
  const text = useText().apiExplorer
  const found = services
    .map(({ name, actions }) => ({ name, actions: actions.filter((action) => isFound(action, view.q)) }))
    .filter(({ actions }) => actions.length > 0)
  const count = found.reduce((sum, { actions }) => sum + actions.length, 0)
  const [first] = found.flatMap(({ actions }) => actions)

  return (
    <nav className={classes['list']} aria-label={text.actions}>
      <Search q={view.q} onSearch={onSearch} onEnter={() => first && onChoose(first.service, first.name)} />
      <VisuallyHidden role="status">{view.q ? text.count(count) : ''}</VisuallyHidden>
      <div className={classes['found']}>
        {found.map(({ name, actions }) => (
          <section key={name} aria-labelledby={`service-${name}`}>
            <Text component="h2" id={`service-${name}`} className={classes['service']}>
              {name}
            </Text>
            {actions.map((action) => (
              <ActionLink key={action.name} action={action} view={view} onChoose={onChoose} />
            ))}
          </section>
        ))}
        {count === 0 && (
          <Stack gap={4} px="xs" py="md">
            <Text fw={600}>{text.noMatch}</Text>
            <Text size="sm" c="dimmed">
              {text.noMatchHint}
            </Text>
          </Stack>
        )}
      </div>
    </nav>
  )
}

function isFound({ service, name, summary }: ActionDoc, q: string) {
  const place = `${service}.${name} ${summary}`.toLowerCase()
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => place.includes(word))
}

/** Keeps what is typed by itself: the address follows a moment later, and must not undo what was typed since. */
function Search({ q, onSearch, onEnter }: { q: string; onSearch: (q: string) => void; onEnter: () => void }) {
  const text = useText().apiExplorer
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(q)
  useHotkeys([['/', () => input.current?.focus()]])
  const change = (next: string) => {
    setTyped(next)
    onSearch(next)
  }
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={text.search}
      placeholder={text.searchHint}
      value={typed}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event: KeyboardEvent) => event.key === 'Enter' && onEnter()}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed ? (
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={text.clearSearch} onClick={() => change('')}>
            <IconX size={14} aria-hidden />
          </ActionIcon>
        ) : undefined
      }
    />
  )
}

type LinkProps = Pick<Props, 'view' | 'onChoose'> & { action: ActionDoc }

function ActionLink({ action, view, onChoose }: LinkProps) {
  const text = useText().apiExplorer
  const { service, name } = action
  const isHere = service === view.service && name === view.action
  const open = (event: MouseEvent) => {
    // With a modifier the browser opens the link in its own way.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    onChoose(service, name)
  }
  return (
    <NavLink
      component="a"
      href={hrefOf({ ...view, service, action: name, values: {} })}
      onClick={open}
      label={name}
      active={isHere}
      aria-current={isHere ? 'true' : undefined}
      className={classes['link']}
      rightSection={
        !action.isAllowed && (
          <>
            <IconLock size={14} aria-hidden />
            <VisuallyHidden>{text.notForYou}</VisuallyHidden>
          </>
        )
      }
    />
  )
}
