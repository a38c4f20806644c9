import { Text } from '@mantine/core'
import type { OwnSession } from '@/lib/account/schema'
import { placeName } from '../text/places'
import { useText } from '../text/use-text'

/** Where a browser is and in which account: the place first, which says something to people. */
export function FromWhere({ place, address, accountName }: Pick<OwnSession, 'place' | 'address' | 'accountName'>) {
  const { account, language } = useText()
  const text = account.sessions
  return (
    <Text size="sm" c="dimmed">
      <bdi>{placeName(place, language, text)}</bdi> · <bdi>{address || text.unknownAddress}</bdi> · <bdi>{accountName}</bdi>
    </Text>
  )
}
