'use client'

import { Button, Group, Modal, Text } from '@mantine/core'
import { IconPlayerStop } from '@tabler/icons-react'
import { useState } from 'react'
import { abortBulkUpload } from '@/lib/bulk-upload/server-actions'
import { useText } from '../text/use-text'
import { useServerAction } from '../use-action'

/** Stops an import after a second look: what was applied is not undone. */
export function StopImport({ id }: { id: number }) {
  const text = useText().jobs.page
  const [isAsking, setAsking] = useState(false)
  const { run, isPending } = useServerAction(abortBulkUpload, { message: text.stopped, onSuccess: () => setAsking(false) })
  return (
    <>
      <Button variant="default" leftSection={<IconPlayerStop size={16} aria-hidden />} onClick={() => setAsking(true)}>
        {text.stop}
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={text.stopTitle}
        closeButtonProps={{ 'aria-label': text.close }}
      >
        <Text size="sm">{text.stopEffect}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
            {text.keepOn}
          </Button>
          <Button color="red" loading={isPending} onClick={() => void run({ id })}>
            {text.stop}
          </Button>
        </Group>
      </Modal>
    </>
  )
}
