import classes from './api-explorer.module.css'

/** Code or JSON as it is; it scrolls in both directions, with the keyboard too. Code is read from left to right in every language. */
export function CodeBlock({ label, code }: { label: string; code: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable without a mouse
    <section className={classes['code']} tabIndex={0} aria-label={label} dir="ltr">
      <pre>{code}</pre>
    </section>
  )
}
