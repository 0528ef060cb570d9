import type { Words } from '../../words.ts'

export const alerts = {
  reached: {
    workspace: {
      month: 'Der Monat des Workspace hat {{percent}} von {{limit}} erreicht.',
      day: 'Der Tag des Workspace hat {{percent}} von {{limit}} erreicht.',
    },
    playground: {
      month: 'Der Monat des Playgrounds hat {{percent}} von {{limit}} erreicht.',
      day: 'Der Tag des Playgrounds hat {{percent}} von {{limit}} erreicht.',
    },
    named: {
      month: 'Der Monat von {{name}} hat {{percent}} von {{limit}} erreicht.',
      day: 'Der Tag von {{name}} hat {{percent}} von {{limit}} erreicht.',
    },
  },
  refused: {
    workspace: {
      month: 'Ein Entwurf wurde abgelehnt: Der Monat des Workspace ist aufgebraucht.',
      day: 'Ein Entwurf wurde abgelehnt: Der Tag des Workspace ist aufgebraucht.',
    },
    playground: {
      month: 'Der Playground wurde abgelehnt: Sein Monat ist aufgebraucht.',
      day: 'Der Playground wurde abgelehnt: Sein Tag ist aufgebraucht.',
    },
    named: {
      month: 'Ein Entwurf wurde abgelehnt: Der Monat von {{name}} ist aufgebraucht.',
      day: 'Ein Entwurf wurde abgelehnt: Der Tag von {{name}} ist aufgebraucht.',
    },
  },
  foreign: 'Der Schlüssel {{label}} wurde außerhalb von Ownkey benutzt.',
  foreignUse: 'Der Schlüssel {{label}} wurde außerhalb von Ownkey benutzt: {{model}} am {{day}}.',
  foreignCost:
    'Der Schlüssel {{label}} wurde außerhalb von Ownkey benutzt: {{model}} am {{day}}, {{amount}}.',
  overHold: 'Ein Aufruf kostete {{settled}}, mehr als die {{held}}, die für ihn zurückgelegt waren.',
  keyOut:
    '{{provider}} hat den Schlüssel {{label}} abgelehnt ({{reason}}). Er antwortet nicht mehr, bis sich jemand darum kümmert.',
  keyTrouble: '{{provider}} hat einen Entwurf mit dem Schlüssel {{label}} abgelehnt ({{reason}}).',
  test: 'Ein Test, angefordert von {{name}}.',
  look: {
    caps: 'Zu den Obergrenzen',
    statements: 'Zu den Abrechnungen',
    receipts: 'Zum Beleg',
    keys: 'Zu den Schlüsseln',
  },
  dismiss: 'Ausblenden',
  dismissed: 'In diesem Browser ausgeblendet. Auf der Seite „Warnungen“ bleibt sie stehen.',
  via: { email: 'E-Mail', webhook: 'Webhook' },
  delivery: {
    delivered: 'zugestellt',
    sending: 'unterwegs',
    again: 'nicht zugestellt ({{why}}), nächster Versuch: {{moment}}',
    waiting: 'nicht zugestellt ({{why}}), wird erneut versucht',
    'given-up': 'aufgegeben: {{why}}',
  },
  why: {
    timeout: 'keine rechtzeitige Antwort',
    unreachable: 'dort antwortet nichts',
    'unknown-host': 'diesen Host gibt es nicht',
    'refused-address': 'die Adresse führt in das eigene Netz des Vaults',
    redirected: 'die Adresse führt woandershin',
    'no-mail-server': 'der Betreiber hat keinen Mailserver eingerichtet',
    'smtp-tls': 'der Mailserver bietet keine sichere Leitung',
    'smtp-login': 'der Mailserver lehnt die Anmeldung des Vaults ab',
    removed: 'wurde entfernt',
    restored: 'der Vault wurde inzwischen aus einer Sicherung wiederhergestellt',
    'vault-error': 'im Vault ist etwas schiefgegangen',
    gone: 'die Adresse gibt es nicht mehr, {{code}}',
    slower: 'es soll weniger gesendet werden, {{code}}',
    answered: 'die Antwort war {{code}}',
    login: 'der Mailserver lehnt die Anmeldung des Vaults ab, {{code}}',
    later: 'der Mailserver bittet, es später zu versuchen, {{code}}',
    refused: 'der Mailserver nimmt es nicht an, {{code}}',
    unknown: 'der Grund ist „{{reason}}“',
  },
} as const satisfies Words['alerts']

export const alertsPage = {
  tab: 'Warnungen',
  note: 'Wovon jemand erfährt, und wer',
  intro:
    'Inhaber und Admins sehen Warnungen in der Erweiterung. Sie können auch an E-Mail-Adressen und einen Webhook gehen.',
  thresholds: {
    title: 'Wenn sich eine Obergrenze füllt',
    hint: 'Je Obergrenze einmal am Tag oder im Monat, und erneut erst, nachdem sie darüber hinaus angehoben wurde. Bei 100 % auch, wenn der erste Entwurf abgelehnt wird.',
    percent: 'Prozent der Obergrenze',
    on: 'Bei {{percent}} % warnen',
    onNew: 'Bei diesem Anteil warnen',
    remove: 'Entfernen: {{percent}} %',
    removeNew: 'Diesen Anteil entfernen',
    add: 'Anteil hinzufügen',
    most: 'Es können höchstens {{count}} sein.',
    whole: 'Eine ganze Zahl von 1 bis 100.',
    twice: 'Diesen Anteil gibt es schon.',
    none: 'Bei keinem Anteil wird gewarnt. Vor der Benutzung eines Schlüssels außerhalb von Ownkey schon.',
    save: 'Anteile speichern',
  },
  emails: {
    title: 'E-Mail',
    hint: 'Jede Warnung geht an jede dieser Adressen.',
    noMail:
      'Der Betreiber hat keinen Mailserver eingerichtet, also wird keine E-Mail verschickt. Der Vault braucht OWNKEY_SMTP_URL und OWNKEY_MAIL_FROM.',
    address: 'E-Mail-Adresse',
    example: 'finanzen@acme.example',
    add: 'Hinzufügen',
    remove: 'Entfernen: {{address}}',
    invalid: 'Das ist keine E-Mail-Adresse, wie etwa finanzen@acme.example.',
    long: 'Diese Adresse ist zu lang.',
    twice: 'Diese Adresse gibt es schon.',
    most: 'Es können höchstens {{count}} Adressen sein.',
    none: 'Noch keine Adresse.',
  },
  webhook: {
    title: 'Webhook',
    hint: 'Jede Warnung wird signiert dorthin gesendet. Die eingehenden Webhooks von Slack passen ohne Weiteres.',
    none: 'Nicht verbunden.',
    connected: 'Verbunden seit {{day}}. Der Rest der Adresse ist versiegelt und wird nie wieder angezeigt.',
    connect: 'Webhook verbinden',
    replace: 'Ersetzen',
    disconnect: 'Trennen',
    address: 'Adresse',
    addressHint:
      'Bei Slack: Apps, Eingehende Webhooks. Sie ist ein Geheimnis: Wer sie hat, kann dort schreiben.',
    example: 'https://hooks.slack.com/services/…',
    malformed: 'Fügen Sie die ganze Adresse ein, die mit https:// beginnt.',
    save: 'Verbinden',
    secretTitle: 'Das Geheimnis für die Signatur',
    once: 'Es wird nur dieses eine Mal gezeigt. Bewahren Sie es dort auf, wo die Nachrichten ankommen.',
    secret: 'Geheimnis',
    verify:
      'Jede Nachricht trägt webhook-id, webhook-timestamp und webhook-signature. Jede Bibliothek für Standard Webhooks prüft sie mit diesem Geheimnis, damit niemand sonst Warnungen senden kann. Slack braucht nichts.',
    ready: 'Ich habe es aufbewahrt',
    disconnectTitle: 'Den Webhook trennen?',
    disconnectText: 'An {{host}} wird nichts mehr gesendet. Adresse und Geheimnis werden vernichtet.',
    disconnected: 'Der Webhook ist getrennt.',
  },
  test: {
    title: 'Ausprobieren',
    hint: 'Ein Test geht an alle Adressen oben und sagt, was aus ihm wurde.',
    send: 'Test senden',
    nobody:
      'Es gibt niemanden, an den er gehen könnte: Fügen Sie eine E-Mail-Adresse hinzu, oder verbinden Sie einen Webhook.',
  },
  list: {
    title: 'Bisherige Warnungen',
    here: 'Nur in der Erweiterung.',
    more: 'Ältere Warnungen laden',
    emptyTitle: 'Noch gab es keine Warnung',
    emptyTodo:
      'Wenn sich eine Obergrenze füllt oder ein Schlüssel außerhalb von Ownkey benutzt wird, steht es auch hier.',
  },
  banner: 'Warnung',
} as const satisfies Words['options']['alerts']
