// Plain `node` reads this file from server.mjs: erasable TypeScript, no `server-only`.

const secretName = /^(ks|otp|session|authorization|(set-)?cookie|.*(password|secrets?|hashkey|token|tokenhash|seed))$/i

/** Whether a value of this name is a secret: never logged, kept in an address or shown again. */
export const isSecretName = (name: string) => secretName.test(name)
