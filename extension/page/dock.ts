/** Where the panel stands, in CSS pixels of the viewport. */
export type Spot = {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}
type Size = { readonly width: number; readonly height: number }

const wanted = { width: 380, height: 560 } as const
const narrowest = 320
const lowest = 320
const edge = 8
const distance = 12

/** Beside the box, else above or below it, else in the corner: whatever covers the box least. */
export const dockBeside = (box: DOMRect | undefined, viewport: Size): Spot => {
  const width = Math.max(narrowest, Math.min(wanted.width, viewport.width - 2 * edge))
  const height = Math.min(wanted.height, viewport.height - 2 * edge)
  const corner = { left: viewport.width - width - edge, top: viewport.height - height - edge, width, height }
  if (box === undefined) return within(corner, viewport)
  return within(aside(box, corner, viewport) ?? above(box, corner, viewport), viewport)
}

const aside = (box: DOMRect, corner: Spot, viewport: Size): Spot | undefined => {
  const top = box.bottom - corner.height
  const right = box.right + distance
  if (right + corner.width + edge <= viewport.width) return { ...corner, left: right, top }
  const left = box.left - distance - corner.width
  return left >= edge ? { ...corner, left, top } : undefined
}

const above = (box: DOMRect, corner: Spot, viewport: Size): Spot => {
  const over = box.top - distance - edge
  const under = viewport.height - box.bottom - distance - edge
  if (Math.max(over, under) < lowest) return corner
  if (over < under) return { ...corner, top: box.bottom + distance, height: Math.min(corner.height, under) }
  const height = Math.min(corner.height, over)
  return { ...corner, top: box.top - distance - height, height }
}

/** Moved and shrunk as little as needed so that all of it can be seen; never narrower than the panel can be. */
export const within = (spot: Spot, viewport: Size): Spot => {
  const width = Math.max(narrowest, Math.min(spot.width, viewport.width - 2 * edge))
  const height = Math.min(spot.height, viewport.height - 2 * edge)
  return {
    width,
    height,
    left: Math.max(edge, Math.min(spot.left, viewport.width - width - edge)),
    top: Math.max(edge, Math.min(spot.top, viewport.height - height - edge)),
  }
}
