'use client'

import { catalogue, type Text } from './catalogue'

/** The strings of the reader's language, in client components. */
export const useText = (): Text => catalogue
