import { Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { Brand } from './brand'
import { LanguageSwitch } from './language-switch'
import classes from './public-frame.module.css'
import { ThemeSwitch } from './theme-switch'

/** The frame of pages outside of the console: the name, the language, the theme, and one sheet of paper. */
export function PublicFrame({ children }: { children: ReactNode }) {
  return (
    <div className={classes['frame']}>
      <header className={classes['header']}>
        <Brand />
        <Group gap={4} wrap="nowrap">
          <LanguageSwitch />
          <ThemeSwitch />
        </Group>
      </header>
      <main className={classes['main']}>
        <div className={classes['sheet']}>{children}</div>
      </main>
    </div>
  )
}
