/** The header of a read that nobody asked for: the page looks again at what it shows. It does not count as the person's activity (S11). */
export const byItselfHeader = 'x-usher-by-itself'
