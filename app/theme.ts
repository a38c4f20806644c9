import { type CSSVariablesResolver, createTheme, type MantineColorsTuple, mergeThemeOverrides, rem } from '@mantine/core'
import type { Text } from '@/components/text/en'

/** The look: pine on warm paper by day, pine on ink by night. Text keeps 4.5 : 1 and borders of inputs 3 : 1 in both. */

const pine: MantineColorsTuple = [
  '#eef7f5',
  '#d9ede9',
  '#b3dad3',
  '#86c4ba',
  '#5aab9f',
  '#388f83',
  '#1f766b',
  '#14625a',
  '#104e48',
  '#0c3d39',
]

const paper: MantineColorsTuple = [
  '#f8f7f4',
  '#f2f0ec',
  '#e8e5df',
  '#dcd8d0',
  '#928c81',
  '#7a746a',
  '#676158',
  '#4c4842',
  '#34312d',
  '#201e1b',
]

const ink: MantineColorsTuple = [
  '#e4e8e6',
  '#c6cdcb',
  '#a3adab',
  '#8b9694',
  '#3f4b49',
  '#333e3c',
  '#222b2a',
  '#171e1d',
  '#111717',
  '#0b0f0f',
]

const brick: MantineColorsTuple = [
  '#fdf2f0',
  '#fbe1dd',
  '#f5c2ba',
  '#ee9c91',
  '#e87b6d',
  '#dc5848',
  '#bd3c2e',
  '#a93025',
  '#8c261d',
  '#6c1c15',
]

const fontFamily =
  'ui-sans-serif, system-ui, -apple-system, "Segoe UI Variable Text", "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell, "Helvetica Neue", Arial, sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji"'

const theme = createTheme({
  colors: { pine, red: brick, gray: paper, dark: ink },
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  black: '#201e1b',
  autoContrast: true,
  luminanceThreshold: 0.18,
  fontFamily,
  headings: {
    fontFamily,
    fontWeight: '650',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: rem(26), lineHeight: '1.25' },
      h2: { fontSize: rem(20), lineHeight: '1.3' },
      h3: { fontSize: rem(17), lineHeight: '1.4' },
      h4: { fontSize: rem(15), lineHeight: '1.45' },
    },
  },
  radius: { xs: rem(3), sm: rem(6), md: rem(8), lg: rem(12), xl: rem(20) },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { events: { hover: true, focus: true, touch: true }, openDelay: 200 } },
    InputWrapper: { classNames: { label: 'input-label', description: 'input-description', error: 'input-error' } },
    // Their heading is not a banner of the page.
    Modal: {
      classNames: { content: 'dialog' },
      defaultProps: { centered: true, attributes: { header: { role: 'presentation' } } },
    },
    Drawer: { classNames: { content: 'dialog' }, defaultProps: { attributes: { header: { role: 'presentation' } } } },
    // The first item gets the focus, as people who use menus by keyboard expect.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Table: { defaultProps: { borderColor: 'var(--usher-line)' } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 550 } },
  },
})

/** With the words that its components say by themselves. */
export const themeWith = ({ closeNotice }: Text['shell']) =>
  mergeThemeOverrides(theme, {
    components: { Notification: { defaultProps: { closeButtonProps: { 'aria-label': closeNotice } } } },
  })

const hues = ['pink', 'grape', 'violet', 'indigo', 'blue', 'cyan', 'teal', 'green', 'lime', 'yellow', 'orange']

/** Badges and quiet buttons: words darker than any shade of Mantine's scales, which are made for larger text. */
const deepWords = Object.fromEntries(
  hues.map((hue) => [`--mantine-color-${hue}-light-color`, `color-mix(in srgb, var(--mantine-color-${hue}-9) 60%, black)`]),
)

/** Where Mantine's own greys and colours are too faint to read or to find. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...deepWords,
    '--mantine-color-body': 'var(--mantine-color-white)',
    '--mantine-color-default-border': 'var(--mantine-color-gray-3)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-5)',
    '--mantine-color-error': 'var(--mantine-color-red-7)',
    '--usher-ground': 'var(--mantine-color-gray-0)',
    '--usher-side': 'var(--mantine-color-gray-1)',
    '--usher-line': 'var(--mantine-color-gray-2)',
    '--usher-input-line': 'var(--mantine-color-gray-4)',
    '--usher-accent': 'var(--mantine-color-pine-7)',
  },
  dark: {
    '--mantine-color-default-border': 'var(--mantine-color-dark-5)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-pine-light': '#1d3d39',
    '--mantine-color-pine-light-hover': '#24504a',
    '--mantine-color-gray-light': 'var(--mantine-color-dark-5)',
    '--mantine-color-gray-light-hover': 'var(--mantine-color-dark-4)',
    '--mantine-color-gray-light-color': 'var(--mantine-color-dark-0)',
    '--usher-ground': 'var(--mantine-color-dark-8)',
    '--usher-side': 'var(--mantine-color-dark-8)',
    '--usher-line': 'var(--mantine-color-dark-5)',
    '--usher-input-line': '#687673',
    '--usher-accent': 'var(--mantine-color-pine-4)',
  },
})
