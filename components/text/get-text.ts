import { catalogue, type Text } from './catalogue'

/** The strings of the reader's language, in server components. */
export const getText = (): Text => catalogue
