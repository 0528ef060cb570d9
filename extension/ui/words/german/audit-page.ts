import type { Words } from '../words.ts'

export const audit = {
  tab: 'Protokoll',
  intro: 'Was geändert wurde und von wem. Die Einträge sind verkettet, damit eine Änderung auffällt.',
  more: 'Ältere Einträge laden',
  end: 'Hier beginnt das Protokoll.',
  emptyTitle: 'Noch ist nichts aufgezeichnet',
  emptyTodo: 'Schlüssel, Obergrenzen, Anmeldungen und Browser erscheinen hier, sobald sie sich ändern.',
  nobody: 'Der Betreiber',
  entry: 'Eintrag {{seq}}',
  endFiltered: 'Es gibt keine älteren Einträge, die zu diesen Filtern passen.',
  noneTitle: 'Kein Eintrag passt zu diesen Filtern',
  vault: 'Der Vault',
  kind: 'Was geschah',
  logs: { ledger: 'Hauptbuch', audit: 'Änderungsprotokoll' },
  chains: 'Ketten',
  chainsHint:
    'Jeder Eintrag enthält den Hash des vorigen. Der Vault geht beide Ketten vom ersten Eintrag an durch. Kopieren Sie einen Kopf oder exportieren Sie ein Protokoll, um später zu vergleichen.',
  whole_one: 'Unversehrt: {{written}} Eintrag, nichts geändert, fehlend oder vertauscht.',
  whole_other: 'Unversehrt: {{written}} Einträge, nichts geändert, fehlend oder vertauscht.',
  chainEmpty: 'Leer: Noch ist nichts aufgezeichnet.',
  faults: {
    changed: 'Gebrochen bei Eintrag {{seq}}: Er wurde nachträglich geändert.',
    missing: 'Gebrochen bei Eintrag {{seq}}: Er fehlt.',
    reordered: 'Gebrochen bei Eintrag {{seq}}: An seiner Stelle steht ein anderer.',
  },
  brokenTodo:
    'Jemand hat die Datenbank des Vaults von außen geändert, oder ihr Speicher ist beschädigt. Exportieren Sie das Protokoll jetzt und bewahren Sie es woanders auf. Bitten Sie dann den Betreiber, „ownkey doctor“ auszuführen und mit der letzten Sicherung zu vergleichen.',
  seen: {
    shorter:
      '{{log}}: kürzer, als dieser Browser es gesehen hat. Es hat {{told}} Einträge; am {{time}} waren es {{seen}}.',
    forked:
      '{{log}}: nicht die Bücher, die dieser Browser gesehen hat. Eintrag {{seen}} vom {{time}} ist jetzt ein anderer.',
    'other-key': '{{log}}: mit einem anderen Schlüssel unterschrieben als am {{time}}.',
    unsigned: '{{log}}: Die Unterschrift des Vaults gilt nicht.',
    todo: 'Nach dem Wiederherstellen einer Sicherung ist das einmal zu erwarten. Sonst hat jemand andere Bücher an ihre Stelle gesetzt: Fragen Sie den Betreiber und vergleichen Sie mit einem Export, der woanders aufbewahrt ist.',
    accept: 'Ab jetzt diese Bücher verwenden',
    fine: 'Es fehlt nichts, was dieser Browser gesehen hat.',
    key: 'Unterschrieben mit Schlüssel',
    copyKey: 'Fingerabdruck des Schlüssels kopieren',
  },
  head: 'Kopf',
  copyHead: 'Kopf kopieren: {{log}}',
  checked: 'Geprüft: {{time}}',
  checkAgain: 'Noch einmal prüfen',
  export: 'Exportieren',
  exportLog: 'Exportieren: {{log}}',
} as const satisfies Words['options']['audit']
