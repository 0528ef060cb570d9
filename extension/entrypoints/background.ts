import { defineBackground } from 'wxt/utils/define-background'
import { startBackground } from '../background/start.ts'

const newNonce = (): string =>
  [...crypto.getRandomValues(new Uint8Array(24))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

export default defineBackground(() =>
  startBackground({ now: Date.now, newNonce, newId: () => crypto.randomUUID() }),
)
