import type { Words } from '../words.ts'

export const spend = {
  tab: 'Ausgaben',
  thisMonth: 'Dieser Monat',
  settled: 'ausgegeben',
  heldToo: 'ausgegeben, dazu {{amount}} für laufende Entwürfe reserviert',
  look: 'Darstellung',
  left: 'Noch unter der Obergrenze',
  leftHint: 'von {{limit}}',
  leftPaused: 'von {{limit}}, deshalb pausieren Entwürfe',
  perReply: 'Pro Antwort',
  perReplyNone: 'noch keine Antwort in diesem Monat',
  perReplyHint_one: 'über {{count}} Antwort',
  perReplyHint_other: 'über {{count}} Antworten',
  overshoot: 'Größtmögliche Überschreitung',
  overshootNone: 'jeder Aufruf wird vorher mit seinen Höchstkosten reserviert',
  overshootSome: 'die Obergrenze wurde unter das gesenkt, was gerade läuft',
  overshootAssumption:
    'Die Höchstkosten setzen voraus, dass ein Anbieter nicht mehr Tokens zählt, als die Anfrage Bytes hat, und die Ausgabegrenze einhält. Sollte je einer mehr berechnen, stünde es auf dem Beleg.',
  byDay: 'Ausgaben nach Tag und Modell',
  cumulative: 'Monat bisher',
  capLine: 'Obergrenze {{limit}}',
  table: 'Tabelle',
  chart: 'Nach Tag',
  day: 'Tag',
  model: 'Modell',
  amount: 'Dollar',
  receipts: 'Belege',
  total: 'Summe',
  emptyTitle: 'In diesem Monat wurde nichts ausgegeben',
  emptyTodo: 'Der erste Entwurf erscheint hier kurz nachdem er geschrieben ist.',
  drove:
    '{{model}} bestimmte den Monat: {{share}} von {{total}}. Der teuerste Tag war der {{day}} mit {{amount}}.',
  estimated_one:
    '{{count}} Beleg ist geschätzt: Der Anbieter hat keine endgültige Zählung gemeldet, deshalb gelten die Höchstkosten.',
  estimated_other:
    '{{count}} Belege sind geschätzt: Der Anbieter hat keine endgültige Zählung gemeldet, deshalb gelten die Höchstkosten.',
  zone: 'Kalendermonat in {{zone}}',
  capTitle: 'Monatliche Obergrenze',
  capHint:
    'Entwürfe pausieren, bevor die Obergrenze überschritten werden könnte. Wird sie angehoben, endet die Pause sofort.',
  capReadOnly: 'Inhaber und Admins können sie ändern.',
} as const satisfies Words['options']['spend']
