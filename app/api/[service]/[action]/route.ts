import { httpRead } from '@/lib/transport/http-read'

export async function GET(request: Request, { params }: { params: Promise<{ service: string; action: string }> }) {
  const { service, action } = await params
  return httpRead(service, action, request)
}
