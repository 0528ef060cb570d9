import type { Words } from '../../words.ts'

export const playground = {
  tab: 'Playground',
  note: 'Ausprobieren, was ein Kunde als Antwort bekäme',
  apart:
    'Jede Antwort hat ihren Beleg. Sie zählt nicht unter der Obergrenze des Workspace, sondern unter der des Playgrounds, falls es eine gibt. Diese Seite behält nichts, sobald Sie sie verlassen.',
  trial: 'Was ein Kunde schreibt',
  message: 'Nachricht des Kunden',
  instruction: 'Was soll in der Antwort stehen? (optional)',
  answer: 'Antwort',
  empty: 'Die Antwort erscheint hier, während sie geschrieben wird.',
  stopped: 'Angehalten. Der Anbieter schreibt die Antwort zu Ende; ihr Beleg steht bei den Belegen.',
} as const satisfies Words['options']['playground']
