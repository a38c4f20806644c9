'use client'

import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { ActionDoc } from '@/lib/explorer/schema'
import { useText } from '../text/use-text'
import { useReturnFocus } from '../ui/use-return-focus'
import { CodeBlock } from './code-block'

type Props = { action: ActionDoc; partnerName: string; sent: object; onRun: () => void; onClose: () => void }

/** Shows what will be sent before anything changes; secrets stay hidden. */
export function RunDialog({ action, partnerName, sent, onRun, onClose }: Props) {
  const text = useText().apiExplorer
  useReturnFocus()
  return (
    <Modal
      opened
      onClose={onClose}
      title={text.confirmTitle(`${action.service}.${action.name}`)}
      closeButtonProps={{ 'aria-label': text.close }}
    >
      <Stack>
        <Text size="sm">{text.confirm(partnerName)}</Text>
        <CodeBlock label={text.sentWith} code={JSON.stringify(sent, null, 2)} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {text.cancel}
          </Button>
          <Button onClick={onRun}>{text.confirmRun}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
