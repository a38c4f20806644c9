'use client'

import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useFieldArray } from 'react-hook-form'
import { useText } from '../text/use-text'
import { TextField } from '../ui/form-fields'
import type { SecurityForm } from './security-values'
import classes from './settings.module.css'

const most = 20

/** An account's own rules of passwords, one line each. */
export function RulesField({ form, isReadOnly }: { form: SecurityForm; isReadOnly: boolean }) {
  const text = useText().settings
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'passwordRules' })
  return (
    <Stack gap="xs" role="group" aria-label={text.ownRules}>
      <Text size="sm" c="dimmed">
        {text.ownRulesHint}
      </Text>
      {fields.map(({ id }, at) => (
        <div key={id} className={classes['rule']}>
          <TextField
            form={form}
            name={`passwordRules.${at}.pattern`}
            label={text.pattern(at + 1)}
            dir="ltr"
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            spellCheck={false}
            disabled={isReadOnly}
          />
          <TextField form={form} name={`passwordRules.${at}.message`} label={text.message(at + 1)} disabled={isReadOnly} />
          {!isReadOnly && (
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label={text.removeRule(at + 1)} onClick={() => remove(at)}>
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          )}
        </div>
      ))}
      {!isReadOnly && (
        <Group>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={fields.length >= most}
            onClick={() => append({ pattern: '', message: '' })}
          >
            {text.addRule}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
