import { Router } from 'express'
import { PAIRING_PATH } from '../../../shared/pairing-link.ts'
import { showCode } from './script.ts'
import { style } from './style.ts'
import { type PairLanguage, type PairWords, pairWords } from './words.ts'

/** Chrome's id of the extension, fixed by its manifest's key. Firefox gives each installation another, so there the link is pasted. */
const EXTENSION = 'chrome-extension://pcplagjghidibljddgionakjoinabbpi'

const script = `(${showCode})(${JSON.stringify(`${EXTENSION}/pair.html`)})`

const hashOf = async (text: string): Promise<string> =>
  `'sha256-${new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).toBase64()}'`

/** Exactly this script and this style; nothing else is loaded, sent, framed or left for another address. */
const policyOf = async (): Promise<string> =>
  [
    "default-src 'none'",
    `script-src ${await hashOf(script)}`,
    `style-src ${await hashOf(style)}`,
    `connect-src ${EXTENSION}`,
    "require-trusted-types-for 'script'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const copier = (what: string, said: string, { copied }: PairWords): string =>
  `<button type="button" data-copies="${what}" data-copied="${copied}">${said}</button>`

const pageIn = (language: PairLanguage): string => {
  const words = pairWords[language]
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${words.title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${words.heading}</h1>
<noscript><p>${words.noScript}</p></noscript>
<p id="without-code" hidden>${words.noCode}</p>
<div id="with-code" hidden>
<p>${words.lead}</p>
<div id="installed" hidden>
<p>${words.found}</p>
<a class="open" id="open">${words.open}</a>
<h2>${words.byHand}</h2>
</div>
<ol>
<li>${words.install}</li>
<li>${words.popup}</li>
<li>${words.paste} ${copier('link', words.copyLink, words)}</li>
</ol>
<dl>
<div><dt>${words.address}</dt><dd><code id="address"></code> ${copier('address', words.copyAddress, words)}</dd></div>
<div><dt>${words.code}</dt><dd><code id="code"></code> ${copier('code', words.copyCode, words)}</dd></div>
</dl>
<p class="quiet">${words.private}</p>
</div>
</main>
<script>${script}</script>
</body>
</html>
`
}

const languages = Object.keys(pairWords)
const isSpoken = (language: string | false): language is PairLanguage =>
  language !== false && languages.includes(language)

/**
 * `GET /pair`: explains how to pair, in the browser's language. It is the same for everybody and knows no code: that stands behind the
 * hash of the link, which never reaches the vault.
 */
export const pairPage = (): Router => {
  const router = Router()
  const policy = policyOf()
  router.get(PAIRING_PATH, async (request, response) => {
    const asked = request.acceptsLanguages(languages)
    const language = isSpoken(asked) ? asked : 'en'
    response.setHeader('content-security-policy', await policy)
    response.setHeader('x-robots-tag', 'noindex')
    response.setHeader('content-language', language)
    response.vary('Accept-Language')
    response.type('html').send(pageIn(language))
  })
  return router
}
