import { connection } from 'next/server'
import { databaseAnswers } from '@/lib/health'

/** For load balancers and monitors: whether this process can serve, and nothing about it. */
export async function GET() {
  await connection()
  const isUp = await databaseAnswers()
  return Response.json(
    { status: isUp ? 'ok' : 'unavailable' },
    { status: isUp ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  )
}
