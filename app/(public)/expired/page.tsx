import { getText } from '@/app/get-text'
import { ExpiredForm } from '@/components/auth/expired-form'

export const generateMetadata = async () => ({ title: (await getText()).recovery.expired.title })

export default function ExpiredPage() {
  return <ExpiredForm />
}
