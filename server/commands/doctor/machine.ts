import { statfs } from 'node:fs/promises'
import type { Configuration } from '../../config.ts'
import { envelope as envelopeUnder } from '../../crypto/envelope.ts'
import { MasterKeyError, type MasterKeyRing, readMasterKeys } from '../../crypto/master-key.ts'
import type { Envelope } from '../../domain/envelope.ts'
import { addressOf } from '../command.ts'
import { bad, type Finding, good, warning } from './finding.ts'

const GIB = 1_024 ** 3
/** A busy workspace writes about 10 KiB for each draft, so this is a hundred thousand of them. */
const LITTLE_SPACE = GIB
const NO_SPACE = GIB / 10

/** Free space where the embedded database lies. */
export const checkDisk = async ({ databaseUrl, dataFolder }: Configuration): Promise<Finding> => {
  if (databaseUrl !== undefined) return good('disk', 'the database server has its own')
  const { bavail, bsize } = await statfs(dataFolder)
  const free = bavail * bsize
  const says = `${(free / GIB).toFixed(1)} GiB free in ${dataFolder}`
  if (free >= LITTLE_SPACE) return good('disk', says)
  const todo = 'Make room: a full disk refuses every draft.'
  return free >= NO_SPACE ? warning('disk', says, todo) : bad('disk', says, todo)
}

/** Where browsers and providers are. */
export const checkAddresses = (configuration: Configuration): readonly Finding[] => {
  const { origin, addresses } = configuration
  const vault = good(
    'address',
    origin === undefined ? `${addressOf(configuration)}, on this machine alone` : origin,
  )
  const others = Object.entries(addresses).flatMap(([provider, address]) =>
    address === undefined
      ? []
      : [warning('providers', `${provider} is asked at ${address}`, 'Keys go there; it is as you set it.')],
  )
  return [vault, ...(others.length > 0 ? others : [good('providers', 'asked at their own addresses')])]
}

const ringOf = async (configuration: Configuration): Promise<MasterKeyRing | MasterKeyError> => {
  const { masterKey, masterKeyFile, dataFolder } = configuration
  try {
    return await readMasterKeys({ value: masterKey, file: masterKeyFile, dataFolder, mayCreate: false })
  } catch (error) {
    if (error instanceof MasterKeyError) return error
    throw error
  }
}

/** The master key: there, private, outside of the data; and what opens with it. */
export const checkMasterKey = async (
  configuration: Configuration,
): Promise<{ readonly finding: Finding; readonly envelope: Envelope | undefined }> => {
  const ring = await ringOf(configuration)
  if (ring instanceof MasterKeyError)
    return {
      finding: bad('master key', ring.message, 'Nothing can be opened until then.'),
      envelope: undefined,
    }
  const from = configuration.masterKey === undefined ? configuration.masterKeyFile : 'OWNKEY_MASTER_KEY'
  const finding =
    ring.length === 1
      ? good('master key', `one, from ${from}`)
      : warning('master key', `two, from ${from}`, 'Finish: npm run ownkey -- master-key rotate')
  return { finding, envelope: await envelopeUnder(ring) }
}
