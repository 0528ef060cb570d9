import type { Words } from '../words.ts'

export const keys = {
  tab: 'Schlüssel',
  note: 'In Ihrem Vault versiegelt; niemand kann einen wieder lesen, auch nicht hier',
  advice:
    'Erzeugen Sie in der Konsole des Anbieters einen Schlüssel nur für Ownkey: Dann lassen sich Rechnung und Belege vergleichen, und ein Widerruf hält nichts anderes an.',
  emptyTitle: 'Kein Schlüssel ist verbunden',
  emptyTodo:
    'Entwürfe beginnen mit einem Schlüssel Ihres eigenen Kontos beim Anbieter. Er geht nur an Ihren Vault.',
  label: 'Bezeichnung',
  model: 'Schreibt mit',
  address: 'Aufrufe gehen an',
  standardAddress: 'die eigene Adresse des Anbieters',
  otherAddress: 'vom Betreiber des Vaults festgelegt',
  connected: 'Verbunden',
  connectedBy: '{{day}}, von {{name}}',
  verified: 'Geprüft',
  version: 'Fassung',
} as const satisfies Words['options']['keys']
