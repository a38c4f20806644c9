'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import type { Text } from '../text/en'
import { useText } from '../text/use-text'
import { askFirst } from './ask-first'

/** While there are unsaved changes: the browser asks before the tab goes, and we ask before a link is followed. */
export function useLeaveWarning(hasChanges: boolean) {
  const router = useRouter()
  const text = useText().shell.leave

  useEffect(() => {
    if (!hasChanges) return
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    const onClick = (event: MouseEvent) => {
      const link = leavingLink(event)
      if (!link) return
      event.preventDefault()
      event.stopPropagation()
      askToLeave(text, { onLeave: () => router.push(link.pathname + link.search + link.hash) })
    }
    window.addEventListener('beforeunload', onUnload)
    // Before the router sees the click.
    document.addEventListener('click', onClick, { capture: true })
    return () => {
      window.removeEventListener('beforeunload', onUnload)
      document.removeEventListener('click', onClick, { capture: true })
    }
  }, [hasChanges, router, text])
}

type Answers = { onLeave: () => void; onClose?: () => void }

/** Asks whether what was typed may be lost. */
export function askToLeave(text: Text['shell']['leave'], { onLeave, onClose }: Answers) {
  askFirst({ title: text.title, hint: text.hint, confirm: text.leave, cancel: text.stay, onConfirm: onLeave, onClose })
}

/** The link of a plain click that leads to another page of ours in this tab. */
function leavingLink(event: MouseEvent) {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link?.href || link.target === '_blank' || link.origin !== window.location.origin) return null
  return link.pathname === window.location.pathname ? null : link
}
