'use client'

import { Button, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { getMyData } from '@/lib/account/server-actions'
import { useText } from '../text/use-text'
import { download } from '../ui/download'
import { useServerAction } from '../use-action'
import classes from './account.module.css'

/** Everything that is kept about the person, as a file. */
export function MyDataPanel() {
  const text = useText().account.data
  const { run, isPending } = useServerAction(getMyData, {
    onSuccess: (mine) => download(text.fileName, JSON.stringify(mine, null, 2), 'application/json'),
  })
  return (
    <Stack gap="md" align="flex-start" className={classes['panel']}>
      <Text>{text.intro}</Text>
      <Button leftSection={<IconDownload size={17} aria-hidden />} loading={isPending} onClick={() => void run({})}>
        {text.download}
      </Button>
    </Stack>
  )
}
