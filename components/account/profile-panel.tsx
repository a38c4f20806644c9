'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { Button, Group, Select, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { Controller, useForm } from 'react-hook-form'
import { type Profile, UpdateProfileInput } from '@/lib/account/schema'
import { updateProfile } from '@/lib/account/server-actions'
import { languageNames, languageOf, languages } from '@/lib/language'
import { ThemeChoice } from '../layout/theme-choice'
import { useLanguageChoice } from '../text/use-language-choice'
import { useText } from '../text/use-text'
import { FormError, TextField } from '../ui/form-fields'
import { useServerAction } from '../use-action'
import classes from './account.module.css'

export type OwnProfile = Pick<Profile, 'firstName' | 'lastName' | 'mailLanguage' | 'version'>

/** The own names and language, and the theme of this browser. */
export function ProfilePanel({ profile }: { profile: OwnProfile }) {
  const text = useText().account.profile
  const choose = useLanguageChoice()
  const form = useForm({ resolver: zodResolver(UpdateProfileInput), defaultValues: profile })
  const { run, isPending } = useServerAction(updateProfile, {
    form,
    onSuccess: ({ firstName, lastName, mailLanguage, version }) => {
      form.reset({ firstName, lastName, mailLanguage, version })
      notifications.show({ message: <Saved /> })
      // The frame of the page shows the name, too.
      choose(languageOf(mailLanguage))
    },
  })

  return (
    <form onSubmit={form.handleSubmit(run)} method="post" noValidate className={classes['panel']}>
      <Stack gap="md">
        <TextField form={form} name="firstName" label={text.firstName} autoComplete="given-name" dir="auto" />
        <TextField form={form} name="lastName" label={text.lastName} autoComplete="family-name" dir="auto" />
        <Controller
          control={form.control}
          name="mailLanguage"
          render={({ field, fieldState }) => (
            <Select
              {...field}
              value={field.value ?? ''}
              label={text.language}
              description={text.languageHint}
              data={[{ value: '', label: text.noLanguage }, ...namedLanguages(profile.mailLanguage)]}
              error={fieldState.error?.message}
              allowDeselect={false}
            />
          )}
        />
        <ThemeChoice hint={text.themeHint} />
        <FormError form={form} />
        <Group>
          <Button type="submit" loading={isPending}>
            {text.save}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** In the language that was just chosen. */
const Saved = () => useText().account.profile.saved

/** The languages that we speak, and whatever else the person has by now. */
function namedLanguages(own: string) {
  const known = languages.map((value) => ({ value: String(value), label: languageNames[value] }))
  return own === '' || known.some(({ value }) => value === own) ? known : [...known, { value: own, label: own }]
}
