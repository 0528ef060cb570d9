import {
  BedrockClient,
  ListFoundationModelsCommand,
  ListInferenceProfilesCommand,
} from '@aws-sdk/client-bedrock'
import { z } from 'zod'
import type { ListedModel, OpenedKey } from '../../domain/provider.ts'
import type { Patience } from '../patience.ts'
import { accessOf, listAddressOf, regionOf } from './keys.ts'

/** A request as the SDK hands it over, signed. */
type Signed = {
  readonly method: string
  readonly protocol: string
  readonly hostname: string
  readonly port?: number | undefined
  readonly path: string
  readonly query?: Readonly<Record<string, string | readonly string[] | null>> | undefined
  readonly headers: Readonly<Record<string, string>>
}

const addressOf = ({ protocol, hostname, port, path, query = {} }: Signed): string => {
  const url = new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`)
  for (const [name, value] of Object.entries(query))
    for (const one of [value ?? ''].flat()) url.searchParams.append(name, one)
  return url.href
}

/** Sends the SDK's requests by our fetch. Only what has no body is ever asked here. */
const handlerBy = (watch: Patience) => ({
  handle: async (request: Signed) => {
    const { method, headers } = request
    const answer = await watch.fetch(addressOf(request), { method, headers, signal: watch.signal })
    const body = new Uint8Array(await answer.arrayBuffer())
    return { response: { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body } }
  },
})

/** A client for one list: nothing is retried, followed, logged or taken from the environment or from files of this machine's user. */
const clientFor = (key: OpenedKey, watch: Patience): BedrockClient => {
  const access = accessOf(key)
  const options = {
    region: regionOf(key),
    endpoint: listAddressOf(key),
    requestHandler: handlerBy(watch),
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard',
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    userAgentAppId: 'ownkey',
  } as const
  return 'apiKey' in access
    ? new BedrockClient({
        ...options,
        token: { token: access.apiKey },
        authSchemePreference: ['httpBearerAuth'],
      })
    : new BedrockClient({ ...options, credentials: access, authSchemePreference: ['sigv4'] })
}

const Id = z.string().min(1).max(120)

const ListedModels = z.object({
  modelSummaries: z.array(
    z.object({
      modelId: Id,
      modelName: z.string().max(120).nullish(),
      responseStreamingSupported: z.boolean().nullish(),
      inferenceTypesSupported: z.array(z.string()).nullish(),
      modelLifecycle: z.object({ status: z.string(), endOfLifeTime: z.date().nullish() }).nullish(),
    }),
  ),
})
type Model = z.infer<typeof ListedModels>['modelSummaries'][number]

const ProfilePage = z.object({
  inferenceProfileSummaries: z.array(
    z.object({
      inferenceProfileId: Id,
      inferenceProfileName: z.string().max(120),
      status: z.string(),
      models: z.array(z.object({ modelArn: z.string() })),
    }),
  ),
  nextToken: z.string().nullish(),
})
type Profile = z.infer<typeof ProfilePage>['inferenceProfileSummaries'][number]

const byAnthropic = {
  byProvider: 'Anthropic',
  byOutputModality: 'TEXT',
} as const

/** Active, or on its way out with a day on which it ends: until then it answers. */
const isAlive = ({ modelLifecycle: life }: Model): boolean =>
  life?.status === 'ACTIVE' || Boolean(life?.endOfLifeTime)

const models = async (client: BedrockClient, abortSignal: AbortSignal) => {
  const answer = await client.send(new ListFoundationModelsCommand(byAnthropic), { abortSignal })
  return ListedModels.safeParse(answer).data?.modelSummaries.filter(
    (model) => model.responseStreamingSupported === true && isAlive(model),
  )
}

/** No account has more profiles of AWS's own than these pages hold. */
const PAGE_SIZE = 1_000
const MAX_PAGES = 20

const profiles = async (
  client: BedrockClient,
  abortSignal: AbortSignal,
): Promise<readonly Profile[] | undefined> => {
  const all: Profile[] = []
  let nextToken: string | undefined
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const ask = new ListInferenceProfilesCommand({
      maxResults: PAGE_SIZE,
      typeEquals: 'SYSTEM_DEFINED',
      ...(nextToken === undefined ? {} : { nextToken }),
    })
    const page = ProfilePage.safeParse(await client.send(ask, { abortSignal }))
    if (!page.success) return undefined
    all.push(...page.data.inferenceProfileSummaries)
    nextToken = page.data.nextToken ?? undefined
    if (nextToken === undefined) break
  }
  return all
}

const listed = (id: string, name: string | null | undefined, { modelLifecycle }: Model): ListedModel => ({
  id,
  name: name ?? undefined,
  contextTokens: undefined,
  outputTokens: undefined,
  retiresAt: modelLifecycle?.endOfLifeTime?.getTime(),
})

/** The model that a profile leads to, wherever it answers. */
const modelOf = (profile: Profile, all: readonly Model[]): Model | undefined => {
  const ids = profile.models.map(({ modelArn }) => modelArn.split('/').at(-1))
  return all.find(({ modelId }) => ids.includes(modelId))
}

/**
 * Claude as the key's region offers it: models that answer in the region itself, and profiles that share them among regions. Undefined when a
 * list does not have the expected form.
 */
export const readModels = async (
  key: OpenedKey,
  watch: Patience,
): Promise<readonly ListedModel[] | undefined> => {
  const client = clientFor(key, watch)
  const known = await models(client, watch.signal)
  const shared = known && (await profiles(client, watch.signal))
  if (known === undefined || shared === undefined) return undefined
  const here = known
    .filter(({ inferenceTypesSupported }) => inferenceTypesSupported?.includes('ON_DEMAND'))
    .map((model) => listed(model.modelId, model.modelName, model))
  const elsewhere = shared
    .filter(({ status }) => status === 'ACTIVE')
    .flatMap((profile) => {
      const model = modelOf(profile, known)
      return model === undefined
        ? []
        : [listed(profile.inferenceProfileId, profile.inferenceProfileName, model)]
    })
  return [...here, ...elsewhere]
}
