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
} as const satisfies Words['options']['audit']
