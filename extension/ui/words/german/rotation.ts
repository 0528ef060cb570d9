import type { Words } from '../words.ts'

export const rotation = {
  advice:
    'Der neue Schlüssel wird zuerst geprobt: Nichts ändert sich, bevor Sie gesehen haben, was er kann, und zu ihm wechseln.',
  rehearse: 'Proben',
  rehearsing: 'Ein winziger echter Aufruf mit Beleg. Entwürfe nehmen weiter den jetzigen.',
  rehearsed: 'Geprobt. Noch hat sich nichts geändert',
  draftsWith: 'Er wird schreiben mit',
  allModels: 'Er darf jedes Modell benutzen, das der jetzige darf.',
  gained_one: 'Er darf auch {{count}} Modell benutzen, das der jetzige nicht darf.',
  gained_other: 'Er darf auch {{count}} Modelle benutzen, die der jetzige nicht darf.',
  lost: 'Er darf nicht benutzen:',
  lostUsual: '{{model}}, mit dem jetzt geschrieben wird',
  lostChannels: '{{model}}, das diese Kanäle gewählt haben: {{channels}}',
  lostUsualAndChannels: '{{model}}, mit dem jetzt geschrieben wird, auch in diesen Kanälen: {{channels}}',
  lostUnused: '{{model}}, das niemand gewählt hat',
  lostMore_one: 'und {{count}} weiteres, das niemand gewählt hat',
  lostMore_other: 'und {{count}} weitere, die niemand gewählt hat',
  instead: 'An die Stelle der Modelle oben tritt {{model}}.',
  organizations: {
    same: 'Er gehört zum selben Konto bei {{provider}}.',
    other:
      'Er gehört zu einem anderen Konto bei {{provider}}, mit eigener Rechnung, eigenem Guthaben und eigenen Grenzen.',
    unknown: '{{provider}} sagt nicht, zu welchem Konto er gehört.',
  },
  reports: {
    fits: 'Die Berichte, die Abrechnungen liest, werden seinen Verbrauch sehen.',
    differs:
      'Die Berichte, die Abrechnungen liest, werden seinen Verbrauch nicht sehen. Verbinden Sie auf jener Seite einen Berichtsschlüssel seines Kontos.',
    unknown: 'Ob die Berichte, die Abrechnungen liest, ihn sehen, zeigt sich beim nächsten Vergleich.',
  },
  cost: 'Die Probe hat gekostet',
  switch: 'Zu ihm wechseln',
  notNow: 'Jetzt nicht',
  until: 'Für Sie bis {{time}} aufgehoben, dann vernichtet ihn der Vault.',
  again: 'Noch einmal einfügen',
  switched: 'Zum neuen Schlüssel gewechselt',
  inFlight: 'Entwürfe, die gerade entstehen, werden mit dem früheren fertig; neue nehmen sofort den neuen.',
  revoke:
    'Bis {{time}} führt ein Klick zurück. Widerrufen Sie danach den früheren bei {{provider}}: Dort gilt er, bis Sie das tun.',
  goBack: 'Zurück zum früheren',
  wentBack: 'Zurück beim früheren, als wäre nichts gewesen',
  wentBackHint: 'Der neue ist bis {{time}} aufgehoben, falls Sie ihn doch wollen.',
  ready: 'Fertig',
  former: {
    title: 'Der frühere Schlüssel kann bis {{time}} zurückkommen',
    left_one: 'Noch {{count}} Minute, dann wird er vernichtet.',
    left_other: 'Noch {{count}} Minuten, dann wird er vernichtet.',
    return: 'Zu ihm zurück',
    newer: 'Sie sind zurückgegangen. Der neuere Schlüssel ist bis {{time}} aufgehoben',
    take: 'Doch den neueren nehmen',
  },
  rejected: {
    again: 'Noch einmal versuchen',
    trying: 'Wird versucht …',
    accepted: '{{provider}} nimmt diesen Schlüssel wieder an. Ab jetzt antwortet er.',
  },
  reminders: {
    title: 'Zu erledigen',
    old_one: 'Der Schlüssel {{key}} ist seit {{count}} Tag derselbe.',
    old_other: 'Der Schlüssel {{key}} ist seit {{count}} Tagen derselbe.',
    oldTodo:
      'Erzeugen Sie in der Konsole von {{provider}} einen neuen und setzen Sie ihn an seine Stelle; nichts steht dabei still.',
    unchecked: 'Ob {{provider}} den Schlüssel {{key}} noch annimmt, ließ sich seit {{day}} nicht prüfen.',
    uncheckedTodo: 'Er antwortet weiter, wenn er kann. Ein winziger Aufruf sagt es jetzt.',
    check: 'Jetzt prüfen',
    retiring: '{{provider}} stellt {{model}} am {{day}} ein.',
    retired: '{{provider}} hat {{model}} am {{day}} eingestellt.',
    usual: 'Damit wird geschrieben, wo ein Kanal nichts anderes gewählt hat.',
    channels: 'Diese Kanäle haben es gewählt: {{channels}}.',
    retiringTodo: 'Wählen Sie vorher ein anderes.',
    retiredTodo: 'Wählen Sie ein anderes.',
    openChannels: 'Kanäle öffnen',
    about: '{{button}}: {{subject}}',
  },
} as const satisfies Words['rotation']

export const unusable = {
  sold: {
    happened: 'Dieser Schlüssel darf kein Modell von {{provider}} nutzen, dessen Preis bekannt ist.',
    todo: 'Erlauben Sie ihm in der Konsole von {{provider}} ein aktuelles Modell und fügen Sie ihn dann noch einmal ein.',
  },
  own: {
    happened: 'Dieser Endpunkt bietet das Modell nicht an, oder er nennt keines, das einen Preis hat.',
    todo: 'Schreiben Sie das Modell genau so, wie der Endpunkt es nennt, und sagen Sie, was es kostet; dann fügen Sie den Schlüssel noch einmal ein.',
  },
} as const satisfies Words['unusable']

export const connecting = {
  sorts: {
    anthropic: 'Claude, über Ihr Konto bei Anthropic.',
    openai: 'GPT, über Ihr Konto bei OpenAI.',
    bedrock: 'Claude in einer AWS-Region Ihrer Wahl, abgerechnet von AWS.',
    compatible: 'Mistral, Ollama, vLLM, ein Gateway: was das Protokoll von OpenAI oder Anthropic spricht.',
  },
  label: 'Name',
  labelHint: 'Unterscheidet diesen Schlüssel von den anderen, auch auf Belegen.',
  labelExample: 'Zweites Konto',
  labelTaken: 'Ein anderer Schlüssel heißt so.',
  labelLong: 'Höchstens 80 Zeichen.',
  region: 'AWS-Region',
  regionHint:
    'Aufrufe gehen in diese Region; für eine andere fügen Sie den Schlüssel neu ein. Ein Modell, das nach einem größeren Gebiet heißt (us, eu, global), kann auch anderswo darin antworten.',
  means: 'Was Sie haben',
  meansOf: { api: 'Bedrock-API-Schlüssel', access: 'Zugriffsschlüssel' },
  accessId: 'Zugriffsschlüssel-ID',
  accessSecret: 'Geheimer Zugriffsschlüssel',
  accessFlaw: 'Eine Zugriffsschlüssel-ID beginnt mit AKIA, und der geheime Teil hat 40 Zeichen.',
  dialect: 'Was er spricht',
  dialects: {
    mistral: { name: 'Mistral', hint: 'La Plateforme von Mistral; nichts wird gesendet, was sie ablehnt.' },
    ollama: {
      name: 'Ollama',
      hint: 'Modelle auf einem eigenen Rechner; der Betreiber erlaubt dessen private Adresse.',
    },
    plain: {
      name: 'vLLM und andere',
      hint: 'Chat Completions mit den wenigsten Parametern. Im Zweifel nehmen Sie dies.',
    },
    openai: { name: 'Ein Gateway wie OpenAI', hint: 'Chat Completions mit allem, was OpenAI selbst kennt.' },
    anthropic: { name: 'Das Protokoll von Anthropic', hint: 'Messages, wie Anthropic sie hat.' },
  },
  endpointKey: 'API-Schlüssel',
  address: 'Adresse',
  addressHint:
    'Bis zur Version, ohne den Pfad eines Aufrufs. Der Schlüssel wird nur für diese Adresse versiegelt.',
  addressFlaw: 'Schreiben Sie eine Adresse wie https://models.example.com/v1.',
  addressCredentials:
    'Lassen Sie Namen und Passwort vor dem @ weg; der Schlüssel kommt in das Feld darunter.',
  keyOptional: 'Ollama verlangt keinen: Lassen Sie das Feld leer, dann wird „ollama“ gesendet.',
  model: 'Modell',
  modelHint: 'Genau wie der Endpunkt es nennt. Leer: jedes Modell, das er auflistet, zum selben Preis.',
  price: 'Was er Sie kostet',
  prices: { free: 'Nichts', price: 'Dollar je Million Tokens' },
  free: 'Belege zählen seine Tokens und sagen 0,00 $.',
  input: 'Eingabe',
  output: 'Ausgabe',
  priceHint:
    'Ownkey kann es nicht wissen, und ohne Preis wäre die Obergrenze blind. Später ändern Sie ihn unter Preise.',
} as const satisfies Words['connecting']
