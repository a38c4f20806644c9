/** What the interface itself says when something does not work; the reasons of actions come with their results. */
export const errors = {
  title: 'That did not work',
  requestId: (id: string) => `Request ${id}`,
  unreachable: 'The server could not be reached. Check your connection and try again.',
  sessionOver: 'Your session is over. Sign in again to go on; what you typed stays in this tab until then.',
  sessionOverHere: 'Your session is over. Sign in again to go on.',
  signIn: 'Sign in',
  signInElsewhere: 'Sign in in another tab',
  /** What is wrong with what was typed into a field. */
  input: {
    required: 'Fill this in',
    tooShort: (least: number) => `At least ${least} characters`,
    tooLong: (most: number) => `At most ${most} characters`,
    least: (least: number) => `The least is ${least}.`,
    most: (most: number) => `The most is ${most}.`,
    invalid: 'This is not valid',
  },
  notFoundTitle: 'There is nothing here',
  notFound: 'The address may be mistyped, or what it led to has been removed.',
  notFoundBack: 'Go to the start',
  crashTitle: 'This page could not be shown',
  crash: 'Something went wrong on our side. Try again; if it stays so, tell the operator this reference:',
  crashNoReference: 'Something went wrong on our side. Try again; if it stays so, tell the operator.',
  retry: 'Try again',
}
