'use client'

import { ActionIcon, CopyButton as Copy, Tooltip, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useText } from '../text/use-text'

/** Copies `value`; `what` names it for those who hear the page, such as "the user id". */
export function CopyButton({ value, what }: { value: string; what: string }) {
  const text = useText().shell
  return (
    <Copy value={value} timeout={2000}>
      {({ copied, copy }) => (
        <>
          <Tooltip label={copied ? text.copied(what) : text.copy(what)}>
            <ActionIcon variant="subtle" color="gray" size="sm" onClick={copy} aria-label={text.copy(what)}>
              {copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
            </ActionIcon>
          </Tooltip>
          <VisuallyHidden aria-live="polite">{copied ? text.copied(what) : ''}</VisuallyHidden>
        </>
      )}
    </Copy>
  )
}
