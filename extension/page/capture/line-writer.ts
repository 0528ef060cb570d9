import type { Chunk, Line, Reading } from './lines.ts'

type Source = {
  readonly element: Element
  readonly pre: boolean
  readonly quoted: boolean
  readonly control: boolean
}

/** Collects text into lines the way a browser shows it: spaces collapse unless they are preserved, empty lines become a gap. */
export class LineWriter {
  readonly #lines: Line[] = []
  #chunks: Chunk[] = []
  #gap = false
  #spaced = true
  #quoted = false
  #left: number
  #leftOut = 0

  constructor(budget: number) {
    this.#left = budget
  }

  add(data: string, source: Source): void {
    if (this.isFull) {
      this.leave(data)
      return
    }
    const lines = source.pre ? data.split('\n') : [data.replace(/\s+/g, ' ')]
    lines.forEach((part, index) => {
      if (index > 0) this.breakLine()
      this.#write(part, source)
    })
  }

  get isFull(): boolean {
    return this.#left <= 0
  }

  /** Counts text that is not read any more. */
  leave(data: string): void {
    this.#leftOut += data.trim().length
  }

  /** What follows stands apart from what precedes, in the same line. */
  space(): void {
    const last = this.#chunks.at(-1)
    if (last === undefined || this.#spaced) return
    this.#chunks[this.#chunks.length - 1] = { ...last, text: `${last.text} ` }
    this.#spaced = true
  }

  /** A break that is written: on an empty line it makes a gap. */
  breakLine(): void {
    if (this.#isEmpty()) this.#gap = true
    else this.#endLine(false)
  }

  /** The beginning or end of a block: on an empty line it changes nothing but the distance. */
  boundary(gap: boolean): void {
    if (this.#isEmpty()) this.#gap ||= gap
    else this.#endLine(gap)
  }

  finish(): Reading {
    this.boundary(false)
    return { lines: this.#lines, leftOut: this.#leftOut }
  }

  #isEmpty(): boolean {
    return this.#chunks.every(({ text }) => text.trim() === '')
  }

  #endLine(gap: boolean): void {
    this.#lines.push({
      chunks: this.#chunks,
      gap: this.#gap && this.#lines.length > 0,
      quoted: this.#quoted,
    })
    this.#chunks = []
    this.#gap = gap
    this.#spaced = true
    this.#quoted = false
  }

  #write(data: string, { element, pre, control, quoted }: Source): void {
    const collapsed = !pre && this.#spaced ? data.trimStart() : data
    if (collapsed === '') return
    const text = collapsed.slice(0, this.#left)
    this.#leftOut += collapsed.length - text.length
    this.#left -= text.length
    this.#spaced = /\s$/.test(text)
    this.#quoted ||= quoted
    this.#chunks.push({ text, element, control })
  }
}
