import 'server-only'
import { serialize } from 'php-serialize'
import { withoutNulls } from '@/lib/action/without-nulls'
import type { Answer } from './call'
import { plainOf } from './to-json'

/**
 * PHP's own serialisation (§1.6), of nothing but arrays and single values: `unserialize` of the reader's side then makes no objects, and
 * clients find `objectType`, and `code` and `message` of an error, where they find them in JSON.
 */
export const toPhp = (answer: Answer | Answer[]) => serialize(withoutNulls(plainOf(answer)))
