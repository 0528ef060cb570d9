import type { Words } from '../words.ts'

export const providers = {
  anthropic: 'Anthropic',
  openai: 'OpenAI',
  bedrock: 'AWS Bedrock',
  compatible: 'Eigener Endpunkt',
} as const satisfies Words['providers']

export const roles = {
  owner: 'Inhaber',
  admin: 'Admin',
  agent: 'Agent',
  'light-agent': 'Light-Agent',
} as const satisfies Words['roles']

export const purposes = {
  draft: 'Entwurf',
  refine: 'Überarbeitung',
  verify: 'Prüfung',
  playground: 'Playground',
} as const satisfies Words['purposes']

export const outcomes = {
  running: 'Läuft',
  answered: 'Beantwortet',
  limit: 'Beantwortet, an der Längengrenze abgeschnitten',
  cut: 'Abgebrochen',
  failed: 'Fehlgeschlagen',
  lost: 'Verloren',
} as const satisfies Words['outcomes']

export const certainties = {
  pending: {
    name: 'Läuft',
    meaning: 'Der Aufruf läuft. Seine Höchstkosten sind unter der Obergrenze reserviert.',
  },
  exact: { name: 'Genau', meaning: 'Berechnet aus der endgültigen Token-Zählung des Anbieters.' },
  estimated: {
    name: 'Geschätzt',
    meaning:
      'Der Anbieter hat keine endgültige Zählung gemeldet, deshalb zählen die Höchstkosten gegen die Obergrenze. Die wahren Kosten sind höchstens so hoch.',
  },
} as const satisfies Words['certainties']

export const buckets = {
  freshInput: 'Eingabe',
  cacheRead: 'Eingabe, aus dem Cache gelesen',
  cacheWrite5m: 'Eingabe, für 5 Minuten in den Cache geschrieben',
  cacheWrite30m: 'Eingabe, für 30 Minuten in den Cache geschrieben',
  cacheWrite1h: 'Eingabe, für 1 Stunde in den Cache geschrieben',
  output: 'Ausgabe',
  reasoning: 'Ausgabe, verborgenes Nachdenken',
} as const satisfies Words['buckets']
