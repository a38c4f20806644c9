'use client'

import { ActionIcon, Menu } from '@mantine/core'
import { IconLanguage } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { languageNames, languages } from '@/lib/language'
import { useLanguageChoice } from '../text/use-language-choice'
import { useText } from '../text/use-text'

let hasJustChosen = false

/** The language of what is read here; kept in this browser. Each is called by its own name. */
export function LanguageSwitch() {
  const { shell: text, language } = useText()
  const choose = useLanguageChoice()
  const button = useRef<HTMLButtonElement>(null)

  // In another language all of the page is new, and the focus was in what is gone.
  useEffect(() => {
    if (hasJustChosen) button.current?.focus()
    hasJustChosen = false
  }, [])

  return (
    <Menu position="bottom-end" width={190} withinPortal={false}>
      <Menu.Target>
        <ActionIcon ref={button} variant="subtle" color="gray" size="lg" aria-label={text.language}>
          <IconLanguage size={19} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={language}
          onChange={(chosen) => {
            hasJustChosen = true
            choose(chosen as typeof language)
          }}
        >
          {languages.map((each) => (
            <Menu.RadioItem key={each} value={each} lang={each}>
              {languageNames[each]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
