import type { FailureSlug, Slug } from '../../../../shared/problems.ts'
import type { LocalSlug } from '../../../vault/problem.ts'
import type { ProblemWords } from '../problem-words.ts'

const again =
  'Versuchen Sie es erneut. Bleibt es dabei, geben Sie die Anfrage-ID unten dem Betreiber des Vaults.'
const pairAgain = 'Koppeln Sie diesen Browser mit einem neuen Code.'

export const problems = {
  'malformed-request': {
    happened: 'Der Vault hat die Form dieser Anfrage nicht angenommen. Nichts wurde geändert.',
    todo: 'Prüfen Sie Ihre Eingabe: {{fields}}.',
  },
  'unsupported-media-type': {
    happened: 'Der Vault hat diese Anfrage nicht verstanden. Nichts wurde geändert.',
    todo: again,
  },
  'too-large': {
    happened: 'Das ist mehr, als der Vault auf einmal annimmt ({{size}}). Nichts ging an einen Anbieter.',
    todo: 'Entfernen Sie ältere Nachrichten und versuchen Sie es erneut.',
  },
  'not-found': {
    happened: 'Das wurde in Ihrem Workspace nicht gefunden.',
    todo: 'Vielleicht wurde es entfernt, oder Ihre Rolle darf es nicht sehen.',
  },
  'not-allowed': {
    happened: 'Ihre Rolle darf keine Entwürfe anfordern. Nichts wurde gesendet.',
    todo: 'Wenden Sie sich an einen Inhaber oder Admin Ihres Workspace.',
  },
  'wrong-address': {
    happened: 'Dieser Vault soll unter einer anderen Adresse erreicht werden.',
    todo: 'Koppeln Sie mit genau der Adresse, die Ihr Admin Ihnen gegeben hat.',
  },
  'origin-refused': {
    happened: 'Der Vault nimmt von dieser Kopie der Erweiterung keine Anfragen an.',
    todo: pairAgain,
  },
  'contract-not-served': {
    happened: 'Die Versionen der Erweiterung und des Vaults liegen zu weit auseinander.',
    todo: 'Aktualisieren Sie, was älter ist: Der Vault bedient Vertrag {{served}}.',
  },
  'session-ended': {
    happened: 'Ihre Sitzung ist beendet. Nichts ging verloren.',
    todo: 'Versuchen Sie es erneut.',
  },
  'proof-refused': { happened: '{{proof}} Nichts wurde geändert.', todo: '{{proofRemedy}}' },
  'device-unknown': {
    happened: 'Der Vault kennt diesen Browser nicht. Was hier aufbewahrt war, wurde entfernt.',
    todo: pairAgain,
  },
  'device-removed': {
    happened:
      'Dieser Browser wurde aus dem Workspace entfernt. Was hier aufbewahrt war, wurde ebenfalls entfernt.',
    todo: 'Falls Sie das nicht erwartet haben, bitten Sie einen Inhaber oder Admin um einen neuen Code.',
  },
  'pairing-refused': {
    happened: 'Der Vault hat diesen Code abgelehnt. Er ist falsch, zu alt oder schon benutzt.',
    todo: 'Prüfen Sie den Code oder bitten Sie um einen neuen. Ein Code gilt einmal und nur wenige Minuten.',
  },
  'name-needed': {
    happened:
      'Dieser Code bringt ein neues Mitglied, deshalb fragt der Vault nach einem Namen. Der Code ist nicht verbraucht.',
    todo: 'Tragen Sie Ihren Namen ein und koppeln Sie noch einmal.',
  },
  'ai-paused': {
    happened: 'Entwürfe sind pausiert. {{pause}}',
    todo: '{{pauseRemedy}}',
    admin: '{{pauseDeed}}',
  },
  'rate-limited': {
    happened:
      'Ihr Workspace hat in den letzten 60 Minuten {{limit}} Entwürfe angefordert; mehr sind nicht erlaubt.',
    todo: 'Versuchen Sie es {{retry}} erneut.',
  },
  'no-key': {
    happened: 'Kein Schlüssel eines Anbieters ist verbunden, deshalb kann nichts entworfen werden.',
    todo: 'Ein Inhaber oder Admin verbindet im Popup einen Schlüssel.',
    admin: 'Verbinden Sie im Popup oder auf der Seite Schlüssel einen Schlüssel.',
  },
  'no-provider-available': {
    happened: 'Im Moment kann kein verbundener Schlüssel antworten. Nichts wurde berechnet.',
    todo: 'Versuchen Sie es in einer Minute erneut. Bleibt es dabei, kann ein Admin im Popup nach den Schlüsseln sehen.',
    admin:
      'Versuchen Sie es in einer Minute erneut. Bleibt es dabei, zeigt die Seite Schlüssel, wer ruht und wer abgelehnt wurde.',
  },
  'cap-reached': {
    happened: '{{cap}} ist erreicht: Von {{limit}} sind {{left}} übrig, und das könnte {{needed}} kosten.',
    todo: 'Ein Inhaber oder Admin kann die Obergrenze anheben; sonst beginnt sie am {{resetsAt}} neu.',
    admin:
      'Heben Sie die Obergrenze auf der Seite Obergrenzen an, um gleich weiterzuarbeiten; sonst beginnt sie am {{resetsAt}} neu.',
  },
  'cap-held': {
    happened:
      '{{cap}} lässt gerade keinen Platz: Was davon übrig ist, ist für Entwürfe reserviert, die gerade entstehen.',
    todo: 'Versuchen Sie es gleich noch einmal: {{held}} sind reserviert, und das meiste davon wird wieder frei.',
    admin:
      'Versuchen Sie es gleich noch einmal: {{held}} sind reserviert, und das meiste davon wird wieder frei. Geschieht es oft, heben Sie die Obergrenze an.',
  },
  'cap-too-small': {
    happened: '{{cap}} beträgt {{limit}}, und das könnte bis zu {{needed}} kosten.',
    todo: 'Senden Sie weniger Nachrichten, oder bitten Sie einen Inhaber oder Admin, die Obergrenze anzuheben.',
    admin: 'Heben Sie die Obergrenze auf der Seite Obergrenzen an, oder senden Sie weniger Nachrichten.',
  },
  'raise-refused': {
    happened: '{{refused}} Nichts wurde geändert.',
    todo: '{{remedy}}',
  },
  'model-unpriced': {
    happened:
      'Der Preis von {{model}} ist nicht bekannt, deshalb ließen sich die Kosten nicht begrenzen. Nichts wurde gesendet.',
    todo: 'Ein Admin wählt im Popup ein anderes Modell.',
    admin: 'Setzen Sie seinen Preis auf der Seite Schlüssel, oder wählen Sie dort ein anderes Modell.',
  },
  'price-unusual': {
    happened:
      '{{kind}}: {{asked}} je Million liegt weit vom Listenpreis {{listed}} entfernt. Nichts wurde geändert.',
    todo: 'Prüfen Sie den Betrag; bestätigen Sie ihn, wenn er so gemeint ist.',
  },
  'webhook-refused': {
    happened: '{{refused}} Nichts wurde geändert.',
    todo: '{{remedy}}',
  },
  'key-reused': {
    happened: 'Diese Anfrage wurde mit einer früheren verwechselt. Nichts wurde berechnet.',
    todo: 'Fragen Sie noch einmal an.',
  },
  'still-running': {
    happened: 'Dieser Entwurf wird noch geschrieben.',
    todo: 'Warten Sie einen Moment und versuchen Sie es erneut: Er wird nicht doppelt berechnet.',
  },
  'draft-gone': {
    happened: 'Dieser Entwurf ist nicht mehr da: Der Vault bewahrt fertige Entwürfe 10 Minuten lang auf.',
    todo: 'Fragen Sie noch einmal an. Für den früheren gibt es einen Beleg.',
  },
  'key-misshapen': {
    happened: '{{flaw}} Nichts wurde gespeichert.',
    todo: 'Kopieren Sie den ganzen Schlüssel und fügen Sie ihn noch einmal ein.',
  },
  'key-refused': { happened: '{{why}} Nichts wurde gespeichert.', todo: '{{remedy}}' },
  'key-unverified': {
    happened: '{{why}} Der Schlüssel ließ sich nicht prüfen, deshalb wurde nichts gespeichert.',
    todo: '{{remedy}}',
  },
  'key-exists': {
    happened: 'Ein anderer Schlüssel von {{provider}} heißt schon so. Nichts wurde gespeichert.',
    todo: 'Geben Sie diesem Schlüssel einen anderen Namen, oder ersetzen Sie den anderen über sein Menü.',
  },
  'version-gone': {
    happened: 'Version {{version}} dieses Schlüssels wird nicht mehr aufbewahrt. Nichts wurde geändert.',
    todo: 'Fügen Sie den Schlüssel noch einmal ein.',
  },
  'routing-refused': { happened: '{{refused}} Nichts wurde geändert.', todo: '{{remedy}}' },
  'endpoint-refused': { happened: '{{refused}} Nichts wurde gespeichert.', todo: '{{remedy}}' },
  'no-usable-model': {
    happened: '{{lack}} Nichts wurde gespeichert.',
    todo: '{{remedy}}',
  },
  'storage-full': {
    happened: 'Der Vault kann nicht auf seinen Datenträger schreiben, deshalb gibt er auch kein Geld aus.',
    todo: 'Bitten Sie den Betreiber des Vaults, Speicherplatz frei zu machen.',
  },
  'vault-sealed': {
    happened:
      'Der Betreiber hat diesen Vault versiegelt. Es entsteht kein Entwurf, und kein Schlüssel ist geöffnet.',
    todo: 'Fragen Sie den Betreiber, wann die Versiegelung aufgehoben wird. Sie bleiben gekoppelt.',
    admin: 'Der Betreiber hebt die Versiegelung mit „ownkey unseal“ auf. Alle bleiben gekoppelt.',
  },
  'device-suspended': {
    happened:
      'Der Vault wurde aus einer Sicherung wiederhergestellt, und dieser Browser wartet auf Freigabe.',
    todo: 'Bitten Sie den Inhaber, ihn auf der Seite Team freizugeben. In diesem Browser geht nichts verloren.',
  },
  'name-mismatch': {
    happened: 'Das ist nicht der Name des Workspace. Nichts wurde gelöscht.',
    todo: 'Geben Sie den Namen genau so ein, wie er angezeigt wird.',
  },
  'owner-stays': {
    happened: 'Ein Workspace braucht einen Inhaber, deshalb kann der Inhaber ihn nicht verlassen.',
    todo: 'Übergeben Sie den Workspace zuerst, oder löschen Sie ihn.',
  },
  'channel-exists': {
    happened: 'Der Kanal {{name}} hat diesen Namen oder eine dieser Websites bereits. Nichts wurde geändert.',
    todo: 'Wählen Sie einen anderen Namen, oder nehmen Sie die Website zuerst aus dem anderen Kanal.',
  },
  'vault-stopping': {
    happened: 'Der Vault startet gerade neu.',
    todo: 'Versuchen Sie es in ein paar Sekunden erneut.',
  },
  'internal-error': { happened: 'Im Vault ist etwas schiefgegangen.', todo: again },
} as const satisfies Record<Exclude<Slug, FailureSlug>, ProblemWords>

export const unreachable = {
  'no-answer': {
    happened: 'Der Vault antwortet nicht.',
    todo: 'Prüfen Sie Ihre Verbindung und die Adresse. Stimmt beides, läuft der Vault vielleicht nicht.',
  },
  'not-a-vault': {
    happened: 'Unter dieser Adresse antwortet etwas, aber kein Ownkey-Vault.',
    todo: 'Prüfen Sie die Adresse. Ein Proxy oder eine Anmeldeseite dazwischen sieht genauso aus.',
  },
  'vault-too-old': {
    happened: 'Der Vault ist älter als diese Erweiterung und spricht ihre Sprache nicht.',
    todo: 'Bitten Sie den Betreiber des Vaults, ihn zu aktualisieren.',
  },
  'extension-too-old': {
    happened: 'Diese Erweiterung ist älter als der Vault und spricht seine Sprache nicht.',
    todo: 'Aktualisieren Sie die Erweiterung und versuchen Sie es dann erneut.',
  },
  'address-not-https': {
    happened:
      'Die Adresse eines Vaults beginnt mit https://. Nur ein Vault auf diesem Computer darf http:// verwenden.',
    todo: 'Nehmen Sie die https://-Adresse, die Ihr Admin Ihnen gegeben hat.',
  },
  'address-invalid': {
    happened: 'Das ist keine Adresse.',
    todo: 'Eine Adresse sieht so aus: https://vault.example.com.',
  },
  'code-malformed': {
    happened: 'Das ist kein Kopplungscode.',
    todo: 'Ein Code sieht so aus: 7F3K9Q-AAAA-BBBB-CCCC-DDDD. Kopieren Sie ihn ganz.',
  },
  'not-paired': {
    happened: 'Dieser Browser ist mit keinem Vault gekoppelt.',
    todo: 'Öffnen Sie das Ownkey-Popup und koppeln Sie ihn.',
  },
  'cut-off': {
    happened: 'Die Verbindung brach ab, während der Vault antwortete.',
    todo: 'Versuchen Sie es erneut: Was bezahlt ist, wird 10 Minuten lang aufbewahrt.',
  },
  'storage-unavailable': {
    happened:
      'Dieser Browser lässt Ownkey nichts aufbewahren, deshalb hat es keinen Schlüssel, um sich auszuweisen.',
    todo: 'Verlassen Sie den privaten Modus oder machen Sie Speicherplatz frei, und versuchen Sie es dann erneut.',
  },
  'output-limit': {
    happened: 'Der Entwurf endet hier, weil er die Längengrenze erreicht hat.',
    todo: 'Lassen Sie ihn kürzen, oder schreiben Sie das Ende selbst.',
    admin: 'Lassen Sie ihn kürzen. Geschieht es oft, wählen Sie auf der Seite Schlüssel ein anderes Modell.',
  },
  unexpected: {
    happened: 'In der Erweiterung ist etwas schiefgegangen.',
    todo: 'Versuchen Sie es erneut. Bleibt es dabei, schließen Sie dieses Fenster und öffnen Sie es neu.',
  },
} as const satisfies Record<LocalSlug | 'unexpected', ProblemWords>
