import { styleText } from 'node:util'
import type { Receipt } from '../../shared/receipts.ts'
import { simulatorKeys } from '../world.ts'
import { type Books, usd } from './books.ts'
import type { Progress } from './progress.ts'

const attemptLines = (receipt: Receipt): string[] =>
  receipt.attempts.flatMap(({ modelName, lines, settled }) => [
    ...lines.map(
      ({ bucket, tokens, perMillion, amount }) =>
        `  ${bucket.padEnd(14)} ${String(tokens).padStart(7)} × $${usd(perMillion)} per million = $${usd(amount)}`,
    ),
    `  ${modelName.padEnd(14)} ${' '.repeat(7)}   sum $${usd(settled)} (simulated)`,
  ])

const callLines = ({ attempts }: Receipt): string[] =>
  attempts.map(
    ({ number, provider, outcome, failure, settled }) =>
      `  ${number}. ${provider.padEnd(11)} ${(failure ?? outcome).padEnd(12)} $${usd(settled)} (simulated)`,
  )

/** Writes the draft, its receipt, the calls of the one that was written during an outage, and the cap. */
export const tell = (
  { say }: Progress,
  text: string,
  { receipt, rescued }: { readonly receipt: Receipt | undefined; readonly rescued: Receipt | undefined },
  { cap }: Books,
): void => {
  const title = (words: string): string => `\n${styleText('bold', words)}`
  say(title('The draft, as it stands in the ticket’s box'))
  say(text.replaceAll(/^/gm, '  '))
  say(title('Its receipt'))
  for (const line of receipt === undefined ? [] : attemptLines(receipt)) say(line)
  if (rescued !== undefined) say(title('The calls of the draft that was asked for in the outage'))
  for (const line of rescued === undefined ? [] : callLines(rescued)) say(line)
  say(title('The cap'))
  say(
    `  $${usd(cap.settled)} settled + $${usd(cap.held)} held of $${usd(cap.limit)}, $${usd(cap.left)} left (simulated)`,
  )
}

const lossInWords =
  'the receipts equal the simulator’s bill; the draft that a lost vault was writing is marked, at the most that it can have cost'

/** The last word, with what went wrong. `cut`: a vault was lost on the way. */
export const judge = (ok: boolean, flaws: readonly string[], cut: boolean): string =>
  ok
    ? `\n${styleText('green', '✓')} The text is in the ticket’s box, and ${cut ? lossInWords : 'the receipts equal the simulator’s bill'}.`
    : `\n${styleText('red', '✗')} ${flaws.join('\n  ')}`

/** What a person can do in the browser that stays open. */
export const invitation = (vault: string): string => `
The browser stays open to play with. Close it to end the demo.
  Draft again      Alt+Shift+D in the ticket, or the key in the toolbar
  The vault        ${vault}
  A second key     ${simulatorKeys.openai} (OpenAI, simulated)`
