/** The header of a read that a timer began and nobody's doing: it does not count as the person's activity (S11). */
export const byItselfHeader = 'x-usher-by-itself'
