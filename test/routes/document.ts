import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { z } from 'zod'
import { openApiDocument } from '../../server/http/openapi/document.ts'

const Content = z.record(z.string(), z.object({ schema: z.looseObject({}) }))
const Answers = z.record(z.string(), z.looseObject({ content: Content.optional() }))
const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ responses: Answers }))),
  components: z.object({ responses: z.object({ Problem: z.object({ content: Content }) }) }),
})

/** An answer as a test has it. */
type Given = { readonly status: number; readonly media: string; readonly text: string }

const document = Document.parse(openApiDocument('0.0.0'))
const ajv = new Ajv2020({ strict: false })
formats.default(ajv)

/** Every route of the document, written as the routers hang it. */
export const documentedRoutes: readonly string[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map(
    (method) => `${method.toUpperCase()} ${path.replaceAll('{', ':').replaceAll('}', '')}`,
  ),
)

/** What is judged by the schema: the whole of JSON, each event of a stream, each line of lines, the text of the rest. */
const partsOf = ({ media, text }: Given): readonly unknown[] => {
  if (media === 'text/event-stream')
    return [...text.matchAll(/^data: (.*)$/gm)].map(([, json = '']) => JSON.parse(json))
  if (media === 'application/jsonl')
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  return [media.endsWith('json') ? JSON.parse(text) : text]
}

const contentOf = (route: string, { status, media }: Given) => {
  if (media === 'application/problem+json') return document.components.responses.Problem.content
  const [method = '', path = ''] = route.split(' ')
  const pattern = path.replaceAll(/:(\w+)/g, '{$1}')
  return document.paths[pattern]?.[method.toLowerCase()]?.responses[status]?.content
}

/** In what an answer departs from the document; empty when it is as described. */
export const departuresOf = (route: string, given: Given): readonly string[] => {
  const content = contentOf(route, given)
  if (given.status === 204) return given.text === '' ? [] : ['204 with a body']
  const schema = content?.[given.media]?.schema
  if (schema === undefined) return [`${given.status} ${given.media} is not described`]
  const judge = ajv.compile(schema)
  return partsOf(given).flatMap((part) => (judge(part) ? [] : [ajv.errorsText(judge.errors)]))
}
