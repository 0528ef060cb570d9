import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'
import { up as first } from './001-first.ts'
import { up as team } from './002-team.ts'
import { up as toldOutcomes } from './003-told-outcomes.ts'
import { up as prices } from './004-prices.ts'
import { up as statements } from './005-statements.ts'
import { up as alerts } from './006-alerts.ts'
import { up as routing } from './007-routing.ts'

type Migration = { readonly up: (db: Kysely<Tables>) => Promise<void> }

/** Every migration in order; the place in the list is the schema version, so nothing is ever removed or moved. */
export const migrations: readonly Migration[] = [
  { up: first },
  { up: team },
  { up: toldOutcomes },
  { up: prices },
  { up: statements },
  { up: alerts },
  { up: routing },
]
