import { z } from 'zod'
import { AuditPage, AuditQuery } from '../../../shared/audit.ts'
import {
  AlertPage,
  AlertQuery,
  AlertSettings,
  AlertSettingsChange,
  SentAlert,
  WebhookConnected,
  WebhookConnection,
} from '../../../shared/books/alerts.ts'
import { ModelPrice, PriceChange, PriceList } from '../../../shared/books/prices.ts'
import {
  Cap,
  CapChange,
  CapList,
  CapPlace,
  CapRaise,
  ReserveChange,
  ScopedCapChange,
} from '../../../shared/cap.ts'
import {
  ChainList,
  ExportedEntry,
  ExportedHead,
  ExportHeader,
  Heads,
  HeadsQuery,
} from '../../../shared/chains.ts'
import { Channel, ChannelForm, ChannelList } from '../../../shared/channels.ts'
import { DraftEvent, DraftRequest } from '../../../shared/drafts.ts'
import {
  Key,
  KeyChange,
  KeyConnected,
  KeyConnection,
  KeyList,
  KeyOrder,
  KeyReplacement,
  KeySwitch,
  Rehearsal,
  RoutingChange,
} from '../../../shared/keys.ts'
import { DeviceList, Member, MemberChange, Team } from '../../../shared/members.ts'
import {
  Paired,
  PairingCodeAnswer,
  PairingCodeRequest,
  PairingRequest,
  TokenAnswer,
} from '../../../shared/pairing.ts'
import {
  OutcomeTelling,
  Receipt,
  ReceiptChanges,
  ReceiptChangesQuery,
  ReceiptExportQuery,
  ReceiptPage,
  ReceiptQuery,
  ReceiptSummary,
  ToldOutcome,
} from '../../../shared/receipts.ts'
import { Spend, SpendNotices, SpendQuery } from '../../../shared/spend.ts'
import {
  KeyLinking,
  ProviderKeyList,
  ReportingKey,
  ReportingKeyConnection,
  ReportingKeyList,
} from '../../../shared/statements/reporting-keys.ts'
import { Compared, Statement, StatementQuery } from '../../../shared/statements/statements.ts'
import { PublicStatus, Status } from '../../../shared/status.ts'
import {
  OwnershipTransfer,
  Workspace,
  WorkspaceChange,
  WorkspaceDeletion,
} from '../../../shared/workspace.ts'

/** One route as the document describes it. Without `answer` it answers 204. */
export type Operation = {
  readonly does: string
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly answer?: z.ZodType
  /** What the answer is written in; JSON without it. The schema is then that of one event or line. */
  readonly media?: 'text/event-stream' | 'application/jsonl' | 'text/plain' | 'text/html'
  /** 200 where something is answered, otherwise 204. */
  readonly status?: 200 | 201 | 204
  /** Whether it needs no session. `proof`: no token, but a proof of the device key (RFC 9449). */
  readonly open?: 'yes' | 'proof'
}

const Ok = z.object({ ok: z.boolean() })
const KeySet = z.object({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })) })

const health: Record<string, Operation> = {
  'GET /healthz': { does: 'Whether the process runs', answer: Ok, open: 'yes' },
  'GET /readyz': { does: 'Whether the vault takes work; 503 when not', answer: Ok, open: 'yes' },
  'GET /metrics': {
    does: 'Metrics for Prometheus, on loopback or with the operator’s token',
    answer: z.string(),
    media: 'text/plain',
    open: 'yes',
  },
  'GET /openapi.json': { does: 'This document', answer: z.looseObject({}), open: 'yes' },
  'GET /.well-known/jwks.json': {
    does: 'Public keys of session tokens (RFC 7517)',
    answer: KeySet,
    open: 'yes',
  },
  'GET /pair': { does: 'How to pair, for a person', answer: z.string(), media: 'text/html', open: 'yes' },
}

const identity: Record<string, Operation> = {
  'POST /v1/tokens': { does: 'A session token for this device', answer: TokenAnswer, open: 'proof' },
  'POST /v1/devices': {
    does: 'Pairs a browser by a one-time code',
    body: PairingRequest,
    answer: Paired,
    status: 201,
    open: 'proof',
  },
  'GET /v1/devices': { does: 'Browsers: one’s own, or everybody’s for admins', answer: DeviceList },
  'DELETE /v1/devices/:id': { does: 'Removes a browser' },
  'POST /v1/devices/:id/approval': { does: 'Approves a browser after a restore' },
  'POST /v1/pairing-codes': {
    does: 'A code for another browser, or an invitation',
    body: PairingCodeRequest,
    answer: PairingCodeAnswer,
    status: 201,
  },
  'DELETE /v1/invites/:id': { does: 'Withdraws an invitation' },
  'GET /v1/members': { does: 'Members and invitations', answer: Team },
  'PATCH /v1/members/:id': {
    does: 'Changes a role or the right to reports',
    body: MemberChange,
    answer: Member,
  },
  'DELETE /v1/members/:id': { does: 'Removes a member; of oneself, leaves' },
  'POST /v1/owner': { does: 'Hands over ownership', body: OwnershipTransfer },
}

const workspace: Record<string, Operation> = {
  'GET /v1/status': {
    does: 'What this member may know; without a token only the contracts that are served',
    answer: z.union([Status, PublicStatus]),
    open: 'yes',
  },
  'GET /v1/workspace': { does: 'Settings of the workspace', answer: Workspace },
  'PATCH /v1/workspace': { does: 'Changes settings', body: WorkspaceChange, answer: Workspace },
  'POST /v1/workspace/deletion': {
    does: 'Asks for the workspace to be deleted in seven days',
    body: WorkspaceDeletion,
    answer: Workspace,
  },
  'DELETE /v1/workspace/deletion': { does: 'Keeps the workspace after all', answer: Workspace },
  'GET /v1/channels': { does: 'Channels, by name', answer: ChannelList },
  'POST /v1/channels': { does: 'Makes a channel', body: ChannelForm, answer: Channel, status: 201 },
  'PUT /v1/channels/:id': { does: 'Changes a channel', body: ChannelForm, answer: Channel },
  'DELETE /v1/channels/:id': { does: 'Removes a channel' },
}

const keys: Record<string, Operation> = {
  'GET /v1/keys': { does: 'Cards of the provider keys, never a key', answer: KeyList },
  'POST /v1/keys': {
    does: 'Verifies a provider key by a real call, then seals it',
    body: KeyConnection,
    answer: KeyConnected,
    status: 201,
  },
  'POST /v1/keys/:id/versions': {
    does: 'Rehearses another secret for a key; nothing changes yet',
    body: KeyReplacement,
    answer: Rehearsal,
    status: 201,
  },
  'PUT /v1/keys/:id/version': {
    does: 'Switches to a rehearsed version, or returns to the former one',
    body: KeySwitch,
    answer: Key,
  },
  'POST /v1/keys/:id/verification': {
    does: 'Verifies a connected key again by a real call, and takes it back into use',
    answer: KeyConnected,
    status: 200,
  },
  'PATCH /v1/keys/:id': {
    does: 'Changes a key’s name, channels or order, or its provider’s model',
    body: KeyChange,
    answer: Key,
  },
  'DELETE /v1/keys/:id': { does: 'Disconnects a key' },
  'PUT /v1/keys/order': {
    does: 'Says in which order the keys of a provider answer',
    body: KeyOrder,
    answer: KeyList,
  },
  'PUT /v1/routing': { does: 'Says who answers and who stands in', body: RoutingChange, answer: KeyList },
  'GET /v1/prices': {
    does: 'What models cost: the list, and own prices with their history',
    answer: PriceList,
  },
  'POST /v1/prices': {
    does: 'Says what a model costs from now on',
    body: PriceChange,
    answer: ModelPrice,
    status: 201,
  },
}

const books: Record<string, Operation> = {
  'POST /v1/drafts': {
    does: 'Drafts a reply; the last event is a receipt or a problem',
    body: DraftRequest,
    answer: DraftEvent,
    media: 'text/event-stream',
  },
  'GET /v1/receipts': { does: 'Receipts, newest first', query: ReceiptQuery, answer: ReceiptPage },
  'GET /v1/receipts/changes': {
    does: 'What changed in the receipts since a cursor',
    query: ReceiptChangesQuery,
    answer: ReceiptChanges,
  },
  'GET /v1/receipts/export': {
    does: 'Every receipt that fits, as CSV or JSON Lines',
    query: ReceiptExportQuery,
    answer: ReceiptSummary,
    media: 'application/jsonl',
  },
  'GET /v1/receipts/:id': { does: 'A receipt with its attempts and formula', answer: Receipt },
  'POST /v1/receipts/:id/outcome': {
    does: 'Tells what became of one’s own draft, as a distance',
    body: OutcomeTelling,
    answer: ToldOutcome,
  },
  'GET /v1/spend': { does: 'A month’s spend', query: SpendQuery, answer: Spend },
  'GET /v1/spend/notices': { does: 'What departs from its own history', answer: SpendNotices },
  'GET /v1/cap': { does: 'The cap and how it is used', answer: Cap },
  'PUT /v1/cap': { does: 'Changes the cap', body: CapChange, answer: Cap },
  'PUT /v1/cap/reserve': {
    does: 'Keeps the end of the cap for urgent drafts',
    body: ReserveChange,
    answer: Cap,
  },
  'GET /v1/caps': { does: 'Every cap of the workspace, its members, channels and models', answer: CapList },
  'PUT /v1/caps': { does: 'Sets a cap', body: ScopedCapChange, answer: CapList },
  'DELETE /v1/caps': { does: 'Takes a cap away; the workspace’s month stays', query: CapPlace },
  'PUT /v1/caps/raise': { does: 'Raises a cap until a moment', body: CapRaise, answer: CapList },
  'DELETE /v1/caps/raise': { does: 'Ends a raise before its time', query: CapPlace },
  'GET /v1/audit': { does: 'The audit log, newest first', query: AuditQuery, answer: AuditPage },
  'GET /v1/chains': { does: 'Walks both chains', answer: ChainList },
  'GET /v1/heads': {
    does: 'Where both chains end, signed',
    query: HeadsQuery,
    answer: Heads,
  },
  'GET /v1/chains/:log/export': {
    does: 'A chain as JSON Lines: a header, then every entry, then the signed head',
    answer: z.union([ExportHeader, ExportedEntry, ExportedHead]),
    media: 'application/jsonl',
  },
}

const alerts: Record<string, Operation> = {
  'GET /v1/alerts': {
    does: 'What was told, newest first, and where it went',
    query: AlertQuery,
    answer: AlertPage,
  },
  'GET /v1/alerts/settings': { does: 'For which shares of every cap, and whom', answer: AlertSettings },
  'PUT /v1/alerts/settings': {
    does: 'Changes for which shares, and who gets e-mail',
    body: AlertSettingsChange,
    answer: AlertSettings,
  },
  'PUT /v1/alerts/webhook': {
    does: 'Connects the webhook, in the place of the one before; its secret is told this once',
    body: WebhookConnection,
    answer: WebhookConnected,
  },
  'DELETE /v1/alerts/webhook': { does: 'Disconnects the webhook, where there is one' },
  'POST /v1/alerts/test': {
    does: 'Tells everybody who is told that it works; one in a minute',
    answer: SentAlert,
    status: 201,
  },
}

const statements: Record<string, Operation> = {
  'GET /v1/reporting-keys': { does: 'Reporting keys, never a key; for the owner', answer: ReportingKeyList },
  'POST /v1/reporting-keys': {
    does: 'Verifies a reporting key by real calls, then seals it, in the place of the one before',
    body: ReportingKeyConnection,
    answer: ReportingKey,
    status: 201,
  },
  'DELETE /v1/reporting-keys/:provider': { does: 'Disconnects a reporting key' },
  'GET /v1/reporting-keys/:provider/provider-keys': {
    does: 'Keys of the provider’s organization, asked for now',
    answer: ProviderKeyList,
  },
  'PUT /v1/reporting-keys/:provider/links': {
    does: 'Says which key of the provider one of ours is',
    body: KeyLinking,
    answer: ReportingKey,
  },
  'GET /v1/statements': {
    does: 'A month of receipts compared with the providers’ reports (UTC)',
    query: StatementQuery,
    answer: Statement,
  },
  'POST /v1/statements': { does: 'Compares now', answer: Compared, status: 200 },
}

/** Every route of the vault, by method and path as the routers hang it. A test holds it against the routes that there are. */
export const operations: Readonly<Record<string, Operation>> = {
  ...health,
  ...identity,
  ...workspace,
  ...keys,
  ...books,
  ...alerts,
  ...statements,
}
