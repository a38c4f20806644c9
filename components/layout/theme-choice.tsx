'use client'

import { Input, type MantineColorScheme, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useMounted } from '@mantine/hooks'
import { useId } from 'react'
import { useText } from '../text/use-text'
import { themes } from './theme-switch'

/** The theme of this browser in words, where there is room for them. */
export function ThemeChoice({ hint }: { hint: string }) {
  const text = useText().shell
  const id = useId()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  // The server does not know the choice: nothing is marked until the browser says it.
  const isKnown = useMounted()
  return (
    <Input.Wrapper label={text.theme} description={hint} labelElement="div" labelProps={{ id }}>
      <SegmentedControl
        fullWidth
        mt={6}
        aria-labelledby={id}
        data={themes.map(({ scheme }) => ({ value: scheme, label: text.themes[scheme] }))}
        value={isKnown ? colorScheme : ''}
        onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
      />
    </Input.Wrapper>
  )
}
