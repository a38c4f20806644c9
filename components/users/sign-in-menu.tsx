'use client'

import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import dynamic from 'next/dynamic'
import { useRef, useState } from 'react'
import { UserStatus, UserType } from '@/lib/user/enums'
import type { User } from '@/lib/user/schema'
import { demoteAdmin, disableLogin, resetPassword, resetSecondFactor, unlockUser } from '@/lib/user/server-actions'
import { useText } from '../text/use-text'
import { askFirst } from '../ui/ask-first'
import { useServerAction } from '../use-action'
import type { Me } from './me'
import type { SignInSettings } from './sign-in-settings'
import { nameOf } from './user-name'

// Opened by a click: its code comes when it is needed.
const SwitchOnDialog = dynamic(() => import('./switch-on-dialog').then((module) => module.SwitchOnDialog))

type Help = {
  label: string
  isOffered: boolean
  /** What it does, asked before it is done; what harms nobody is done at once. */
  effect?: string
  /** It has a dialog of its own, which says more. */
  hasDialog?: boolean
  run: () => unknown
}

/** What lets somebody in, helps him back in, or keeps him out, as far as the person may. */
export function SignInMenu({ user, me, settings }: { user: User; me: Me; settings: SignInSettings }) {
  const all = useText().users
  const text = all.signInMenu
  const name = nameOf(user)
  const link = useServerAction(resetPassword, { message: text.linkSent(user.loginId ?? '') })
  const unlock = useServerAction(unlockUser, { message: text.unlocked(name) })
  const factor = useServerAction(resetSecondFactor, { message: text.factorTaken(name) })
  const off = useServerAction(disableLogin, { message: text.switchedOff(name) })
  const demote = useServerAction(demoteAdmin, { message: text.demoted(name) })
  const [isSwitchingOn, setSwitchingOn] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const userId = user.id
  const isOther = userId !== me.id
  const signsIn = me.mayUpdate && Boolean(user.loginId)
  const isActive = user.type === UserType.USER && user.status === UserStatus.ACTIVE
  const help: Help[] = [
    {
      label: text.on,
      isOffered: me.mayUpdate && isActive && !user.loginEnabled,
      hasDialog: true,
      run: () => setSwitchingOn(true),
    },
    { label: text.link, isOffered: signsIn, run: () => link.run({ email: user.loginId ?? '' }) },
    { label: text.unlock, isOffered: signsIn, run: () => unlock.run({ userId }) },
    { label: text.factor, isOffered: signsIn && isOther, effect: text.factorEffect, run: () => factor.run({ userId }) },
    {
      label: text.demote,
      isOffered: me.mayDelete && user.isAdmin === true && isOther && !user.isAccountOwner,
      effect: text.demoteEffect,
      run: () => demote.run({ userId }),
    },
    { label: text.off, isOffered: signsIn && isOther && !user.isAdmin, effect: text.offEffect, run: () => off.run({ userId }) },
  ]
  const offered = help.filter(({ isOffered }) => isOffered)
  if (offered.length === 0) return null

  const ask = ({ label, effect, run }: Help) =>
    askFirst({
      title: text.title(label, name),
      hint: effect,
      confirm: label,
      cancel: all.cancel,
      onConfirm: () => void run(),
    })
  const isPending = [link, unlock, factor, off, demote].some((action) => action.isPending)
  return (
    <>
      <Menu position="bottom-end" withinPortal={false}>
        <Menu.Target>
          <Button ref={opener} variant="default" loading={isPending} rightSection={<IconChevronDown size={16} aria-hidden />}>
            {text.open}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {offered.map((one) => (
            <Menu.Item key={one.label} onClick={() => (one.effect ? ask(one) : void one.run())}>
              {one.effect || one.hasDialog ? text.asked(one.label) : one.label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {isSwitchingOn && (
        <SwitchOnDialog user={user} settings={settings} opener={opener.current} onClose={() => setSwitchingOn(false)} />
      )}
    </>
  )
}
