/** Resolves after so many milliseconds of the page's time. */
export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** Asks until it is so, at most for `ms`; the last answer. */
export const comesTrue = async (isSo: () => boolean, ms: number): Promise<boolean> => {
  for (let waited = 0; waited < ms && !isSo(); waited += step) await pause(step)
  return isSo()
}

const step = 20
