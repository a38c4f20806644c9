import type { CSSProperties } from 'react'

/** The look of the console, by day in each element, as mail programs drop style sheets; by night in the sheet below. */

const fontFamily = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'

const note = {
  margin: '14px 0 0',
  color: '#676158',
  fontSize: '14px',
  lineHeight: '21px',
  overflowWrap: 'anywhere',
} satisfies CSSProperties

const button = {
  padding: '13px 22px',
  backgroundColor: '#14625a',
  borderRadius: '8px',
  color: '#ffffff',
  fontSize: '16px',
  fontWeight: 600,
  lineHeight: '22px',
  textDecoration: 'none',
} satisfies CSSProperties

export const styles = {
  body: { margin: 0, padding: '24px 8px', backgroundColor: '#f8f7f4', fontFamily },
  container: { width: '100%', maxWidth: '560px', margin: '0 auto' },
  partner: { margin: '0 0 12px', padding: '0 8px', color: '#676158', fontSize: '14px', fontWeight: 600, lineHeight: '20px' },
  card: { padding: '28px 24px', backgroundColor: '#ffffff', border: '1px solid #e8e5df', borderRadius: '12px' },
  title: {
    margin: '0 0 16px',
    color: '#201e1b',
    fontSize: '22px',
    fontWeight: 650,
    lineHeight: '29px',
    overflowWrap: 'anywhere',
  },
  paragraph: { margin: '0 0 14px', color: '#201e1b', fontSize: '16px', lineHeight: '25px', overflowWrap: 'anywhere' },
  note,
  warning: { ...note, color: '#201e1b' },
  action: { margin: '22px 0 8px' },
  button,
  quietButton: { ...button, padding: '12px 21px', backgroundColor: '#ffffff', border: '1px solid #14625a', color: '#14625a' },
  link: { color: '#14625a', textDecoration: 'underline', overflowWrap: 'anywhere', wordBreak: 'break-all' },
  facts: { margin: '4px 0 14px', padding: '12px 16px', backgroundColor: '#f8f7f4', borderRadius: '8px' },
  fact: { margin: '3px 0', color: '#201e1b', fontSize: '15px', lineHeight: '22px', overflowWrap: 'anywhere' },
  label: { color: '#676158' },
  footer: { margin: '16px 0 0', padding: '0 8px', color: '#676158', fontSize: '13px', lineHeight: '19px' },
} satisfies Record<string, CSSProperties>

export const stylesheet = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .ground, .ground > table > tbody > tr > td { background-color: #0b0f0f !important; }
  .card { background-color: #171e1d !important; border-color: #333e3c !important; }
  .facts { background-color: #222b2a !important; }
  .ink { color: #e4e8e6 !important; }
  .quiet { color: #a3adab !important; }
  .link { color: #86c4ba !important; }
  .button { background-color: #1f766b !important; color: #ffffff !important; }
  .quiet-button { background-color: #171e1d !important; border-color: #86c4ba !important; color: #86c4ba !important; }
}
`
