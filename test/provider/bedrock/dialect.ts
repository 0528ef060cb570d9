import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'
import { anthropicDialect } from '../anthropic/dialect.ts'
import { type Asked, type Dialect, isRefused } from '../dialect.ts'
import { endsAt, findModel } from '../money/catalogue.ts'
import type { Refused } from '../refusals.ts'
import { bedrockFrames } from './frames.ts'
import { profilesIn, type Sold, soldIn, soldOnBedrock } from './models.ts'
import { bedrockError, bedrockRefusals } from './refusals.ts'
import { misSigned, signatureIn } from './signature.ts'

/** Where an API key is asked to be good: those do not say. */
const HOME = 'eu-central-1'

const invalid = (message: string): Refused => bedrockError(400, 'ValidationException', message)

const Body = z.looseObject({
  anthropic_version: z.string(),
  model: z.undefined().optional(),
  stream: z.undefined().optional(),
  service_tier: z.undefined().optional(),
})

const Complaint = z.object({ error: z.object({ message: z.string() }) })

/** What Anthropic's model complains about, in AWS's form. */
const asBedrock = ({ status, body }: Refused): Refused =>
  bedrockError(
    status,
    status === 404 ? 'ResourceNotFoundException' : 'ValidationException',
    Complaint.parse(body).error.message,
  )

const versions = { earlier: ['bedrock-2023-05-31'], newer: ['bedrock-2023-05-31', '2026-10-21'] }

const flawOf = (sold: Sold, id: string, version: string): string | undefined => {
  if (id === sold.base && !sold.onDemand)
    return `Invocation of model ID ${id} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`
  if (!versions[sold.earlier ? 'earlier' : 'newer'].includes(version))
    return 'anthropic_version: Input should be a supported version'
  return undefined
}

const wrongKey = bedrockError(
  403,
  'UnrecognizedClientException',
  'The security token included in the request is invalid.',
)

const regionIn = (headers: IncomingHttpHeaders): string => signatureIn(headers)?.region ?? HOME

const arnOf = (region: string, { base }: Sold): string =>
  `arn:aws:bedrock:${region}::foundation-model/${base}`

const path = /^\/model\/(?<id>[^/]+)\/invoke(?<stream>-with-response-stream)?$/

/** Claude 3 Haiku is on its way out, but answers; an image model and one that cannot stream are none of ours. */
const others = [
  {
    modelId: 'anthropic.claude-3-haiku-20240307-v1:0',
    modelName: 'Claude 3 Haiku',
    providerName: 'Anthropic',
    responseStreamingSupported: true,
    inferenceTypesSupported: ['ON_DEMAND'],
    modelLifecycle: { status: 'LEGACY', endOfLifeTime: '2027-03-10T00:00:00.000Z' },
  },
  {
    modelId: 'anthropic.claude-instant-v1',
    modelName: 'Claude Instant',
    providerName: 'Anthropic',
    responseStreamingSupported: true,
    inferenceTypesSupported: ['ON_DEMAND'],
    modelLifecycle: { status: 'LEGACY' },
  },
  {
    modelId: 'anthropic.claude-whole-v1:0',
    modelName: 'Claude without a stream',
    providerName: 'Anthropic',
    responseStreamingSupported: false,
    inferenceTypesSupported: ['ON_DEMAND'],
    modelLifecycle: { status: 'ACTIVE' },
  },
  {
    modelId: 'amazon.nova-pro-v1:0',
    modelName: 'Nova Pro',
    providerName: 'Amazon',
    responseStreamingSupported: true,
    inferenceTypesSupported: ['ON_DEMAND'],
    modelLifecycle: { status: 'ACTIVE' },
  },
]

/** AWS Bedrock in every region at one address: the runtime that answers, and the control plane that lists. */
export const bedrockDialect = (now: () => number): Dialect => {
  const claude = anthropicDialect(now)

  const understand = async (body: unknown, key: string, id: string, sold: Sold, stream: boolean) => {
    const model = findModel('bedrock', id, now())
    if (model === undefined)
      return bedrockError(
        404,
        'ResourceNotFoundException',
        'Could not resolve the foundation model from the provided model identifier.',
      )
    const parsed = Body.safeParse(body)
    if (!parsed.success)
      return invalid(`${parsed.error.issues[0]?.path.join('.')}: Extra inputs are not permitted`)
    const { anthropic_version: version, ...rest } = parsed.data
    const flaw = flawOf(sold, id, version)
    if (flaw !== undefined) return invalid(flaw)
    const asked = await claude.read(
      { ...rest, model: sold.of, stream },
      { 'anthropic-version': version },
      `${key} ${id}`,
      '/v1/messages',
    )
    return isRefused(asked) ? asBedrock(asked) : { ...asked, model }
  }

  const read = async (
    body: unknown,
    headers: IncomingHttpHeaders,
    key: string,
    at: string,
  ): Promise<Asked | Refused> => {
    const { id: inPath = '', stream } = path.exec(at)?.groups ?? {}
    const id = decodeURIComponent(inPath)
    const sold = soldIn(regionIn(headers), id)
    if (sold === undefined) return invalid('The provided model identifier is invalid.')
    return understand(body, key, id, sold, stream !== undefined)
  }

  const summaryOf = (region: string, sold: Sold) => {
    const model = findModel('anthropic', sold.of, now())
    const end = model && endsAt(model)
    return {
      modelArn: arnOf(region, sold),
      modelId: sold.base,
      modelName: model?.name ?? sold.of,
      providerName: 'Anthropic',
      inputModalities: ['TEXT', 'IMAGE'],
      outputModalities: ['TEXT'],
      responseStreamingSupported: true,
      customizationsSupported: [],
      inferenceTypesSupported: [...(sold.onDemand ? ['ON_DEMAND'] : []), 'INFERENCE_PROFILE'],
      modelLifecycle:
        end === undefined
          ? { status: 'ACTIVE' }
          : { status: 'LEGACY', endOfLifeTime: new Date(end).toISOString() },
    }
  }

  const foundationModels = (region: string, query: URLSearchParams) => ({
    modelSummaries: [...soldOnBedrock.map((sold) => summaryOf(region, sold)), ...others].filter(
      ({ providerName }) => providerName === (query.get('byProvider') ?? providerName),
    ),
  })

  const inferenceProfiles = (region: string, query: URLSearchParams) => {
    const all = soldOnBedrock.flatMap((sold) =>
      profilesIn(region, sold).map((id) => ({
        inferenceProfileId: id,
        inferenceProfileArn: `arn:aws:bedrock:${region}:111122223333:inference-profile/${id}`,
        inferenceProfileName: `${id.split('.')[0]?.toUpperCase()} Anthropic ${sold.of}`,
        status: 'ACTIVE',
        type: 'SYSTEM_DEFINED',
        models: [{ modelArn: arnOf('eu-west-1', sold) }, { modelArn: arnOf(region, sold) }],
      })),
    )
    const from = Number(query.get('nextToken') ?? 0)
    const to = from + Number(query.get('limit') ?? query.get('maxResults') ?? 1_000)
    return {
      inferenceProfileSummaries: all.slice(from, to),
      ...(to < all.length ? { nextToken: String(to) } : {}),
    }
  }

  return {
    provider: 'bedrock',
    isCall: (at) => path.test(at),
    requestIdHeader: 'x-amzn-requestid',
    keyIn: (headers) => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? signatureIn(headers)?.id,
    accepts: (key) => /^ABSKsim-[\w-]{8,}$/.test(key) || /^AKIASIMULATED\d{7}$/.test(key),
    misSigned: (arrived) => {
      if (signatureIn(arrived.headers) !== undefined) return misSigned(arrived)
      return /^Bearer ABSK/.test(arrived.headers.authorization ?? '') ? undefined : wrongKey
    },
    noKey: bedrockError(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token'),
    wrongKey,
    noSuchPath: bedrockError(404, 'UnknownOperationException', 'The requested operation is unknown.'),
    read,
    refusals: bedrockRefusals,
    frames: bedrockFrames,
    isList: (at) => at === '/foundation-models' || at === '/inference-profiles',
    list: (query, at, headers) =>
      at === '/foundation-models'
        ? foundationModels(regionIn(headers), query)
        : inferenceProfiles(regionIn(headers), query),
  }
}
