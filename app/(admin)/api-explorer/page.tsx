import { getText } from '@/app/get-text'
import { ApiExplorer } from '@/components/api-explorer/api-explorer'
import { hrefOf, readView } from '@/components/api-explorer/explorer-view'
import { requireSession } from '@/lib/auth/session'
import { env } from '@/lib/env'
import { describeApi } from '@/lib/explorer/describe-api'

export const generateMetadata = async () => ({ title: (await getText()).apiExplorer.title })

export default async function ApiExplorerPage({ searchParams }: PageProps<'/api-explorer'>) {
  const params = Object.entries(await searchParams).map(([name, value]) => [
    name,
    String(Array.isArray(value) ? value[0] : value),
  ])
  const { actor, partner } = await requireSession(hrefOf(readView(new URLSearchParams(params))))
  return <ApiExplorer api={describeApi(actor.grants)} serverUrl={env().publicUrl} partnerName={partner.name} />
}
