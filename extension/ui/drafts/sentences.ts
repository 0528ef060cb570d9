/** The sentences of a growing text that are complete by now, in order. `whole`: no more will come, so the last one counts too. */
export const completeSentences = (text: string, locale: string, whole: boolean): readonly string[] => {
  const segments = new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(text)
  const sentences = Array.from(segments, ({ segment }) => segment.trim()).filter((each) => each !== '')
  return whole ? sentences : sentences.slice(0, -1)
}
