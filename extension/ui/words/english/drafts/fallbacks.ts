/** How often one call was not enough, on the Spend page. */
export const fallbacks = {
  title: 'Replies that needed the backup',
  rate_one: '{{fellBack}} of {{count}} reply needed the backup.',
  rate_other: '{{fellBack}} of {{count}} replies needed the backup.',
  chart: 'Share of replies that needed the backup, by day',
  table: 'Days',
  day: 'Day',
  replies: 'Replies',
  fellBack: 'Needed the backup',
  share: 'Share',
  receipts: 'Their receipts',
} as const
