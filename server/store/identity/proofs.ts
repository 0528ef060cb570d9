import type { Proof, ProofParts } from '../../domain/identity/proof.ts'
import type { Database } from '../database.ts'

/** Remembers proofs in the database that all vaults share, so that none is accepted twice; `prune` forgets those that are too old anyway. */
type Proofs = {
  readonly remember: ProofParts['rememberProof']
  prune(now: number): Promise<void>
}

export const sqlProofs = (database: Database): Proofs => ({
  remember: async ({ jkt, jtiHash, expiresAt }: Proof) => {
    const inserted = await database.db
      .insertInto('proofs')
      .values({ jkt, jti_hash: jtiHash, expires_at: expiresAt })
      .onConflict((conflict) => conflict.columns(['jkt', 'jti_hash']).doNothing())
      .executeTakeFirst()
    return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n
  },
  prune: (now) =>
    database.transaction('proofs', async (tx) => {
      await tx.deleteFrom('proofs').where('expires_at', '<', now).execute()
    }),
})
