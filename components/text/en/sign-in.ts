export const signIn = {
  title: 'Sign in',
  email: 'E-mail',
  password: 'Password',
  showPassword: 'Show password',
  submit: 'Sign in',
  refused: 'E-mail or password is not right, or the account is locked for now. Check both and try again.',
  expired: 'Your password has expired. Ask an administrator of your account for a new link.',
  codeNeeded: 'Your account asks for a one-time code, which the console cannot take yet. Ask your administrator.',
  busy: 'Too many people are signing in right now. Wait a moment and try again.',
  unreachable: 'The server could not be reached. Check your connection and try again.',
}
