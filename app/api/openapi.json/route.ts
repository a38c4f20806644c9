import { openApiAnswer } from '@/lib/transport/open-api-answer'

/** The API for programs, as an OpenAPI 3.1 document. */
export function GET(request: Request) {
  return openApiAnswer(request)
}
