import type { Words } from '../words.ts'

export const settings = {
  tab: 'Einstellungen',
  note: 'Des Workspace und dieses Browsers',
  restricted:
    'Ihre Rolle sieht im Popup, ob die KI an ist. Ausgaben und Belege sind für Agenten und höhere Rollen, oder für alle, denen ein Admin die Berichte zeigt.',
  saved: 'Gespeichert.',
  undone: 'Wie zuvor.',
  undo: 'Rückgängig',
  workspace: {
    title: 'Workspace',
    name: 'Name',
    timeZone: 'Zeitzone',
    timeZoneHint:
      'In ihr werden Monate und Tage der Ausgaben und der Obergrenze gezählt. Eine neue gilt ab dem nächsten Monat.',
    noTimeZone: 'Diese Zeitzone gibt es nicht.',
    retention: 'Wie lange Belege bleiben',
    forGood: 'Für immer',
    forDays: 'Eine Anzahl von Tagen',
    forGoodHint: 'Nichts wird je entfernt.',
    forDaysHint:
      'Ältere Belege werden jeden Tag endgültig entfernt, und mit ihnen, was die Ausgaben von diesen Tagen zeigen. Die Bücher behalten die entfernten Beträge, und das Protokoll sagt es.',
    days: 'Tage',
    daysFlaw: 'Zwischen {{min}} und {{max}} Tagen.',
    shorterTitle: 'Belege kürzer aufbewahren?',
    shorter:
      'Belege, die älter als {{days}} Tage sind, werden innerhalb eines Tages endgültig entfernt. Rückgängig bringt sie dann nicht zurück.',
    shorterConfirm: '{{days}} Tage aufbewahren',
    save: 'Speichern',
    required: 'Bitte ausfüllen.',
  },
  ai: {
    title: 'KI',
    on: 'Die KI ist an',
    hint: 'Ist sie ausgeschaltet, kann niemand im Workspace Entwürfe schreiben lassen und kein Anbieter wird aufgerufen. Schlüssel, Belege und Einstellungen bleiben.',
    offTitle: 'Die KI für alle ausschalten?',
    off: 'Niemand im Workspace kann Entwürfe schreiben lassen, bis sie wieder eingeschaltet wird. Entwürfe, die gerade geschrieben werden, werden fertig.',
    offConfirm: 'KI ausschalten',
  },
  browser: {
    title: 'Dieser Browser',
    hint: 'Nur in diesem Browser gespeichert, für alle Oberflächen von Ownkey.',
    language: 'Sprache',
    languages: { system: 'Wie der Browser', en: 'English', de: 'Deutsch' },
    theme: 'Farben',
    themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  },
  pairing: {
    title: 'Kopplung',
    who: 'Gekoppelt als',
    workspace: 'Workspace',
    where: 'Vault',
  },
  leave: {
    title: 'Workspace verlassen',
    hint: 'Alle Ihre Browser werden abgemeldet. Ihre Belege bleiben beim Workspace.',
  },
  ending: {
    title: 'Workspace löschen',
    hint: 'Alles darin wird endgültig gelöscht, nach sieben Tagen, in denen Sie es sich anders überlegen können.',
    open: 'Workspace löschen',
    lost: 'Endgültig verloren: Schlüssel, Mitglieder und ihre Browser, Belege und Ausgaben, das Protokoll, Einstellungen.',
    days: 'Es geschieht nach sieben Tagen. Bis dahin pausieren Entwürfe, alles kann gelesen werden, und Sie können den Workspace mit einem Klick behalten.',
    revoke: 'Das Löschen widerruft keinen Schlüssel: Widerrufen Sie ihn auch beim Anbieter.',
    typed: 'Zur Bestätigung {{name}} eingeben',
    confirm: 'In sieben Tagen löschen',
    pending: 'Dieser Workspace wird am {{moment}} gelöscht.',
    pendingSoon: 'Dieser Workspace wird innerhalb von sieben Tagen gelöscht.',
    until: 'Bis dahin pausieren Entwürfe, und alles kann gelesen werden.',
    owner: 'Der Inhaber kann ihn behalten.',
    keep: 'Workspace behalten',
  },
} as const satisfies Words['options']['settings']
