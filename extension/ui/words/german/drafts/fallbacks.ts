import type { Words } from '../../words.ts'

export const fallbacks = {
  title: 'Antworten, die Ersatz brauchten',
  rate_one: '{{fellBack}} von {{count}} Antwort brauchte Ersatz.',
  rate_other: '{{fellBack}} von {{count}} Antworten brauchten Ersatz.',
  chart: 'Anteil der Antworten, die Ersatz brauchten, nach Tagen',
  table: 'Tage',
  day: 'Tag',
  replies: 'Antworten',
  fellBack: 'Brauchten Ersatz',
  share: 'Anteil',
  receipts: 'Ihre Belege',
} as const satisfies Words['options']['spend']['fallbacks']
