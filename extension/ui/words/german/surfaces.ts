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
  retryAt: '{{provider}} nimmt {{retry}} wieder Anfragen an.',
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
  reserveOnly: 'nur die Reserve ist übrig',
  names: {
    month: 'Die monatliche Obergrenze',
    day: 'Die Tagesobergrenze',
    monthOf: 'Die monatliche Obergrenze für {{name}}',
    dayOf: 'Die Tagesobergrenze für {{name}}',
    playgroundMonth: 'Die monatliche Obergrenze des Playgrounds',
    playgroundDay: 'Die Tagesobergrenze des Playgrounds',
  },
  pause: {
    reached: '{{cap}} ist erreicht.',
    effect:
      'Neue Entwürfe und Überarbeitungen pausieren. Einfügen und Kopieren des Geschriebenen, Belege und Schlüssel gehen weiter.',
    admin: 'Heben Sie die Obergrenze an, dann geht es sofort weiter; sonst beginnt sie am {{moment}} neu.',
    others:
      'Ein Inhaber oder Admin kann die Obergrenze anheben, dann geht es sofort weiter; sonst beginnt sie am {{moment}} neu.',
    kept: 'Was übrig ist, {{left}}, ist für dringende Entwürfe aufgehoben.',
    mark: 'Ein Entwurf, den Sie als dringend markieren, wird noch beantwortet. Sein Beleg nennt, wer ihn markiert hat.',
  },
  bar: 'Obergrenze: {{used}} von {{limit}} verbraucht',
  barKept: 'Obergrenze: {{used}} von {{limit}} verbraucht, {{kept}} für dringende Entwürfe aufgehoben',
  kept: '{{kept}} für dringende Entwürfe aufgehoben',
  raised: 'Bis {{moment}} auf {{limit}} angehoben, danach wieder {{base}}.',
} as const satisfies Words['cap']
