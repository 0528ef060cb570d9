/** What the pairing page says in English. */
const english = {
  title: 'Pair your browser with Ownkey',
  heading: 'Pair your browser with Ownkey',
  lead: 'This link pairs one browser with the vault at this address. It works once.',
  found: 'Ownkey is installed in this browser.',
  open: 'Open the pairing page',
  byHand: 'Or by hand',
  install: 'Install the Ownkey extension in this browser, if it is not there yet.',
  popup: 'Click Ownkey in the browser’s toolbar. It may be behind the puzzle piece.',
  paste: 'Paste this link there. It fills in the address and the code.',
  address: 'Vault address',
  code: 'Pairing code',
  copyLink: 'Copy the link',
  copyAddress: 'Copy the address',
  copyCode: 'Copy the code',
  copied: 'Copied',
  private:
    'The code stands behind the # of the link, so your browser sent it nowhere. Treat the link like a password until it is used.',
  noCode:
    'This page was opened without a code. Open the whole link again from the message that you got, or ask for a new one.',
  noScript:
    'Scripts are off here. Copy the whole link from the message that you got, click Ownkey in the toolbar, and paste it there.',
}

/** Words of the pairing page; every language has all of them. */
export type PairWords = Readonly<typeof english>

const german: PairWords = {
  title: 'Ihren Browser mit Ownkey koppeln',
  heading: 'Ihren Browser mit Ownkey koppeln',
  lead: 'Dieser Link koppelt einen Browser mit dem Vault unter dieser Adresse. Er gilt einmal.',
  found: 'Ownkey ist in diesem Browser installiert.',
  open: 'Kopplungsseite öffnen',
  byHand: 'Oder von Hand',
  install: 'Installieren Sie die Erweiterung Ownkey in diesem Browser, falls sie noch fehlt.',
  popup: 'Klicken Sie in der Symbolleiste auf Ownkey. Es kann hinter dem Puzzleteil stehen.',
  paste: 'Fügen Sie dort diesen Link ein. Er füllt Adresse und Code aus.',
  address: 'Adresse des Vaults',
  code: 'Kopplungscode',
  copyLink: 'Link kopieren',
  copyAddress: 'Adresse kopieren',
  copyCode: 'Code kopieren',
  copied: 'Kopiert',
  private:
    'Der Code steht hinter dem # des Links, Ihr Browser hat ihn also nirgendwohin gesendet. Behandeln Sie den Link wie ein Passwort, bis er benutzt ist.',
  noCode:
    'Diese Seite wurde ohne Code geöffnet. Öffnen Sie den ganzen Link noch einmal aus der Nachricht, die Sie bekommen haben, oder bitten Sie um einen neuen.',
  noScript:
    'Skripte sind hier aus. Kopieren Sie den ganzen Link aus der Nachricht, die Sie bekommen haben, klicken Sie in der Symbolleiste auf Ownkey und fügen Sie ihn dort ein.',
}

/** The languages that the page speaks; English when the browser asks for another. */
export const pairWords = { en: english, de: german } as const satisfies Record<string, PairWords>
export type PairLanguage = keyof typeof pairWords
