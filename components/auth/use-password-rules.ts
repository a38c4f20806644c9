'use client'

import { useEffect, useMemo, useState } from 'react'
import { type Finder, hasOwnRules, passwordRules, type RuleSettings, type ShownRule } from '@/lib/auth/password-rules'
import { useText } from '../text/use-text'

const nothing: Finder = () => () => false
const anything: Finder = () => () => true

/**
 * The account's rules, fit to be asked at every key. Own rules are met by nothing until the engine that runs them is there, and while they
 * are being written; where it cannot be loaded the server alone decides. None where the account's are not known.
 */
export function usePasswordRules(settings: RuleSettings | null): ShownRule[] {
  const [finder, setFinder] = useState<{ find: Finder }>({ find: nothing })
  const { language } = useText()
  const isOwn = settings !== null && hasOwnRules(settings)
  useEffect(() => {
    if (!isOwn) return
    import('@/lib/auth/linear-pattern').then(
      ({ isRunnable, linearFinder }) => setFinder({ find: (pattern) => (isRunnable(pattern) ? linearFinder : nothing)(pattern) }),
      () => setFinder({ find: anything }),
    )
  }, [isOwn])
  return useMemo(() => (settings ? passwordRules(settings, finder.find, language) : []), [settings, finder, language])
}
