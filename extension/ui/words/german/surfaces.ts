import type { Words } from '../words.ts'

export const common = {
  again: 'Erneut versuchen',
  cancel: 'Abbrechen',
  close: 'Schließen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  details: 'Details',
  requestId: 'Anfrage-ID',
  problemName: 'Name',
  loading: 'Wird geladen',
  aiOn: 'KI ist an',
  aiPaused: 'KI ist pausiert',
  retrySeconds_one: 'in {{count}} Sekunde',
  retrySeconds_other: 'in {{count}} Sekunden',
  retryMinutes_one: 'in {{count}} Minute',
  retryMinutes_other: 'in {{count}} Minuten',
  partialKept: 'Was schon angekommen war, ist aufbewahrt.',
  partialNone: 'Es war noch nichts angekommen.',
  back: 'Zurück',
  yes: 'ja',
  no: 'nein',
  none: 'keine Angabe',
} as const satisfies Words['common']

export const cap = {
  ofLimit: 'von',
  resets: 'beginnt neu am {{day}}',
  held: '{{held}} für laufende Entwürfe reserviert',
  near: 'nahe der Obergrenze',
  reached: 'Obergrenze erreicht',
  names: {
    month: 'Die monatliche Obergrenze',
    day: 'Die Tagesobergrenze',
    monthOf: 'Die monatliche Obergrenze für {{name}}',
    dayOf: 'Die Tagesobergrenze für {{name}}',
  },
  bar: 'Obergrenze: {{used}} von {{limit}} verbraucht',
} as const satisfies Words['cap']
