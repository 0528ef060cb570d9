import type { Words } from '../words.ts'

export const caps = {
  tab: 'Obergrenzen',
  note: 'Was höchstens ausgegeben werden darf',
  workspace: 'Ganzer Workspace, dieser Monat',
  settled: 'Ausgegeben',
  held: 'Reserviert',
  heldHint: 'für laufende Entwürfe, zu deren Höchstkosten',
  left: 'Übrig',
  leftHint: 'für neue Entwürfe',
  resets: 'Beginnt neu am {{moment}}, Zeit von {{zone}}.',
  lower: {
    title: 'Entwürfe jetzt pausieren?',
    below:
      '{{limit}} ist weniger als die {{used}}, die schon verbraucht sind. Entwürfe pausieren sofort für alle, bis die Obergrenze angehoben wird oder am {{day}} neu beginnt.',
    finish:
      'Entwürfe, die gerade geschrieben werden, werden fertig: Was sie kosten können, ist schon reserviert.',
    confirm: 'Obergrenze setzen und pausieren',
  },
  full: {
    title: 'Wenn die Obergrenze erreicht ist',
    pauses: 'Pausiert',
    drafts: 'Neue Entwürfe und Überarbeitungen, für alle',
    verifying: 'Das Prüfen eines Schlüssels, weil auch das ein bezahlter Aufruf ist',
    goesOn: 'Läuft weiter',
    running:
      'Entwürfe, die gerade geschrieben werden: Sie werden fertig, und ihre Kosten zählen in dem Monat, in dem sie begannen',
    inserting: 'Einfügen und Kopieren dessen, was schon geschrieben ist',
    reading: 'Ausgaben, Belege und Einstellungen',
  },
  overshoot: {
    title: 'Größtmögliche Überschreitung',
    why: 'Worauf das beruht',
  },
  history: {
    title: 'Änderungen der Obergrenze',
    when: 'Wann',
    who: 'Wer',
    before: 'Vorher',
    after: 'Nachher',
    more: 'Ältere Änderungen laden',
    emptyTitle: 'Die Obergrenze wurde noch nie geändert',
    emptyTodo: 'Ein neuer Workspace beginnt mit 50 $ im Monat.',
  },
} as const satisfies Words['options']['caps']
