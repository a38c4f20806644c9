'use client'

import { Button, Group, Modal, Text } from '@mantine/core'
import { IconPlayerStop } from '@tabler/icons-react'
import { useState } from 'react'
import { abortBulkUpload } from '@/lib/bulk-upload/server-actions'
import { abortExport } from '@/lib/export-csv/server-actions'
import type { Job } from '@/lib/jobs/schema'
import { useText } from '../text/use-text'
import { useServerAction } from '../use-action'

/** Stops an import or an export after a second look, as what was done until then is not undone. */
export function StopJob({ job: { id, type } }: { job: Job }) {
  const { stop: texts, keepOn, close } = useText().jobs.page
  const text = texts[type]
  const [isAsking, setAsking] = useState(false)
  const options = { message: text.done, onSuccess: () => setAsking(false) }
  const stops = { import: useServerAction(abortBulkUpload, options), export: useServerAction(abortExport, options) }
  const { run, isPending } = stops[type]
  return (
    <>
      <Button variant="default" leftSection={<IconPlayerStop size={16} aria-hidden />} onClick={() => setAsking(true)}>
        {text.button}
      </Button>
      <Modal opened={isAsking} onClose={() => setAsking(false)} title={text.title} closeButtonProps={{ 'aria-label': close }}>
        <Text size="sm">{text.effect}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
            {keepOn}
          </Button>
          <Button color="red" loading={isPending} onClick={() => void run({ id })}>
            {text.button}
          </Button>
        </Group>
      </Modal>
    </>
  )
}
