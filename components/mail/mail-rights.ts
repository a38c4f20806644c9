/** `sendsMail`: a mail server is set, so that mails do not only stay here to be read. */
export type MailRights = { mayResend: boolean; sendsMail: boolean }
