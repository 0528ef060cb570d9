import type { Act, Behaviour } from './behaviours.ts'

/** An answer by status: headers beside the usual ones, and a body that is sent as it is. */
export type Refused = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

/** How a provider answers the behaviors that it answers by status. */
export type Refusals = Partial<Record<Behaviour, (act: Act) => Refused>>

const page = (title: string): string =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n`

export const html = (status: number, title: string): Refused => ({
  status,
  headers: { 'content-type': 'text/html; charset=UTF-8' },
  body: page(title),
})

/** A page instead of an answer, with a status that says all is well. */
export const welcomePage = html(200, 'Welcome to nginx!')

export const redirect: Refused = {
  status: 307,
  headers: { location: 'https://elsewhere.example/v1' },
  body: '',
}

/** The header of a rate limit. */
export const retry = (act: Act): Record<string, string> => ({ 'retry-after': act.retryAfter ?? '7' })
