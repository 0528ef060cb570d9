import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { listenTo } from '../../ui/drafts/listening.ts'
import { asked, type Version } from '../../ui/drafts/version.ts'
import { useParts } from '../parts.tsx'

/** What is tried out: what a customer wrote, and what the reply should say, if anything is said about that. */
export type Trial = { readonly message: string; readonly instruction: string }

/**
 * Tries one message at a time. What comes lives in the page alone: leaving it stops the reading and forgets all of it, while the vault reads
 * the answer to its end for the receipt.
 */
export const useTrying = () => {
  const { vault, newId } = useParts()
  const client = useQueryClient()
  const [version, setVersion] = useState<Version>()
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  const run = async ({ message, instruction }: Trial): Promise<void> => {
    running.current?.abort()
    const stop = new AbortController()
    running.current = stop
    const request = {
      idempotencyKey: newId(),
      thread: { turns: [{ author: 'customer' as const, text: message }] },
      ...(instruction.trim() === '' ? {} : { instruction }),
      playground: true as const,
    }
    const tell = (told: Version): void => {
      if (running.current === stop) setVersion(told)
    }
    tell(asked(request))
    tell(await listenTo(vault, { request, start: asked(request) }, stop.signal, tell))
    await client.invalidateQueries({ queryKey: ['spend'] })
  }

  return {
    version,
    try: (trial: Trial) => void run(trial),
    stop: () => running.current?.abort(),
  }
}

export type Trying = ReturnType<typeof useTrying>
