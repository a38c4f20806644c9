'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Alert, Button, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { signIn } from 'next-auth/react'
import { useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { defaultPasswordRules } from '@/lib/auth/password-rules'
import { SetUpInput } from '@/lib/partner/schema'
import { setUp } from '@/lib/partner/server-actions'
import { useText } from '../text/use-text'
import { FormError, PasswordField, TextField } from '../ui/form-fields'
import { useServerAction } from '../use-action'
import { PasswordChecklist } from './password-checklist'

/** The action's own schema; what may not be empty says so before anything is sent. */
const Filled = SetUpInput.extend({
  name: SetUpInput.shape.name.min(1),
  adminEmail: SetUpInput.shape.adminEmail.min(1),
  adminPassword: SetUpInput.shape.adminPassword.min(1),
})

/** Makes the first account and its owner, signs the owner in and goes to the users. */
export function SetUpForm({ token, sendsMail }: { token: string; sendsMail: boolean }) {
  const { setUp: text, language } = useText()
  const form = useForm({
    resolver: zodResolver(Filled),
    defaultValues: { token, name: '', adminFirstName: '', adminLastName: '', adminEmail: '', adminPassword: '' },
  })
  const [isEntering, setEntering] = useState(false)
  const { run, isPending } = useServerAction(setUp, { form, onSuccess: () => enter() })
  const [password, firstName, lastName, loginEmail, partnerName] = useWatch({
    control: form.control,
    name: ['adminPassword', 'adminFirstName', 'adminLastName', 'adminEmail', 'name'],
  })

  const enter = async () => {
    setEntering(true)
    const { adminEmail, adminPassword } = form.getValues()
    const answer = await signIn('credentials', { email: adminEmail, password: adminPassword, redirect: false }).catch(() => null)
    window.location.assign(answer?.ok && !answer.error ? '/users' : '/sign-in')
  }

  return (
    <form onSubmit={form.handleSubmit(run)} method="post" noValidate>
      <Stack gap="md">
        <div>
          <Title order={1}>{text.title}</Title>
          <Text c="dimmed" mt={6}>
            {text.intro}
          </Text>
        </div>
        <TextField form={form} name="name" label={text.name} description={text.nameHint} required autoComplete="organization" />
        <SimpleGrid cols={2} spacing="sm">
          <TextField form={form} name="adminFirstName" label={text.firstName} autoComplete="given-name" />
          <TextField form={form} name="adminLastName" label={text.lastName} autoComplete="family-name" />
        </SimpleGrid>
        <TextField
          form={form}
          name="adminEmail"
          label={text.email}
          description={text.emailHint}
          type="email"
          required
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <PasswordField
          form={form}
          name="adminPassword"
          label={text.password}
          required
          autoComplete="new-password"
          checklist={
            <PasswordChecklist
              rules={defaultPasswordRules(language)}
              password={password}
              person={{ firstName, lastName, loginEmail, partnerName }}
            />
          }
        />
        {!sendsMail && (
          <Alert role="note" color="gray" icon={<IconMail aria-hidden />}>
            {text.noMail}
          </Alert>
        )}
        <FormError form={form} />
        <Button type="submit" size="md" loading={isPending || isEntering}>
          {text.submit}
        </Button>
      </Stack>
    </form>
  )
}
