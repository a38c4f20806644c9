import { Action, Facts, Note, Paragraph } from './frame'
import type { MailProps, Template } from './template'

type AboutLogin = 'invitation' | 'login-added' | 'login-enabled' | 'login-disabled'

/** What an administrator did about a person's sign-in, which one it is, and what there is to do now. */
export function aboutLogin<E extends AboutLogin>(event: E): Template<E> {
  return function AboutLoginMail({ params, text }: MailProps<AboutLogin>) {
    const words = text[event]
    return (
      <>
        <Paragraph>{text.hello(params.userName)}</Paragraph>
        {/* The words of an event are given its own parameters, which the compiler cannot follow through the table. */}
        <Paragraph>{words.body(params as never)}</Paragraph>
        <Facts facts={[[text.facts.login, params.loginEmail]]} />
        {'action' in words && 'link' in params && <Action text={text} label={words.action} link={params.link} />}
        {'note' in words && <Note>{words.note}</Note>}
      </>
    )
  }
}
