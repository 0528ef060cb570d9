import { z } from 'zod'
import { ProviderName } from '../../../shared/providers.ts'
import type { Choices } from '../../domain/keys/channel-models.ts'
import type { Executor } from '../database.ts'
import { ChannelIds } from '../keys/connected-keys.ts'

const Row = z.object({ channel_id: z.string(), provider: ProviderName, model: z.string() })

/** The choices of every channel that has some, by its id. */
export const choicesByChannel = async (
  db: Executor,
  workspaceId: string,
): Promise<ReadonlyMap<string, Choices>> => {
  const rows = await db
    .selectFrom('channel_models')
    .select(['channel_id', 'provider', 'model'])
    .where('workspace_id', '=', workspaceId)
    .execute()
  const byChannel = new Map<string, Choices>()
  for (const { channel_id, provider, model } of rows.map((row) => Row.parse(row)))
    byChannel.set(channel_id, { ...byChannel.get(channel_id), [provider]: model })
  return byChannel
}

type Place = { readonly workspaceId: string; readonly id: string }

const clear = async (tx: Executor, { workspaceId, id }: Place): Promise<void> => {
  await tx
    .deleteFrom('channel_models')
    .where('workspace_id', '=', workspaceId)
    .where('channel_id', '=', id)
    .execute()
}

/** Puts the choices of a channel in the place of those before. */
export const writeChoices = async (tx: Executor, place: Place, choices: Choices): Promise<void> => {
  await clear(tx, place)
  const rows = ProviderName.options.flatMap((provider) => {
    const model = choices[provider]
    if (model === undefined) return []
    return [{ workspace_id: place.workspaceId, channel_id: place.id, provider, model }]
  })
  if (rows.length > 0) await tx.insertInto('channel_models').values(rows).execute()
}

const Limited = z.object({ id: z.string(), label: z.string(), channels: ChannelIds })

/**
 * Ends the choices of a channel that is removed, and the leave of keys to answer there. A key that was limited to it alone answers nowhere from then
 * on: that it may answer everywhere is for an admin to say. Answers the labels of those keys.
 */
export const forgetChannel = async (tx: Executor, place: Place): Promise<readonly string[]> => {
  await clear(tx, place)
  const rows = await tx
    .selectFrom('provider_keys')
    .select(['id', 'label', 'channels'])
    .where('workspace_id', '=', place.workspaceId)
    .where('disconnected_at', 'is', null)
    .where('channels', 'is not', null)
    .execute()
  const silent: string[] = []
  for (const { id, label, channels } of rows.map((row) => Limited.parse(row))) {
    if (!channels?.includes(place.id)) continue
    const others = channels.filter((one) => one !== place.id)
    await tx
      .updateTable('provider_keys')
      .set({ channels: JSON.stringify(others) })
      .where('workspace_id', '=', place.workspaceId)
      .where('id', '=', id)
      .execute()
    if (others.length === 0) silent.push(label)
  }
  return silent
}
