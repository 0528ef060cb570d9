import type { Words } from '../../words.ts'

export const statements = {
  tab: 'Abrechnungen',
  note: 'Tage in UTC',
  subtitle: 'Belege neben den Berichten der Anbieter, nach Schlüssel, Modell und Tag.',
  reasons: {
    'estimate-corrected': 'Schätzung berichtigt',
    'estimate-open': 'Schätzung nicht im Bericht gefunden',
    'late-arrival': 'noch nicht im Bericht',
    missing: 'fehlt im Bericht',
    price: 'anderer Preis als unserer',
    'own-price': 'nach Ihrem eigenen Preis',
    tokens: 'andere Tokenzahl als unsere',
    'foreign-use': 'außerhalb von Ownkey benutzt',
    'lost-receipt': 'unser Beleg ist verloren',
  },
  explained: {
    'estimate-corrected':
      'Der Anbieter hatte den Endstand nicht gemeldet. Der Bericht zeigt ihn, also ist der Beleg jetzt genau.',
    'estimate-open': 'Der Bericht sagt nicht, welcher Aufruf es war. Die Obergrenze bleibt stehen.',
    'late-arrival': 'Berichte können bis zu drei Tage nachhinken. Bis dahin wird täglich neu verglichen.',
    missing: 'Der Anbieter berechnet diesen Aufruf auch nach drei Tagen nicht.',
    price: 'Die Token sind gleich, die Dollar nicht.',
    'own-price': 'Der Bericht rechnet mit dem Listenpreis des Anbieters, Ihre Belege mit Ihrem.',
    tokens: 'Derselbe Aufruf mit anderer Tokenzahl.',
    'foreign-use':
      'Jemand benutzt diesen Schlüssel anderswo. Waren Sie das nicht, ersetzen Sie ihn jetzt beim Anbieter.',
    'lost-receipt':
      'Die Kette zeigt, dass Ownkey diesen Aufruf gemacht hat. Bitten Sie Ihren Betreiber um ownkey verify.',
  },
  sources: 'Berichte',
  sourcesHint:
    'Ein Admin-Schlüssel, oder bei Anthropic einer mit read:analytics, liest nur Berichte. Er schreibt nie Entwürfe.',
  none: 'nicht verbunden',
  connect: 'Berichte von {{provider}} verbinden',
  replace: 'Ersetzen',
  disconnect: 'Trennen',
  connectTitle: 'Berichtsschlüssel von {{provider}}',
  advice:
    'Er wird geprüft, indem der Bericht einmal gelesen wird, getrennt von den anderen Schlüsseln versiegelt und nie wieder gezeigt.',
  proving: 'Der Bericht wird einmal gelesen.',
  disconnectTitle: 'Berichte von {{provider}} trennen?',
  disconnectText:
    'Der Schlüssel wird vernichtet. Abrechnungen bleiben; neue Tage werden nicht mehr verglichen.',
  compared: 'verglichen {{when}}',
  never: 'noch nicht verglichen',
  failed: 'Der letzte Vergleich kam nicht zu Ende: {{reason}}.',
  unknown_one: '{{count}} Schlüssel wurde beim Anbieter nicht gefunden; seine Tage werden nicht verglichen.',
  unknown_other:
    '{{count}} Schlüssel wurden beim Anbieter nicht gefunden; ihre Tage werden nicht verglichen.',
  link: 'Welcher Schlüssel bei {{provider}} ist {{label}}, Version {{version}}?',
  linkPlaceholder: 'Schlüssel wählen',
  compareNow: 'Jetzt vergleichen',
  comparing: 'Die Berichte werden gelesen. Das kann eine Minute dauern.',
  outcomes: {
    compared: '{{provider}}: verglichen.',
    running: '{{provider}}: wird gerade verglichen.',
    failed: '{{provider}}: nicht verglichen ({{reason}}).',
  },
  print: 'Drucken',
  emptyTitle: 'Keine Berichte verbunden',
  emptyTodo:
    'Der Inhaber kann einen Berichtsschlüssel verbinden. Dann wird jeder Tag mit dem Bericht des Anbieters verglichen.',
  noRowsTitle: 'Im {{month}} gibt es nichts zu vergleichen',
  noRowsTodo: 'Ein Tag wird sechs Stunden nach seinem Ende (UTC) verglichen.',
  day: 'Tag',
  key: 'Schlüssel',
  model: 'Modell',
  requests: 'Anfragen',
  tokens: 'Token',
  receipts: 'Belege',
  report: 'Bericht',
  difference: 'Unterschied',
  result: 'Ergebnis',
  twoNumbers:
    'Wo zwei Zahlen stehen, steht unsere über der des Anbieters. Ein Plus heißt, dass der Anbieter mehr berechnet.',
  equal: 'gleich',
  total: 'Summe',
  version: 'Version {{version}}',
  days_one: '{{count}} Tag verglichen',
  days_other: '{{count}} Tage verglichen',
  statementOf: 'Abrechnung für {{month}} (UTC)',
} as const satisfies Words['options']['statements']
