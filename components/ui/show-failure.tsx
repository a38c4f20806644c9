'use client'

import { Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Failed } from '@/lib/action/result'
import { getText } from '../text/get-text'
import { isSessionOver, SignInAgain } from './sign-in-again'

type Failure = Pick<Failed['error'], 'message' | 'requestId'> & { code?: string }

/** Says what went wrong in a notification that stays until it is closed, with the request id to quote. */
export function showFailure({ message, requestId, code }: Failure) {
  const { errors } = getText()
  notifications.show({
    title: errors.title,
    color: 'red',
    role: 'alert',
    autoClose: false,
    message: (
      <>
        <span style={{ whiteSpace: 'pre-line' }}>{message}</span>
        {isSessionOver(code) && <SignInAgain />}
        {requestId && (
          <Text size="xs" ff="monospace" mt={4}>
            {errors.requestId(requestId)}
          </Text>
        )}
      </>
    ),
  })
}
