'use client'

import { Button, Checkbox, Popover, Stack } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useText } from '../text/use-text'
import { type ColumnName, defaultColumns, optionalColumns } from './users-view'

type Props = { columns: ColumnName[]; onChange: (columns: ColumnName[]) => void }

/** Which columns the list has beside the name. */
export function ColumnChooser({ columns, onChange }: Props) {
  const text = useText().users
  const set = (chosen: string[]) => onChange(optionalColumns.filter((name) => chosen.includes(name)))
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} aria-hidden />} visibleFrom="sm">
          {text.columns}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={text.columns}>
        <Checkbox.Group label={text.columnsOf} value={columns} onChange={set}>
          <Stack gap="xs" mt="xs">
            {optionalColumns.map((name) => (
              <Checkbox key={name} value={name} label={text.column[name]} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Button variant="subtle" size="compact-sm" mt="sm" onClick={() => onChange(defaultColumns)}>
          {text.standardColumns}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}
