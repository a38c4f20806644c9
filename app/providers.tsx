'use client'

import { DirectionProvider, MantineProvider } from '@mantine/core'
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { ReadFailure } from '@/components/action-query'
import { TextProvider } from '@/components/text/text-provider'
import { useText } from '@/components/text/use-text'
import type { Language } from '@/lib/language'
import { cssVariables, themeWith } from './theme'

type ProvidersProps = {
  language: Language
  /** What the policy of this answer lets styles and scripts through by. */
  nonce: string | undefined
  children: ReactNode
}

export function Providers({ language, nonce, children }: ProvidersProps) {
  // The document keeps the nonce that it came with, whatever the answers that are put into it later carry.
  const [ofDocument] = useState(() => announced(nonce))
  return (
    <TextProvider language={language}>
      <Interface nonce={ofDocument}>{children}</Interface>
    </TextProvider>
  )
}

/** What all of the interface is in: its look, what the server answered, questions and notices. */
function Interface({ nonce, children }: Omit<ProvidersProps, 'language'>) {
  const { direction, shell } = useText()
  const [queryClient] = useState(newQueryClient)
  const [theme] = useState(() => themeWith(shell))
  return (
    <DirectionProvider initialDirection={direction}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce ?? ''}
      >
        <QueryClientProvider client={queryClient}>
          <ModalsProvider>
            <Notifications position="top-center" />
            {children}
          </ModalsProvider>
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  )
}

/** What the server answered stays answered: only a server that could not be reached is asked again by itself. */
function newQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 30_000, retry: (failures, error) => !(error instanceof ReadFailure) && failures < 2 },
    },
  })
}

/** What locks scrolling behind a dialog writes a style of its own and looks for the nonce here. */
function announced(nonce: string | undefined) {
  if (typeof window !== 'undefined') Object.assign(window, { __webpack_nonce__: nonce })
  return nonce
}
