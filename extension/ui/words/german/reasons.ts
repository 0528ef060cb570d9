import type { Words } from '../words.ts'

const again = 'Versuchen Sie es gleich noch einmal.'
const replaced = 'Sagen Sie einem Inhaber oder Admin, dass der Schlüssel ersetzt werden muss.'
const shorter = 'Entfernen Sie ältere Nachrichten und fragen Sie noch einmal an.'
const status =
  'Versuchen Sie es gleich noch einmal. Bleibt es dabei, sehen Sie auf der Statusseite von {{provider}} nach.'
const broken = 'Versuchen Sie es gleich noch einmal. Der Beleg sagt, womit der abgebrochene Aufruf zählt.'

export const failures = {
  'key-invalid': {
    happened: '{{provider}} hat diesen Schlüssel abgelehnt.',
    todo: replaced,
    admin: 'Fügen Sie einen neuen Schlüssel aus Ihrer {{provider}}-Konsole ein.',
  },
  'key-revoked': {
    happened: '{{provider}} nimmt einen Schlüssel nicht mehr an, der vorher galt.',
    todo: replaced,
    admin:
      'Sehen Sie in Ihrer {{provider}}-Konsole nach, wer ihn widerrufen hat, und fügen Sie einen neuen ein.',
  },
  'no-credit': {
    happened: 'Ihr Konto bei {{provider}} hat kein Guthaben mehr.',
    todo: 'Sagen Sie einem Inhaber oder Admin, dass bei {{provider}} Guthaben fehlt.',
    admin: 'Laden Sie in Ihrer {{provider}}-Konsole Guthaben auf.',
  },
  'spend-limit': {
    happened: 'Ein Ausgabenlimit Ihres Kontos bei {{provider}} ist erreicht.',
    todo: 'Sagen Sie einem Inhaber oder Admin, dass dieses Limit bei {{provider}} angehoben werden muss.',
    admin: 'Heben Sie dieses Limit in Ihrer {{provider}}-Konsole an.',
  },
  'on-hold': {
    happened: '{{provider}} hat Ihre Organisation gesperrt.',
    todo: 'Sagen Sie es einem Inhaber oder Admin: Der Grund ist bei {{provider}} zu erfragen.',
    admin: 'Fragen Sie {{provider}} nach dem Grund; den Kontakt finden Sie in der Konsole.',
  },
  'not-permitted': {
    happened: '{{provider}} erlaubt diesem Schlüssel das nicht.',
    todo: 'Sagen Sie einem Inhaber oder Admin, dass der Schlüssel mehr dürfen muss.',
    admin:
      'Geben Sie dem Schlüssel in Ihrer {{provider}}-Konsole das Recht, Nachrichten zu erzeugen, oder nehmen Sie einen anderen.',
  },
  'region-refused': {
    happened: '{{provider}} bedient die Region nicht, in der der Vault steht.',
    todo: 'Sagen Sie es einem Inhaber oder Admin: Von selbst geht das nicht vorbei.',
    admin:
      'Sagen Sie dem Betreiber des Vaults, dass er dort stehen muss, wo {{provider}} bedient. Verbinden Sie bis dahin einen anderen Anbieter.',
  },
  'model-missing': {
    happened: '{{provider}} bietet diesem Schlüssel dieses Modell nicht mehr an.',
    todo: 'Sagen Sie einem Inhaber oder Admin, dass ein anderes Modell nötig ist.',
    admin:
      'Wählen Sie auf der Seite Schlüssel ein anderes Modell, oder erlauben Sie dieses in Ihrer {{provider}}-Konsole.',
  },
  'model-retired': {
    happened: '{{provider}} hat dieses Modell eingestellt.',
    todo: 'Sagen Sie einem Inhaber oder Admin, dass ein neueres Modell nötig ist.',
    admin: 'Wählen Sie auf der Seite Schlüssel ein neueres Modell.',
  },
  'rate-limited': {
    happened: '{{provider}} begrenzt, wie schnell dieses Konto anfragen darf.',
    todo: again,
    admin:
      'Versuchen Sie es gleich noch einmal. Geschieht es oft, bitten Sie {{provider}} um ein höheres Anfragelimit.',
  },
  overloaded: { happened: '{{provider}} ist überlastet.', todo: again, admin: status },
  'server-error': { happened: 'Bei {{provider}} ist ein Fehler aufgetreten.', todo: again, admin: status },
  network: {
    happened: 'Der Vault konnte {{provider}} nicht erreichen.',
    todo: 'Versuchen Sie es gleich noch einmal. Bleibt es dabei, sagen Sie es einem Inhaber oder Admin.',
    admin: 'Versuchen Sie es erneut. Bleibt es dabei, hat der Vault vielleicht keinen Weg ins Internet.',
  },
  timeout: {
    happened: '{{provider}} hat nicht rechtzeitig zu antworten begonnen.',
    todo: again,
    admin: status,
  },
  stalled: {
    happened: '{{provider}} blieb mitten in der Antwort stehen.',
    todo: again,
    admin: broken,
  },
  'ended-early': {
    happened: '{{provider}} hat die Antwort beendet, bevor sie ganz war.',
    todo: again,
    admin: broken,
  },
  garbage: {
    happened: '{{provider}} hat etwas Unlesbares geantwortet.',
    todo: again,
    admin:
      'Versuchen Sie es erneut. Bleibt es dabei, antwortet vielleicht etwas zwischen dem Vault und {{provider}}.',
  },
  'too-long': {
    happened: 'Die Unterhaltung ist zu lang für dieses Modell.',
    todo: shorter,
    admin:
      'Entfernen Sie ältere Nachrichten und fragen Sie noch einmal an, oder wählen Sie ein Modell, das längere annimmt.',
  },
  'too-large': {
    happened: 'Die Unterhaltung ist größer, als {{provider}} annimmt.',
    todo: shorter,
    admin: 'Entfernen Sie ältere Nachrichten und fragen Sie noch einmal an: Diese Grenze setzt {{provider}}.',
  },
  'request-refused': {
    happened: '{{provider}} hat die Form der Anfrage abgelehnt.',
    todo: 'Sagen Sie es einem Inhaber oder Admin: Ein weiterer Versuch hilft nicht.',
    admin: 'Aktualisieren Sie den Vault, oder wählen Sie ein anderes Modell.',
  },
  'refused-by-model': {
    happened: 'Das Modell wollte darauf nicht antworten.',
    todo: 'Ändern Sie, worum Sie bitten, oder schreiben Sie diese Antwort selbst.',
    admin: 'Ändern Sie, worum Sie bitten. Lehnt es auch Harmloses ab, wählen Sie ein anderes Modell.',
  },
  'vault-stopped': {
    happened: 'Der Vault wurde angehalten, während die Antwort geschrieben wurde.',
    todo: again,
    admin: broken,
  },
} as const satisfies Words['failures']

const tooOften = 'Es wurde so oft oder so lange versucht, wie es ein Entwurf darf.'
const atFault = 'Niemand sonst wurde gefragt: Der Grund liegt in der Anfrage.'
const begun = 'Der Ersatz schreibt nicht weiter, was ein anderer begonnen hat; er kann neu beginnen.'

export const backups = {
  off: {
    others: 'Es ist kein Ersatz eingeschaltet.',
    admin: 'Es ist kein Ersatz eingeschaltet; auf der Seite Schlüssel wählen Sie, wer dann antwortet.',
  },
  unable: {
    others: 'Auch sonst konnte niemand antworten.',
    admin:
      'Auch sonst konnte niemand antworten: Die Seite Schlüssel zeigt, wer ruht und wer abgelehnt wurde.',
  },
  dearer: {
    others: 'Der Ersatz wurde nicht gefragt: Er kostet mehr als das Zehnfache.',
    admin:
      'Der Ersatz wurde nicht gefragt: Er kostet mehr als das Zehnfache, was sich auf der Seite Schlüssel erlauben lässt.',
  },
  cap: {
    others: 'Der Ersatz wurde nicht gefragt: Er hätte eine Obergrenze überschreiten können.',
    admin:
      'Der Ersatz wurde nicht gefragt: Er hätte eine Obergrenze überschreiten können, die sich auf der Seite Obergrenzen anheben lässt.',
  },
  spent: { others: tooOften, admin: tooOften },
  fault: { others: atFault, admin: atFault },
  text: { others: begun, admin: begun },
} as const satisfies Words['backups']

export const routingFlaws = {
  same: {
    happened: '{{provider}} kann nicht zugleich an erster Stelle stehen und einspringen.',
    todo: 'Wählen Sie für eines von beiden einen anderen Anbieter.',
  },
  keyless: {
    happened: 'Von {{provider}} ist kein Schlüssel verbunden.',
    todo: 'Verbinden Sie zuerst einen Schlüssel von {{provider}}.',
  },
  dearer: {
    happened: '{{provider}} kostet mehr als das Zehnfache.',
    todo: 'Erlauben Sie einen teureren Ersatz, oder wählen Sie ein günstigeres Modell.',
  },
} as const satisfies Words['routingFlaws']

export const endpointFlaws = {
  missing: {
    happened: 'Dieser Anbieter braucht eine Region oder eine Adresse.',
    todo: 'Wählen Sie eine.',
  },
  unwanted: {
    happened: 'Dieser Anbieter hat keine solche Region oder Adresse.',
    todo: 'Lassen Sie sie weg.',
  },
  'not-https': {
    happened: 'Diese Adresse beginnt nicht mit https.',
    todo: 'Verwenden Sie die https-Adresse. In einem eigenen Netz geht es ohne, sobald der Betreiber des Vaults sie erlaubt (OWNKEY_PRIVATE_HOSTS).',
  },
  private: {
    happened: 'Diese Adresse führt in ein privates Netz.',
    todo: 'Wer den Vault betreibt, kann sie erlauben (OWNKEY_PRIVATE_HOSTS).',
  },
  credentials: {
    happened: 'Diese Adresse enthält einen Namen oder ein Passwort.',
    todo: 'Lassen Sie beides weg und fügen Sie stattdessen den Schlüssel ein.',
  },
} as const satisfies Words['endpointFlaws']

export const pauses = {
  'switched-off': {
    everybody: 'Die KI ist für diesen Workspace ausgeschaltet.',
    admin: 'Schalten Sie sie auf der Seite Einstellungen wieder ein.',
    others: 'Ein Inhaber oder Admin kann sie wieder einschalten.',
  },
  'no-key': {
    everybody: 'Es ist noch kein Schlüssel eines Anbieters verbunden.',
    admin: 'Verbinden Sie einen, um den ersten Entwurf zu schreiben.',
    others: 'Ein Inhaber oder Admin verbindet einen im Popup.',
  },
  'key-rejected': {
    everybody: 'Der Anbieter nimmt den verbundenen Schlüssel nicht mehr an.',
    admin: 'Ersetzen Sie den markierten Schlüssel im Popup oder auf der Seite Schlüssel.',
    others: 'Ein Inhaber oder Admin ersetzt ihn im Popup.',
  },
  'cap-reached': {
    everybody: 'Eine Obergrenze ist erreicht.',
    admin: 'Heben Sie die Obergrenze an, um gleich weiterzuarbeiten.',
    others: 'Ein Inhaber oder Admin kann sie anheben; sonst beginnt sie mit dem nächsten Tag oder Monat neu.',
  },
  'model-unpriced': {
    everybody:
      'Der Preis des gewählten Modells ist nicht bekannt, deshalb lassen sich seine Kosten nicht begrenzen.',
    admin: 'Setzen Sie seinen Preis auf der Seite Schlüssel, oder wählen Sie ein anderes Modell.',
    others: 'Ein Inhaber oder Admin setzt seinen Preis oder wählt ein anderes Modell.',
  },
  'workspace-ending': {
    everybody: 'Dieser Workspace wird bald gelöscht.',
    admin: 'Der Inhaber kann ihn auf der Seite Einstellungen doch behalten.',
    others: 'Der Inhaber kann ihn doch behalten.',
  },
} as const satisfies Words['pauses']

export const keyFlaws = {
  empty: 'Hier steht noch kein Schlüssel.',
  'line-break': 'Der Schlüssel enthält einen Zeilenumbruch.',
  space: 'Der Schlüssel enthält ein Leerzeichen.',
  characters: 'Der Schlüssel enthält Zeichen, die kein Schlüssel hat.',
  'too-short': 'Das ist zu kurz für einen Schlüssel von {{provider}}.',
  'too-long': 'Das ist zu lang für einen Schlüssel.',
  'other-provider':
    'Das sieht nach dem Schlüssel eines anderen Anbieters aus, nicht nach einem von {{provider}}.',
  'admin-key':
    'Das ist ein Admin-Schlüssel von {{provider}}. Ownkey braucht einen gewöhnlichen API-Schlüssel, der weniger darf.',
  prefix: 'Ein Schlüssel von {{provider}} beginnt anders.',
  'not-admin':
    'Das ist ein gewöhnlicher Schlüssel von {{provider}}. Für die Berichte braucht es einen Admin-Schlüssel.',
  'drafting-key':
    'Dieser Schlüssel schreibt hier Entwürfe. Berichte brauchen einen eigenen Schlüssel, der nichts schreibt.',
} as const satisfies Words['keyFlaws']

const pairAgain = 'Koppeln Sie diesen Browser mit einem neuen Code.'

export const proofs = {
  missing: { happened: 'Dieser Browser hat sich nicht ausgewiesen.', todo: pairAgain },
  malformed: { happened: 'Der Nachweis dieses Browsers war unlesbar.', todo: pairAgain },
  signature: {
    happened: 'Der Nachweis dieses Browsers war nicht mit seinem Schlüssel unterschrieben.',
    todo: pairAgain,
  },
  'method-or-address': {
    happened: 'Der Vault soll unter einer anderen Adresse erreicht werden.',
    todo: 'Koppeln Sie mit genau der Adresse, die Ihr Admin Ihnen gegeben hat.',
  },
  clock: {
    happened: 'Die Uhr dieses Computers geht falsch: Beim Vault ist es {{vaultTime}}.',
    todo: 'Stellen Sie die Uhr richtig, am besten automatisch durch das System.',
  },
  replayed: { happened: 'Derselbe Nachweis kam zweimal an.', todo: 'Versuchen Sie es erneut.' },
  'token-mismatch': {
    happened: 'Die Sitzung gehört zu einem anderen Browser.',
    todo: 'Versuchen Sie es erneut.',
  },
  'other-key': { happened: 'Die Sitzung gehört zu einem anderen Schlüssel.', todo: pairAgain },
} as const satisfies Words['proofs']

export const raiseFlaws = {
  'not-higher': {
    happened: 'Die Obergrenze ist schon {{limit}}, und eine Anhebung auf Zeit muss höher sein.',
    todo: 'Geben Sie einen höheren Betrag ein.',
  },
  'not-ahead': {
    happened: 'Eine Anhebung auf Zeit endet innerhalb von 31 Tagen ab jetzt.',
    todo: 'Wählen Sie einen späteren Zeitpunkt, aber keinen späteren als diesen.',
  },
} as const satisfies Words['raiseFlaws']

export const webhookFlaws = {
  'not-https': {
    happened: 'Warnungen gehen nur an https-Adressen.',
    todo: 'Fügen Sie die Adresse ein, die mit https:// beginnt.',
  },
  private: {
    happened: 'Diese Adresse liegt im eigenen Netz des Vaults, wohin keine Warnungen gehen.',
    todo: 'Fügen Sie eine öffentliche Adresse ein, oder bitten Sie den Betreiber, diese zu erlauben (OWNKEY_PRIVATE_HOSTS).',
  },
  credentials: {
    happened: 'Die Adresse enthält einen Namen oder ein Passwort vor dem @-Zeichen.',
    todo: 'Fügen Sie sie ohne beides ein.',
  },
} as const satisfies Words['webhookFlaws']
