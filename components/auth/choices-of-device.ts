'use client'

/** What was chosen last on this device. */

const account = 'usher:account'
const keeping = 'usher:keep'

/** Which of several accounts; a hint that the server judges. */
export const accountOfDevice = () => localStorage.getItem(account)

export const rememberAccount = (partnerId: number) => localStorage.setItem(account, String(partnerId))

/** Whether people stay signed in here when the browser is closed. */
export const keptOnDevice = () => localStorage.getItem(keeping) === 'yes'

export const rememberKeeping = (isKept: boolean) => localStorage.setItem(keeping, isKept ? 'yes' : 'no')
