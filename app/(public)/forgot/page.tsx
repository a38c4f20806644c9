import { getText } from '@/app/get-text'
import { ForgotForm } from '@/components/auth/forgot-form'

export const generateMetadata = async () => ({ title: (await getText()).recovery.forgot.title })

export default function ForgotPage() {
  return <ForgotForm />
}
