'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Alert, Anchor, Button, Fieldset, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { type AccountSettings, longest, UpdateSettingsInput } from '@/lib/partner/schema'
import { updateSettings } from '@/lib/partner/server-actions'
import { PageHeader } from '../layout/page-header'
import { useText } from '../text/use-text'
import { FormError, TextField } from '../ui/form-fields'
import { useLeaveWarning } from '../ui/use-leave-warning'
import { useServerAction } from '../use-action'
import { DurationField } from './duration-field'
import { NamedSelect } from './named-select'
import { NumberField } from './number-field'
import { PasswordTester } from './password-tester'
import { RulesField } from './rules-field'
import { type SecurityForm, type SecurityValues, valuesOf } from './security-values'
import classes from './settings.module.css'

type Props = {
  settings: AccountSettings
  mayChange: boolean
  /** Who looks, and whether the person has an authenticator. */
  me: { isAdmin: boolean; isEnrolled: boolean }
  /** Whether mails are handed to a server: if not, they are only to be read in the console. */
  sendsMail: boolean
}

/** The form has every field. */
const wholeSettings = UpdateSettingsInput.required()

/** The page of how people sign in to the account. */
export function SecuritySettings({ settings, mayChange, me, sendsMail }: Props) {
  const text = useText().settings
  const router = useRouter()
  const form: SecurityForm = useForm<SecurityValues>({
    resolver: zodResolver(wholeSettings, undefined, { raw: true }),
    defaultValues: valuesOf(settings),
  })
  const { reset } = form
  useLeaveWarning(form.formState.isDirty)
  const { run, isPending } = useServerAction(updateSettings, {
    form,
    message: text.saved,
    onSuccess: (saved) => reset(valuesOf(saved)),
    onFailure: ({ code }) => {
      if (code !== 'VERSION_CONFLICT') return false
      notifications.show({ color: 'yellow', message: text.conflict, autoClose: false })
      router.refresh()
      return true
    },
  })
  // After a conflict the page brings what is stored now; what was typed stays.
  useEffect(() => reset(valuesOf(settings), { keepDirtyValues: true }), [settings, reset])
  const preset = useWatch({ control: form.control, name: 'passwordPreset' })

  return (
    <>
      <PageHeader title={text.title} description={text.description} />
      <form onSubmit={form.handleSubmit((values) => run(values))} method="post" noValidate className={classes['form']}>
        <Stack gap="lg">
          {!mayChange && <Alert color="gray">{text.readOnly}</Alert>}
          <Fieldset legend={text.passwords}>
            <Stack gap="md">
              <Changeable mayChange={mayChange}>
                <NamedSelect form={form} name="passwordPreset" label={text.preset} choices={text.presets} />
                {preset === 'own' && <RulesField form={form} isReadOnly={!mayChange} />}
              </Changeable>
              <PasswordTester form={form} />
              <Changeable mayChange={mayChange}>
                <NumberField form={form} name="previousPasswordsKept" label={text.kept} description={text.keptHint} max={100} />
                <DurationField
                  form={form}
                  name="passwordReplaceFrequency"
                  label={text.age}
                  description={text.ageHint}
                  usual="days"
                  max={longest.passwordReplaceFrequency}
                />
              </Changeable>
            </Stack>
          </Fieldset>
          <Fieldset legend={text.locks} disabled={!mayChange}>
            <Stack gap="md">
              <NumberField
                form={form}
                name="maxLoginAttempts"
                label={text.attempts}
                description={text.attemptsHint}
                min={2}
                max={1_000_000}
              />
              <DurationField
                form={form}
                name="loginBlockPeriod"
                label={text.period}
                usual="minutes"
                max={longest.loginBlockPeriod}
              />
            </Stack>
          </Fieldset>
          <Fieldset legend={text.factor} disabled={!mayChange}>
            <Stack gap="md">
              <NamedSelect form={form} name="secondFactor" label={text.who} description={text.whoHint} choices={text.modes} />
              <CoversYou form={form} me={me} />
              {!sendsMail && <NoMail form={form} />}
            </Stack>
          </Fieldset>
          <Fieldset legend={text.sessions} disabled={!mayChange}>
            <Stack gap="md">
              <NumberField
                form={form}
                name="sessionIdleMinutes"
                label={text.idleMinutes}
                description={text.asInstalled(settings.mostSessionIdleMinutes)}
                max={settings.mostSessionIdleMinutes}
              />
              <NumberField
                form={form}
                name="sessionHours"
                label={text.browserHours}
                description={text.asInstalled(settings.mostSessionHours)}
                max={settings.mostSessionHours}
              />
              <DurationField
                form={form}
                name="ksMaxExpiry"
                label={text.sessionLife}
                description={text.sessionLifeHint}
                usual="hours"
                min={1}
                max={longest.ksMaxExpiry}
              />
            </Stack>
          </Fieldset>
          <Fieldset legend={text.admins} disabled={!mayChange}>
            <Stack gap="md">
              <TextField
                form={form}
                name="allowedAdminEmailDomains"
                label={text.domains}
                description={text.domainsHint}
                dir="ltr"
              />
              <Text size="sm" c="dimmed">
                {text.quota(settings.adminLoginUsersQuota)}
              </Text>
            </Stack>
          </Fieldset>
          <FormError form={form} />
          {mayChange && (
            <Group>
              <Button type="submit" loading={isPending}>
                {text.save}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </>
  )
}

/** Fields that the role may not let change, beside what works for everybody. */
function Changeable({ mayChange, children }: { mayChange: boolean; children: ReactNode }) {
  return (
    <Fieldset variant="unstyled" m={0} p={0} disabled={!mayChange}>
      <Stack gap="md">{children}</Stack>
    </Fieldset>
  )
}

/** Nobody makes a rule for himself without knowing. */
function CoversYou({ form, me }: { form: SecurityForm; me: Props['me'] }) {
  const text = useText().settings
  const mode = useWatch({ control: form.control, name: 'secondFactor' })
  const isCovered = mode === 'all' || mode === (me.isAdmin ? 'admins' : 'nonAdmins')
  return (
    <div role="status">
      {isCovered && !me.isEnrolled && (
        <Alert color="yellow">
          {text.coversYou}{' '}
          <Anchor component={Link} href="/account?tab=factor" inherit underline="always">
            {text.setUpNow}
          </Anchor>
        </Alert>
      )}
    </div>
  )
}

/** Nor for others, who could not fulfil it: whoever has no authenticator gets to one by a mail. */
function NoMail({ form }: { form: SecurityForm }) {
  const text = useText().settings
  const mode = useWatch({ control: form.control, name: 'secondFactor' })
  return <div role="status">{mode !== 'none' && <Alert color="orange">{text.noMail}</Alert>}</div>
}
