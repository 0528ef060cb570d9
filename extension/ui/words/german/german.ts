import type { Words } from '../words.ts'
import { assistant } from './assistant.ts'
import { auditFacts, auditKinds, codeKinds, reasons } from './audit.ts'
import { alerts } from './books/alerts.ts'
import { buckets, certainties, outcomes, providers, purposes, roles } from './nouns.ts'
import { options } from './options.ts'
import { pair } from './pair.ts'
import { popup } from './popup.ts'
import { problems, unreachable } from './problems.ts'
import {
  backups,
  endpointFlaws,
  failures,
  keyFlaws,
  pauses,
  proofs,
  raiseFlaws,
  routingFlaws,
  webhookFlaws,
} from './reasons.ts'
import { connecting, rotation, unusable } from './rotation.ts'
import { cap, common } from './surfaces.ts'

/**
 * Everything that the extension says in German. One word for one thing: cap is Obergrenze, vault is Vault, key is Schlüssel,
 * draft is Entwurf, receipt is Beleg, settled is abgerechnet, held is reserviert, to pair is koppeln.
 */
export const german = {
  common,
  cap,
  popup,
  pair,
  assistant,
  options,
  alerts,
  problems: { ...problems, ...unreachable },
  failures,
  backups,
  routingFlaws,
  endpointFlaws,
  pauses,
  raiseFlaws,
  webhookFlaws,
  proofs,
  keyFlaws,
  rotation,
  unusable,
  connecting,
  providers,
  roles,
  purposes,
  outcomes,
  certainties,
  buckets,
  auditKinds,
  auditFacts,
  codeKinds,
  reasons,
} as const satisfies Words
