import { Body, Button, Container, Head, Heading, Html, Link, Preview, Section, Text } from '@react-email/components'
import type { ReactNode } from 'react'
import type { MailText } from '../text/en'
import { styles, stylesheet } from './styles'

export type FrameProps = { text: MailText; partnerName: string; title: string; preheader: string; children: ReactNode }

/** What every mail looks like: the account's name, a card with the message, why it came. */
export function Frame({ text, partnerName, title, preheader, children }: FrameProps) {
  const { language, direction } = text
  return (
    <Html lang={language} dir={direction}>
      <Head>
        <title>{title}</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        {/* Telephones make links of numbers, days and places. */}
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no" />
        <style>{stylesheet}</style>
      </Head>
      <Body className="ground" style={styles.body}>
        <Preview>{preheader}</Preview>
        <Container dir={direction} style={styles.container}>
          <Text className="quiet" style={styles.partner}>
            {partnerName}
          </Text>
          <Section className="card" style={styles.card}>
            <Heading as="h1" className="ink" style={styles.title}>
              {title}
            </Heading>
            {children}
          </Section>
          <Text className="quiet" style={styles.footer}>
            {text.footer(partnerName)}
          </Text>
        </Container>
      </Body>
    </Html>
  )
}

export function Paragraph({ children }: { children: ReactNode }) {
  return (
    <Text className="ink" style={styles.paragraph}>
      {children}
    </Text>
  )
}

/** Something that need not be read at once. */
export function Note({ children }: { children: ReactNode }) {
  return (
    <Text className="quiet" style={styles.note}>
      {children}
    </Text>
  )
}

/** For the few who have a reason to fear. */
export function Warning({ children }: { children: ReactNode }) {
  return (
    <Text className="ink" style={styles.warning}>
      {children}
    </Text>
  )
}

type ActionProps = {
  text: MailText
  label: string
  link: string
  /** Most readers need it not. */
  isQuiet?: boolean
}

/** The one thing to do, as a button, and its address for whose mail program shows none. */
export function Action({ text, label, link, isQuiet = false }: ActionProps) {
  return (
    <>
      <Section style={styles.action}>
        <Button
          href={link}
          className={isQuiet ? 'button quiet-button' : 'button'}
          style={isQuiet ? styles.quietButton : styles.button}
        >
          {label}
        </Button>
      </Section>
      <Note>
        {text.linkHint}
        <br />
        <Address link={link} />
      </Note>
    </>
  )
}

export function Address({ link }: { link: string }) {
  return (
    <Link href={link} className="link" style={styles.link} dir="ltr">
      {link}
    </Link>
  )
}

/** What happened, line by line; what is not known is left out. */
export function Facts({ facts }: { facts: [label: string, value: string | number | null][] }) {
  const known = facts.filter(([, value]) => value !== null && value !== '')
  return (
    <Section className="facts" style={styles.facts}>
      {known.map(([label, value]) => (
        <Text key={label} className="ink" style={styles.fact}>
          <span className="quiet" style={styles.label}>
            {`${label}: `}
          </span>
          <bdi>{value}</bdi>
        </Text>
      ))}
    </Section>
  )
}
