/** Whether a sign-in was refused only to ask for the code: the password was right. */
export const isNextStep = (refusal: string | null | undefined) => refusal === 'MISSING_OTP'
