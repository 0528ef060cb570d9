import { z } from 'zod'

/** Ids of things that the vault makes: UUIDs, unique within a workspace. */
export const Id = z.uuid()

/** A moment on the wire: ISO 8601 in UTC. Inside the program moments are milliseconds since the epoch. */
export const Moment = z.codec(z.iso.datetime(), z.int(), {
  decode: (text) => Date.parse(text),
  encode: (ms) => new Date(ms).toISOString(),
})

/** Characters that a name may have at most. */
export const LONGEST_LABEL = 80

/** A name that a person typed. Never trusted as markup. */
export const Label = z.string().trim().min(1).max(LONGEST_LABEL)

/** SHA-256 thumbprint of a public JWK (RFC 7638), base64url. */
export const Thumbprint = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** Opaque place in a list, given by the vault; the caller only hands it back. */
export const Cursor = z.string().min(1).max(200)
