'use client'

/** Which of several accounts was chosen last on this device; a hint that the server judges. */

const name = 'usher:account'

export const accountOfDevice = () => localStorage.getItem(name)

export const rememberAccount = (partnerId: number) => localStorage.setItem(name, String(partnerId))
