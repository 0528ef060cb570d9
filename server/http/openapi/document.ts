import { z } from 'zod'
import { CONTRACT, CONTRACT_HEADER } from '../../../shared/contract.ts'
import { PROBLEM_TYPE, problems, slugs } from '../../../shared/problems.ts'
import { type Operation, operations } from './operations.ts'

type Schema = Record<string, unknown>

/** A schema as it is on the wire: of a codec the encoded side. What JSON Schema cannot say is left open. */
const onTheWire = (schema: z.ZodType): Schema => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return rest
}

const content = (media: string, schema: Schema) => ({ [media]: { schema } })

const problemSchema: Schema = {
  oneOf: slugs.map((slug) => {
    const facts = onTheWire(problems[slug].facts)
    return {
      ...facts,
      title: problems[slug].title,
      properties: {
        ...(typeof facts.properties === 'object' ? facts.properties : {}),
        type: { const: PROBLEM_TYPE + slug },
        title: { const: problems[slug].title },
        status: { const: problems[slug].status },
        instance: { type: 'string' },
      },
      required: [...(Array.isArray(facts.required) ? facts.required : []), 'type', 'title', 'status'],
    }
  }),
}

const pathOf = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}')

const parametersOf = (path: string, query: z.ZodObject | undefined) => [
  ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  })),
  ...Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema: onTheWire(schema),
  })),
]

const answersOf = ({ answer, media, status }: Operation) =>
  answer === undefined
    ? { 204: { description: 'Done' } }
    : {
        [status ?? 200]: {
          description: 'Answered',
          content: content(media ?? 'application/json', onTheWire(answer)),
        },
      }

const security: Record<'no' | 'yes' | 'proof', readonly Schema[]> = {
  no: [{ session: [], proof: [] }],
  proof: [{ proof: [] }],
  yes: [],
}

const described = (path: string, operation: Operation) => ({
  summary: operation.does,
  security: security[operation.open ?? 'no'],
  parameters: parametersOf(path, operation.query),
  ...(operation.body === undefined
    ? {}
    : { requestBody: { required: true, content: content('application/json', onTheWire(operation.body)) } }),
  responses: { ...answersOf(operation), default: { $ref: '#/components/responses/Problem' } },
})

const pathsOf = (): Record<string, Record<string, unknown>> => {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [route, operation] of Object.entries(operations)) {
    const [method = '', path = ''] = route.split(' ')
    paths[pathOf(path)] = {
      ...paths[pathOf(path)],
      [method.toLowerCase()]: described(path, operation),
    }
  }
  return paths
}

/** The vault’s routes as an OpenAPI 3.1 document, made of the schemas that parse its requests and write its answers. */
export const openApiDocument = (version: string): Schema => ({
  openapi: '3.1.0',
  info: {
    title: 'Ownkey vault',
    version,
    description: `Contract ${CONTRACT}, named by requests in the header ${CONTRACT_HEADER}. Amounts are decimal strings of dollars, exact to the last digit. Refusals are problems (RFC 9457).`,
  },
  paths: pathsOf(),
  components: {
    securitySchemes: {
      session: { type: 'http', scheme: 'DPoP', description: 'Session token, RFC 9449' },
      proof: { type: 'apiKey', in: 'header', name: 'DPoP', description: 'Proof of the device key, RFC 9449' },
    },
    responses: {
      Problem: { description: 'A refusal', content: content('application/problem+json', problemSchema) },
    },
  },
})
