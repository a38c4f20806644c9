import { ExpiredForm } from '@/components/auth/expired-form'
import { getText } from '@/components/text/get-text'

export const metadata = { title: getText().recovery.expired.title }

export default function ExpiredPage() {
  return <ExpiredForm />
}
