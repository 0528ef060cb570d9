import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'

/** What a person reads who asks for help. */
export const usage = `npm run demo: the main job in a real browser, with simulated providers

  --headed           show the browser and leave it open until you close it
  --json             end with one line of JSON
  --screenshots DIR  write a picture of each surface, in light and dark; of every page empty and full
  --postgres         on PostgreSQL instead of the embedded database
  --vaults N         with --postgres: N vaults behind one address; from 2 on, one is killed while it drafts
  --outage           the primary provider dies, and the backup answers`

/** What a person wants of the demo. `pictures` is a folder. */
export type Wish = {
  readonly headed: boolean
  readonly json: boolean
  readonly pictures: string | undefined
  readonly postgres: boolean
  readonly vaults: number
  /** Whether the primary provider dies on the way. */
  readonly outage: boolean
}

const Vaultage = z.coerce.number({ error: '--vaults is a number from 1 to 9' }).int().min(1).max(9)

/** Reads the words behind `npm run demo --`. Throws with a sentence for what makes no sense. */
export const wishOf = (args: readonly string[]): Wish => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      headed: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      screenshots: { type: 'string' },
      postgres: { type: 'boolean', default: false },
      vaults: { type: 'string', default: '1' },
      outage: { type: 'boolean', default: false },
    },
  })
  const { headed, json, screenshots, postgres, outage } = values
  const vaults = Vaultage.parse(values.vaults)
  if (vaults > 1 && !postgres) throw new Error('Several vaults need a shared database: add --postgres.')
  if (vaults > 1 && outage) throw new Error('One disaster at a time: leave out --vaults or --outage.')
  if (headed && process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    throw new Error('There is no display here: leave out --headed.')
  return {
    headed,
    json,
    pictures: screenshots === undefined ? undefined : resolve(screenshots),
    postgres,
    vaults,
    outage,
  }
}
