import { timeoutManager } from '@tanstack/react-query'

let isByItself = false

/**
 * Whether what runs now was begun by a timer of TanStack Query, and not by a click, the focus or a new page. Only true until the first
 * `await`.
 */
export const beganByItself = () => isByItself

// It has intervals for nothing but `refetchInterval`, and begins the read inside of them.
timeoutManager.setTimeoutProvider({
  setTimeout: (run, after) => setTimeout(run, after),
  clearTimeout: (timer) => clearTimeout(timer),
  setInterval: (run, every) => setInterval(() => markedAsByItself(run), every),
  clearInterval: (timer) => clearInterval(timer),
})

function markedAsByItself(run: () => void) {
  isByItself = true
  try {
    run()
  } finally {
    isByItself = false
  }
}
