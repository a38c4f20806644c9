'use client'

import { Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Failed } from '@/lib/action/result'
import { useText } from '../text/use-text'
import { isSessionOver, SignInAgain } from './sign-in-again'

type Failure = Pick<Failed['error'], 'message' | 'requestId'> & { code?: string }

/** Says what went wrong in a notification that stays until it is closed, with the request id to quote. */
export function showFailure({ message, requestId, code }: Failure) {
  notifications.show({
    title: <Title />,
    color: 'red',
    role: 'alert',
    autoClose: false,
    message: (
      <>
        <span style={{ whiteSpace: 'pre-line' }}>{message}</span>
        {isSessionOver(code) && <SignInAgain />}
        {requestId && (
          <Text size="xs" ff="monospace" mt={4}>
            <RequestId id={requestId} />
          </Text>
        )}
      </>
    ),
  })
}

const Title = () => useText().errors.title
const RequestId = ({ id }: { id: string }) => useText().errors.requestId(id)
