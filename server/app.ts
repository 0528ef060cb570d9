import express, { type Express } from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import { type AlertRoutes, alerts } from './http/alerts.ts'
import { type AuditRoutes, audit } from './http/audit.ts'
import { type CapRoutes, cap } from './http/cap.ts'
import { type ChainRoutes, chains } from './http/chains.ts'
import { type ChannelRoutes, channels } from './http/channels.ts'
import { onlyServedContracts } from './http/contract.ts'
import { type DraftRoutes, drafts } from './http/drafts.ts'
import { type HealthRoutes, health } from './http/health/health.ts'
import { type MetricsRoutes, measured, metrics } from './http/health/metrics.ts'
import { requestLog } from './http/health/request-log.ts'
import { type DeviceRoutes, devices } from './http/identity/devices.ts'
import { type MemberRoutes, members } from './http/identity/members.ts'
import { type PairingCodeRoutes, pairingCodes } from './http/identity/pairing-codes.ts'
import { type TokenRoutes, tokenKeys, tokens } from './http/identity/tokens.ts'
import { type PriceRoutes, prices } from './http/keys/prices.ts'
import { type RotationRoutes, rotation } from './http/keys/rotation.ts'
import { type RoutingRoutes, routing } from './http/keys/routing.ts'
import { type KeyRoutes, keys } from './http/keys.ts'
import { type OpenApiRoutes, openApi } from './http/openapi/openapi.ts'
import { answerExtensions, onlyOwnHost } from './http/origins.ts'
import { pairPage } from './http/pair/page.ts'
import { answerProblems, notFound } from './http/problems.ts'
import { type ReceiptRoutes, receipts } from './http/receipts.ts'
import { onlyUnsealed, type SealRoutes } from './http/seal.ts'
import { type ReportingKeyRoutes, reportingKeys } from './http/statements/reporting-keys.ts'
import { type StatementRoutes, statements } from './http/statements/statements.ts'
import { publicStatus, type StatusRoutes, status } from './http/status.ts'
import { type WorkspaceRoutes, workspace } from './http/workspace.ts'

type AppParts = AlertRoutes &
  AuditRoutes &
  CapRoutes &
  ChainRoutes &
  ChannelRoutes &
  DeviceRoutes &
  DraftRoutes &
  HealthRoutes &
  KeyRoutes &
  MemberRoutes &
  MetricsRoutes &
  OpenApiRoutes &
  PairingCodeRoutes &
  PriceRoutes &
  ReceiptRoutes &
  ReportingKeyRoutes &
  RotationRoutes &
  RoutingRoutes &
  SealRoutes &
  StatementRoutes &
  StatusRoutes &
  TokenRoutes &
  WorkspaceRoutes & {
    readonly log: Logger
    readonly newId: () => string
    /** The vault's own address, known once it listens. */
    readonly origin: () => string
  }

/** The whole vault as an Express app: what guards every request, then the routes, then the place where errors become problems. */
export const vaultApp = (parts: AppParts): Express => {
  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  app.set('etag', false)
  app.use(requestLog(parts.log, parts.newId), measured(parts))
  app.use(
    helmet({
      contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
      crossOriginResourcePolicy: false,
    }),
  )
  app.use(health(parts))
  app.use(metrics(parts))
  app.use(onlyOwnHost(parts.origin), answerExtensions)
  app.use((_request, response, next) => {
    response.setHeader('cache-control', 'no-store')
    next()
  })

  app.use(pairPage())
  app.use(openApi(parts))
  app.use(publicStatus())
  app.use(tokenKeys(parts))
  app.use(onlyUnsealed(parts))
  app.use('/v1', onlyServedContracts)
  app.use(tokens(parts))
  app.use(devices(parts))
  app.use(pairingCodes(parts))
  app.use(members(parts))
  app.use(status(parts))
  app.use(keys(parts))
  app.use(rotation(parts))
  app.use(routing(parts))
  app.use(prices(parts))
  app.use(drafts(parts))
  app.use(receipts(parts))
  app.use(cap(parts))
  app.use(alerts(parts))
  app.use(audit(parts))
  app.use(workspace(parts))
  app.use(channels(parts))
  app.use(chains(parts))
  app.use(reportingKeys(parts))
  app.use(statements(parts))

  app.use(notFound)
  app.use(answerProblems(parts.log))
  return app
}
