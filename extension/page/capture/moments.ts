/** How pages write when something was said: clocks, dates, and words such as "3 hours ago", in several languages. */
const clock = /\b\d{1,2}[:h]\d{2}\b|\b\d{1,2}\s?[ap]\.?m\b|\d{1,2}時/iu
const date =
  /\b\d{4}-\d{2}-\d{2}\b|\b(?:0?[1-9]|[12]\d|3[01])[./](?:0?[1-9]|[12]\d|3[01])(?:[./](?:\d{4}|\d{2}))?(?!\d)|\d+[月年日]/u
const dayInWords =
  /^(?:today|yesterday|now|just now|heute|gestern|jetzt|aujourd|hier|hoy|ayer|ahora|hoje|ontem|agora|oggi|ieri|vandaag|gisteren|今日|昨日)/iu
const foreign = /[^\p{L}\p{M}\d\s:.,/\-–—·•()+|'’]/u

const words = new Set(
  `am pm a p m at on of the um uhr à às as las los le den der om kl h min mins minute minutes s sec secs second seconds
  hr hrs hour hours d day days w week weeks mo month months y yr year years ago an one just now last today yesterday
  vor einer einem einen stunde stunden minuten tag tagen tage woche wochen monat monaten jahr jahren heute gestern jetzt
  il y une un heure heures jour jours semaine semaines mois an ans aujourd hui hier
  hace una hora horas minuto minutos día días semana semanas mes meses año años hoy ayer ahora de del
  há um uma dia dias mês meses ano anos hoje ontem atrás fa ore ora giorno giorni settimana ieri oggi alle
  uur geleden gisteren vandaag gmt utc cet cest est edt cst cdt pst pdt bst ist z t 年 月 日 時 分 前 午前 午後`.split(
    /\s+/,
  ),
)
const namedDay =
  /^(?:jan|feb|fév|mar|mär|apr|avr|abr|may|mai|jun|juin|jul|juil|aug|ago|août|sep|oct|okt|out|nov|dec|dez|déc|dic|ene|set|mon|tue|wed|thu|fri|sat|sun|die|mit|don|fre|sam|son|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|dim|mié|jue|vie|sáb|dom|seg|ter|qua|qui|sex|gio|sab|ma|wo|za|zo)/iu

/** Short text that tells a moment and nothing else. */
export const isMoment = (text: string): boolean => {
  const said = text.replace(/[✓✔]+/gu, '').trim().toLowerCase()
  if (said.length === 0 || said.length > 60 || foreign.test(said)) return false
  const letters = said.match(/\p{L}+/gu) ?? []
  if (!letters.every((word) => words.has(word) || isNamedDay(word))) return false
  return clock.test(said) || date.test(said) || dayInWords.test(said) || tellsDistance(said, letters)
}

const isNamedDay = (word: string): boolean => word.length <= 10 && namedDay.test(word)

/** "3 hours ago", "2d", "Oct 4", "vor 3 Tagen". A bare number, or a bare word, is none. */
const tellsDistance = (said: string, letters: readonly string[]): boolean =>
  letters.length > 0 && (/\d/.test(said) || /\bago$|^(?:vor|hace|há|il y a)\s/u.test(said))

const minutesOfDay = 24 * 60

/** Milliseconds, minutes of the day, or undefined: only to tell which of two messages of the same page came first. */
export const orderOf = (at: string | undefined): number | undefined => {
  if (at === undefined) return undefined
  if (/^\d{4}-\d{2}-\d{2}|\b\d{4}\b.*\d{1,2}:\d{2}/.test(at)) return finite(Date.parse(at))
  const time = /^(\d{1,2}):(\d{2})\s*([ap]m)?$/i.exec(at.trim())
  if (time === null) return undefined
  return ((Number(time[1]) % 12) + (isLate(time) ? 12 : 0)) * 60 + Number(time[2])
}

const isLate = ([, hour, , half]: RegExpExecArray): boolean =>
  half === undefined ? Number(hour) >= 12 : half.toLowerCase() === 'pm'

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined)

/** Whether moments go from new to old. Times of day say so only when none goes forward, since a conversation may last days. */
export const runsBackward = (moments: readonly number[]): boolean => {
  const clocks = moments.filter((moment) => moment < minutesOfDay).length
  if (clocks > 0 && clocks < moments.length) return false
  const steps = moments.slice(1).map((moment, index) => Math.sign(moment - (moments[index] ?? moment)))
  const forward = steps.filter((step) => step > 0).length
  const backward = steps.filter((step) => step < 0).length
  return clocks > 0 ? forward === 0 && backward > 1 : backward > forward
}
