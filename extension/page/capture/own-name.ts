const account =
  'header, nav, [role=banner], [role=navigation], [class*=account i], [class*=profile i], [aria-label*=account i], [data-current-user]'
const longestBanner = 3_000

/** Whether a name is that of the person at the desk: it stands where pages show who is signed in. */
export const ownNames = (page: Document): ((name: string) => boolean) => {
  const shown = [...page.querySelectorAll(account)].flatMap(wordsOf).join('\n').toLowerCase()
  return (name) => name.length > 3 && shown.includes(name.toLowerCase())
}

const wordsOf = (element: Element): readonly string[] => {
  const text = element.textContent ?? ''
  const labels = [element, ...element.querySelectorAll('[aria-label], [title], [alt]')].slice(0, 40)
  return [
    text.length < longestBanner ? text : '',
    ...labels.flatMap((each) => ['aria-label', 'title', 'alt'].map((name) => each.getAttribute(name) ?? '')),
  ]
}
