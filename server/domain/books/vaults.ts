/** How often a vault shows that it lives, and after how long a silent one counts as gone. */
export const HEARTBEAT_MS = 2_000
export const SILENCE_MS = 10_000

/** The running vaults that share a database. A vault that is gone leaves its holds to be swept. */
export type Vaults = {
  /** Enters this vault. A vault of the same host whose process is gone, or was this process before, counts as stopped at once. */
  register(vault: { readonly id: string; readonly host: string; readonly pid: number }): Promise<void>
  heartbeat(id: string): Promise<void>
  stop(id: string): Promise<void>
}
