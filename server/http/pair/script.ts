/**
 * What the pairing page does in the browser. It is sent as text, so it uses nothing but its argument and the DOM. It takes the code out
 * of the address bar before anything else, and sends it nowhere: whoever reads the page copies it, or opens the extension's own page.
 */
export const showCode = (extensionPage: string): void => {
  const code = location.hash.slice(1)
  const { origin, pathname } = location
  history.replaceState(null, '', pathname)
  const part = (name: string): HTMLElement => {
    const found = document.getElementById(name)
    if (found === null) throw new Error(`The page has no ${name}`)
    return found
  }
  if (!/^[0-9A-Za-z-]{22,40}$/.test(code)) {
    part('without-code').hidden = false
    return
  }
  const texts: Record<string, string> = { link: `${origin}${pathname}#${code}`, address: origin, code }
  part('address').textContent = origin
  part('code').textContent = code
  part('with-code').hidden = false
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copies]')) {
    const said = button.textContent
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(texts[button.dataset.copies ?? ''] ?? '')
      button.textContent = button.dataset.copied ?? said
      setTimeout(() => {
        button.textContent = said
      }, 2_000)
    })
  }
  const open = part('open')
  open.setAttribute('href', `${extensionPage}#${new URLSearchParams({ address: origin, code })}`)
  fetch(extensionPage).then(
    () => {
      part('installed').hidden = false
    },
    () => undefined,
  )
}
