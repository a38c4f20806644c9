'use client'

import { DirectionProvider, MantineProvider } from '@mantine/core'
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { ReadFailure } from '@/components/action-query'
import { direction } from '@/components/text/catalogue'
import { cssVariables, theme } from './theme'

type ProvidersProps = {
  /** What the policy of this answer lets styles and scripts through by. */
  nonce: string | undefined
  children: ReactNode
}

export function Providers({ nonce, children }: ProvidersProps) {
  // The document keeps the nonce that it came with, whatever the answers that are put into it later carry.
  const [ofDocument] = useState(() => announced(nonce))
  const [queryClient] = useState(newQueryClient)
  return (
    <DirectionProvider initialDirection={direction}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={() => ofDocument ?? ''}
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
