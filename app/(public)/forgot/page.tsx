import { ForgotForm } from '@/components/auth/forgot-form'
import { getText } from '@/components/text/get-text'

export const metadata = { title: getText().recovery.forgot.title }

export default function ForgotPage() {
  return <ForgotForm />
}
