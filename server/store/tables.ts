import type { ColumnType } from 'kysely'

/** A whole number of at most 64 bits: picodollars, milliseconds, counts. Engines read it differently; row schemas make it a bigint or a number. */
type Whole = ColumnType<unknown, bigint | number, bigint | number>
type WholeOrNull = ColumnType<unknown, bigint | number | null | undefined, bigint | number | null>

/**
 * The tables, as they are in SQLite and PostgreSQL. Every primary key begins with the workspace, so that a sharded database can
 * spread them; `vaults` and `proofs` belong to no workspace. Rows are parsed by a schema where they are read.
 */
export type Tables = {
  /** Schema versions that were applied. */
  migrations: { version: Whole }
  workspaces: {
    id: string
    name: string
    time_zone: string
    ai_on: Whole
    /** The workspace key, wrapped by the master key (compact JWE); its header names the master key's kid. */
    wrapped_key: string
    created_at: Whole
    /** Days that receipts are kept; null: for good. */
    retention_days: WholeOrNull
    /** When the workspace will be gone, because its owner asked for it. */
    delete_at: WholeOrNull
    /** Receipts that began before this moment are no longer kept; null: none was ever given up. */
    pruned_before: WholeOrNull
  }
  /** A seal on the whole vault (`vault`) that the operator set; no row: not sealed. */
  seals: { workspace_id: string; sealed_at: Whole }
  channels: {
    workspace_id: string
    id: string
    name: string
    /** Site patterns, as JSON. */
    sites: string
    created_at: Whole
    removed_at: WholeOrNull
  }
  /** Sealed things that are not provider keys: `token-key` of the vault (workspace `vault`), `bookkeeping-key` and `webhook` of a workspace. */
  secrets: {
    workspace_id: string
    id: string
    kind: string
    version: Whole
    sealed: string
    created_at: Whole
  }
  members: {
    workspace_id: string
    id: string
    name: string
    role: string
    sees_reports: Whole
    created_at: Whole
    removed_at: WholeOrNull
  }
  devices: {
    workspace_id: string
    id: string
    member_id: string
    /** RFC 7638 thumbprint of the device key, unique in the vault. */
    jkt: string
    origin: string | null
    name: string
    created_at: Whole
    last_used_at: Whole
    removed_at: WholeOrNull
    /** Since when this browser waits for approval after a restore. */
    suspended_at: WholeOrNull
  }
  pairing_codes: {
    workspace_id: string
    id: string
    kind: string
    role: string
    /** Whose further browser this is; null for a new member. */
    member_id: string | null
    /** Who made it; null for the operator's terminal. The code dies with this member's right to make it. */
    made_by: string | null
    sealed_verifier: string
    tries_left: Whole
    created_at: Whole
    expires_at: Whole
    used_at: WholeOrNull
    withdrawn_at: WholeOrNull
  }
  /** Proofs seen (RFC 9449 §11.1), refused a second time until they are too old anyway. */
  proofs: { jkt: string; jti_hash: string; expires_at: Whole }
  provider_keys: {
    workspace_id: string
    id: string
    provider: string
    label: string
    /** Order of answering: the lowest position is the primary. */
    position: Whole
    state: string
    rejected_for: string | null
    model: string
    /** What the provider listed for this key, as JSON. */
    models: string
    current_version: Whole
    created_by: string
    created_at: Whole
    verified_at: Whole
    disconnected_at: WholeOrNull
    /** Ids of the channels that it may answer for, as JSON; null: all. */
    channels: ColumnType<string | null, string | null | undefined, string | null>
    /** When its provider was last asked whether it still takes the key. */
    checked_at: WholeOrNull
    /** Since when that could not be asked. */
    unchecked_since: WholeOrNull
    /** When it is to be asked next, and until when a vault is at it. */
    check_at: WholeOrNull
    check_claimed_until: WholeOrNull
  }
  provider_key_versions: {
    workspace_id: string
    key_id: string
    version: Whole
    /** Compact JWE; null once the version was destroyed. */
    sealed: string | null
    base_address: string
    created_at: Whole
    ended_at: WholeOrNull
    /** A region or an address with its dialect, as JSON; null: neither. */
    endpoint: ColumnType<string | null, string | null | undefined, string | null>
    /** Until when a version that is not the current one is kept: rehearsed, or the former one. */
    kept_until: WholeOrNull
    /** A keyed hash of the provider's id of the account; null where the provider does not tell. */
    organization: ColumnType<string | null, string | null | undefined, string | null>
    /** The model that it drafts with, and what the provider listed for it, as JSON; null for what was written before there were these columns. */
    model: ColumnType<string | null, string | null | undefined, string | null>
    models: ColumnType<string | null, string | null | undefined, string | null>
    verified_at: WholeOrNull
  }
  /** Who answers and who stands in; no row: the provider of the first key, and nobody. */
  routing: {
    workspace_id: string
    primary_provider: string | null
    backup_provider: string | null
    dearer: Whole
    remind_after_days: Whole
    changed_at: Whole
  }
  /** The model that a provider answers with in a channel. */
  channel_models: { workspace_id: string; channel_id: string; provider: string; model: string }
  /**
   * Who rests after failures that pass: a key (`key`, its id) or an endpoint (`provider`, provider and address). Changed only where `revision` is
   * still the one that was read. `trial_until`: until when one draft tries whether it is well again.
   */
  resting: {
    workspace_id: string
    scope: string
    scope_id: string
    until_at: Whole
    failures: Whole
    reason: string
    trial_until: WholeOrNull
    revision: Whole
    changed_at: Whole
  }
  caps: {
    workspace_id: string
    scope: string
    scope_id: string
    kind: string
    limit_pico: Whole
    changed_at: Whole
    /** The limit until `raised_until`; null: no raise. */
    raised_pico: WholeOrNull
    raised_until: WholeOrNull
    /** What only urgent drafts may use of the limit. */
    reserve_pico: ColumnType<unknown, bigint | number | undefined, bigint | number>
  }
  periods: {
    workspace_id: string
    id: string
    kind: string
    time_zone: string
    starts_at: Whole
    ends_at: Whole
  }
  counters: {
    workspace_id: string
    period_id: string
    scope: string
    scope_id: string
    settled: Whole
    held: Whole
  }
  receipts: {
    workspace_id: string
    id: string
    resolution_id: string
    purpose: string
    member_id: string
    device_id: string
    channel_id: string | null
    site: string | null
    /** Unique with workspace and member. */
    idempotency_key: string
    request_hash: string
    provider: string
    model: string
    outcome: string
    certainty: string
    settled: Whole
    likely: WholeOrNull
    input_tokens: WholeOrNull
    output_tokens: WholeOrNull
    at: Whole
    /** Calendar day of `at` in the time zone of its period: YYYY-MM-DD. */
    day: string
    ended_at: WholeOrNull
    /** 1: the counts of one of its calls contradict each other. */
    flawed: ColumnType<unknown, bigint | number | undefined, bigint | number>
    /** 1: more than one call was made for it. */
    fell_back: ColumnType<unknown, bigint | number | undefined, bigint | number>
    /** What became of the draft, as the panel told it; null until then. */
    told_outcome: ColumnType<string | null, string | null | undefined, string | null>
    told_edited: WholeOrNull
    /** The member who marked it urgent. */
    urgent_by: ColumnType<string | null, string | null | undefined, string | null>
    /** Number of the ledger's event that last changed this receipt; 0 for what was written before there was this column. */
    changed_seq: ColumnType<unknown, bigint | number | undefined, bigint | number>
  }
  attempts: {
    workspace_id: string
    id: string
    receipt_id: string
    number: Whole
    purpose: string
    provider: string
    model: string
    key_id: string
    key_label: string
    key_version: Whole
    base_address: string
    outcome: string
    failure: string | null
    certainty: string
    held: Whole
    settled: Whole
    likely: WholeOrNull
    /** Usage by bucket, as JSON; null while unknown. */
    usage: string | null
    /** The provider's own numbers, as JSON. */
    raw_usage: ColumnType<string | null, string | null | undefined, string | null>
    /** How they contradict each other, as JSON; null: they do not. */
    flaw: ColumnType<string | null, string | null | undefined, string | null>
    /** The price entry with its rates in picodollars per token as strings, as JSON. */
    price: string
    multiplier: string | null
    tier: string | null
    region: string | null
    provider_request_id: string | null
    vault_id: string
    started_at: Whole
    expires_at: Whole
    ended_at: WholeOrNull
  }
  /** Prices that admins set, per model numbered from 1; the last one is in force. None is ever changed. */
  own_prices: {
    workspace_id: string
    id: string
    provider: string
    model: string
    number: Whole
    /** What was set, as JSON: amounts as decimal strings. */
    terms: string
    set_by: string
    set_at: Whole
  }
  hold_lines: {
    workspace_id: string
    attempt_id: string
    scope: string
    scope_id: string
    period_id: string
    held: Whole
    settled: Whole
    open: Whole
  }
  /** Two gapless chains per workspace, `ledger` and `audit`: the stored bytes are what was hashed (RFC 8785). */
  events: {
    workspace_id: string
    log: string
    seq: Whole
    at: Whole
    kind: string
    bytes: string
    hash: string
  }
  kept_drafts: {
    workspace_id: string
    receipt_id: string
    device_id: string
    sealed: string
    expires_at: Whole
  }
  /** Keys that read a provider's reports, one for each provider; never one that drafts. */
  reporting_keys: {
    workspace_id: string
    provider: string
    version: Whole
    sealed: string
    base_address: string
    connected_by: string
    connected_at: Whole
    verified_at: Whole
    /** When the daily comparison is due. */
    next_at: Whole
    /** Until when a vault is at the comparison; null: none is. */
    claimed_until: WholeOrNull
    compared_at: WholeOrNull
    failure: string | null
  }
  /** Which key of the provider's organization a version of ours is. */
  key_links: {
    workspace_id: string
    key_id: string
    version: Whole
    provider_key_id: string
    linked_by: string
  }
  /** Days (UTC, YYYY-MM-DD) of a provider that were compared. */
  compared_days: { workspace_id: string; provider: string; day: string; compared_at: Whole }
  /** A key, model and day (UTC) compared. `ours`, `reported` and `differences` are JSON, amounts as decimal dollars. */
  statement_rows: {
    workspace_id: string
    provider: string
    day: string
    key_id: string
    version: Whole
    model: string
    ours: string
    reported: string
    differences: string
    /** When a use of the key outside Ownkey was first seen in it; null: there is none. */
    foreign_since: WholeOrNull
  }
  /** For which shares of a cap (JSON), and whom; a webhook's address and its secret are sealed in `secrets`. No row: the defaults. */
  alert_settings: {
    workspace_id: string
    thresholds: string
    emails: string
    webhook_host: string | null
    webhook_at: WholeOrNull
  }
  /** What was told. `about` and `number` are unique: a threshold in a period is told once, and again with the next number after it was armed again. */
  alerts: {
    workspace_id: string
    id: string
    at: Whole
    /** JSON. */
    subject: string
    about: string
    number: Whole
    armed_again_at: WholeOrNull
  }
  /** Up to which event of the ledger it was looked for what is to be told, and when. */
  watched: { workspace_id: string; seq: Whole; at: Whole }
  /** An alert on its way to one recipient. `next_at` is null once it was delivered or given up. */
  outbox: {
    workspace_id: string
    id: string
    alert_id: string
    via: string
    recipient: string
    tries: Whole
    next_at: WholeOrNull
    /** Until when a vault is at it; null: none is. */
    claimed_until: WholeOrNull
    delivered_at: WholeOrNull
    failure: string | null
  }
  vaults: {
    id: string
    host: string
    pid: Whole
    started_at: Whole
    heartbeat_at: Whole
    stopped_at: WholeOrNull
  }
}
