import type { UserData } from '@/lib/user/schema'
import type { Text } from '../text/en'

const looksRight = {
  email: /^[^\s@]+@[^\s@]+\.[^\s@.]+$/u,
  language: /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i,
  thumbnailUrl: /^https?:\/\/[^\s/]\S*$/i,
}

type Field = keyof typeof looksRight

/**
 * What a form refuses beyond the contract, which takes any text here: an address that is none, a language that no program knows, a
 * picture whose address a program that shows it might run (O01). Only for
 * what somebody types now; what programs stored stays as it is.
 */
export function slipIn(user: UserData, fields: readonly string[], text: Text['users']) {
  const field = (Object.keys(looksRight) as Field[]).find((name) => fields.includes(name) && isSlip(name, user[name]))
  return field && ({ field: `user.${field}`, message: text.slips[field] } as const)
}

const isSlip = (field: Field, value: string | null | undefined) => Boolean(value) && !looksRight[field].test(value ?? '')
