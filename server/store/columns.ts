import { z } from 'zod'
import { type Picodollars, pico } from '../../shared/money.ts'

/** A count or a moment: SQLite gives a bigint, PostgreSQL a string. Never for amounts, which may be over 2^53. */
export const Count = z.coerce.number().pipe(z.int())

/** Picodollars in a column. */
export const Amount = z.coerce.bigint().transform((value): Picodollars => pico(value))

/** A truth value, stored as 0 or 1. */
export const Flag = Count.transform((value) => value !== 0)
