'use client'

import { Anchor, Button, Card, Stack, Text, Title } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import Link from 'next/link'
import { useState } from 'react'
import type { AccountSecrets } from '@/lib/partner/schema'
import { showSecrets } from '@/lib/partner/server-actions'
import { PageHeader } from '../layout/page-header'
import { useText } from '../text/use-text'
import { Copyable, Facts } from '../ui/facts'
import { useServerAction } from '../use-action'
import classes from './settings.module.css'

type Props = {
  id: number
  name: string
  /** Where the account is served. */
  address: string
  mayShow: boolean
}

/** What the account is, and what a program needs to reach it. */
export function AccountOverview({ id, name, address, mayShow }: Props) {
  const text = useText().settings.account
  return (
    <>
      <PageHeader title={text.title} description={text.description} />
      <Stack gap="lg" className={classes['form']}>
        <Card withBorder padding="lg">
          <Facts
            facts={[
              [text.name, name],
              [text.id, <Copyable key="id" value={String(id)} what={text.theId} />],
              [text.address, <Copyable key="address" value={address} what={text.theAddress} />],
            ]}
          />
          <Text size="sm" c="dimmed" mt="md">
            {text.howTo}{' '}
            <Anchor component={Link} href="/api-explorer" inherit underline="always">
              {text.explorer}
            </Anchor>
          </Text>
        </Card>
        <Secrets mayShow={mayShow} />
      </Stack>
    </>
  )
}

/** They are asked of the server when somebody wants to see them, and gone with the page. */
function Secrets({ mayShow }: { mayShow: boolean }) {
  const text = useText().settings.account
  const [secrets, setSecrets] = useState<AccountSecrets | null>(null)
  const { run, isPending } = useServerAction(showSecrets, { onSuccess: setSecrets })
  return (
    <Card component="section" withBorder padding="lg" aria-labelledby="secrets">
      <Stack gap="md" align="flex-start">
        <Title order={2} id="secrets" size="h4">
          {text.secrets}
        </Title>
        <Text size="sm">{text.secretsHint}</Text>
        {secrets && (
          <div role="status">
            <Facts
              facts={[
                [text.adminSecret, <Copyable key="admin" value={secrets.adminSecret} what={text.theAdminSecret} />],
                [text.userSecret, <Copyable key="user" value={secrets.userSecret} what={text.theUserSecret} />],
              ]}
            />
          </div>
        )}
        {!mayShow && (
          <Text size="sm" c="dimmed">
            {text.mayNot}
          </Text>
        )}
        {mayShow && secrets && (
          <Button variant="default" leftSection={<IconEyeOff size={16} aria-hidden />} onClick={() => setSecrets(null)}>
            {text.hide}
          </Button>
        )}
        {mayShow && !secrets && (
          <Button variant="default" leftSection={<IconEye size={16} aria-hidden />} loading={isPending} onClick={() => run({})}>
            {text.show}
          </Button>
        )}
      </Stack>
    </Card>
  )
}
