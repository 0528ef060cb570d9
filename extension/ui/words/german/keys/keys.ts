import type { Words } from '../../words.ts'

export const keys = {
  tab: 'Schlüssel',
  note: 'In Ihrem Vault versiegelt; niemand kann einen wieder lesen, auch nicht hier',
  advice:
    'Erzeugen Sie in der Konsole des Anbieters einen Schlüssel nur für Ownkey: Dann lassen sich Rechnung und Belege vergleichen, und ein Widerruf hält nichts anderes an.',
  emptyTitle: 'Kein Schlüssel ist verbunden',
  emptyTodo:
    'Entwürfe beginnen mit einem Schlüssel Ihres eigenen Kontos beim Anbieter. Er geht nur an Ihren Vault.',
  model: 'Schreibt mit',
  address: 'Aufrufe gehen an',
  standardAddress: 'die eigene Adresse des Anbieters',
  otherAddress: 'vom Betreiber des Vaults festgelegt',
  connected: 'Verbunden',
  connectedBy: '{{day}}, von {{name}}',
  verified: 'Geprüft',
  version: 'Fassung',
} as const satisfies Words['options']['keys']

export const prices = {
  title: 'Preise',
  hint: 'Dollar je Million Tokens. Ein neuer Preis gilt ab dem nächsten Aufruf; Belege behalten den Preis, mit dem sie entstanden.',
  model: 'Modell',
  listed: 'Listenpreis',
  own: 'Ihr Preis',
  since: 'Seit',
  inOut: '{{input}} ein, {{output}} aus',
  inUse: 'in Gebrauch',
  noList: 'nicht bekannt',
  kinds: {
    list: 'Listenpreis',
    discount: 'Rabatt',
    price: 'Eigener Preis',
    ceiling: 'Höchstpreis',
    free: 'Kostenlos',
  },
  percentOff: '{{percent}} unter dem Listenpreis',
  ceilingOf: 'Höchstpreis: {{input}} ein, {{output}} aus',
  setBy: '{{day}}, von {{name}}',
  change: 'Ändern',
  changeOf: 'Den Preis von {{model}} ändern',
  others: 'Alle Modelle zeigen ({{number}})',
  fewer: 'Weniger Modelle zeigen',
  emptyTitle: 'Kein Modell mit einem Preis',
  emptyTodo:
    'Verbinden Sie oben einen Schlüssel; die Modelle, die er benutzen darf, stehen dann hier mit ihrem Preis.',
  dialog: {
    title: 'Preis von {{model}}',
    what: 'Was Sie zahlen',
    percent: 'Prozent unter dem Listenpreis',
    input: 'Eingabe, Dollar je Million Tokens',
    output: 'Ausgabe, Dollar je Million Tokens',
    each: 'Dollar je Million Tokens',
    long: 'Über {{over}} Eingabe-Tokens gilt weiter der Listenpreis.',
    follows: 'Der Rabatt folgt dem Listenpreis, wenn dieser sich ändert.',
    ceiling:
      'Für dieses Modell ist kein Preis bekannt. Mit einem Höchstpreis kann es Entwürfe schreiben: Jeder Aufruf zählt zum Höchstpreis, auf dem Beleg vermerkt. Setzen Sie ihn höher als den Preis des Anbieters, sonst hält die Obergrenze nicht.',
    ownEndpoint:
      'Was Ihr eigener Endpunkt kostet, wissen nur Sie. Ohne Preis kann dieses Modell keine Entwürfe schreiben.',
    free: 'Jeder Aufruf zählt 0,00 $, seine Tokens stehen auf dem Beleg. Die Obergrenze hält dieses Modell nie auf.',
    malformed: 'Ein Betrag wie 2,50, von 0,000001 bis 1.000.',
    malformedPercent: 'Ein Prozentsatz wie 12,5, von 0,01 bis 99.',
    save: 'Preis speichern',
    confirm: 'So gemeint, speichern',
    history: 'Was galt',
    noHistory: 'Von Anfang an der Listenpreis.',
  },
} as const satisfies Words['options']['prices']
