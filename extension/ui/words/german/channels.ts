import type { Words } from '../words.ts'

export const channels = {
  tab: 'Kanäle',
  note: 'Ein Kanal ist eine benannte Liste von Websites.',
  intro:
    'Ausgaben und Obergrenzen lassen sich nach Kanal lesen. Passen mehrere Kanäle zu einer Website, gilt der genaueste: ein ganzer Host vor *. und ein längerer Name vor einem kürzeren.',
  honest:
    'Der Browser sagt, auf welcher Website er ist; ein Kanal dient also der Planung und nicht der Sicherheit.',
  list: 'Kanäle',
  name: 'Bezeichnung',
  sites: 'Websites',
  actions: 'Aktionen',
  add: 'Kanal hinzufügen',
  edit: 'Bearbeiten',
  editOf: '{{name}} bearbeiten',
  remove: 'Entfernen',
  removeOf: '{{name}} entfernen',
  removed: '{{name}} wurde entfernt. Die Belege behalten den Namen.',
  undo: 'Rückgängig',
  back: '{{name}} ist wieder da. Frühere Belege bleiben bei dem, der entfernt wurde.',
  made: '{{name}} wurde hinzugefügt.',
  changed: '{{name}} wurde geändert.',
  emptyTitle: 'Noch kein Kanal',
  emptyTodo:
    'Legen Sie für jeden Helpdesk oder jede Marke einen an, um Ausgaben getrennt zu sehen und zu begrenzen.',
  form: {
    addTitle: 'Kanal hinzufügen',
    editTitle: '{{name}} bearbeiten',
    name: 'Bezeichnung',
    nameExample: 'Zendesk von Acme',
    sites: 'Websites, eine pro Zeile',
    sitesHint:
      'Fügen Sie Adressen ein, wie sie sind: Pfade fallen weg. *.zendesk.com meint jeden Host darunter.',
    sitesExample: 'acme.zendesk.com\n*.crm.example.de',
    nameNeeded: 'Geben Sie ihm eine Bezeichnung.',
    nameTooLong: 'Eine Bezeichnung hat höchstens 80 Zeichen.',
    sitesNeeded: 'Nennen Sie mindestens eine Website.',
    sitesTooMany: 'Ein Kanal hat höchstens 50 Websites.',
    notASite: 'Das ist keine Website: {{text}}.',
    nameTaken: 'Ein anderer Kanal heißt schon so.',
    siteTaken: '{{site}} ist schon im Kanal {{name}}.',
    save: 'Speichern',
    add: 'Hinzufügen',
  },
  unassigned: {
    title: 'Gesehene Websites ohne Kanal',
    hint: 'Aus den Belegen, die dieser Browser aufbewahrt.',
    replies_one: '{{count}} Antwort',
    replies_other: '{{count}} Antworten',
    add: 'Hinzufügen',
    addOf: 'Kanal für {{site}} hinzufügen',
  },
} as const satisfies Words['options']['channels']
