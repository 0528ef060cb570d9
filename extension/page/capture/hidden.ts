/** What a reading inherits from the elements above: the color that text would vanish in. Undefined: there is a picture behind. */
export type Backdrop = string | undefined

const white = 'rgb(255, 255, 255)'
const clear = 'rgba(0, 0, 0, 0)'

export const styleOf = (element: Element): CSSStyleDeclaration | undefined =>
  element.ownerDocument.defaultView?.getComputedStyle(element)

/** What is behind a page that paints nothing. */
export const pageBackdrop: Backdrop = white

/** What is behind the text of an element that stands over `above`. */
export const backdropUnder = (style: CSSStyleDeclaration, above: Backdrop): Backdrop => {
  if (style.backgroundImage !== 'none') return undefined
  return style.backgroundColor === clear ? above : style.backgroundColor
}

/**
 * Whether a person cannot see this element's text although it is in the document: not shown, transparent, of no size, off the screen,
 * clipped away, or in the color of what is behind it. Somebody may have put it there for machines to read.
 */
export const isHidden = (style: CSSStyleDeclaration, backdrop: Backdrop): boolean =>
  style.display === 'none' ||
  style.visibility !== 'visible' ||
  Number(style.opacity) < 0.05 ||
  Number.parseFloat(style.fontSize) < 2 ||
  isClipped(style) ||
  isAway(style) ||
  isFlat(style) ||
  isCamouflaged(style, backdrop)

const isClipped = ({ position, clip, clipPath }: CSSStyleDeclaration): boolean =>
  (position === 'absolute' && clip !== 'auto') ||
  /^(inset\((50|100)%|circle\(0|polygon\(0px 0px, 0px 0px)/.test(clipPath)

/** Lengths are asked last and only where they matter: they are dear. */
const isAway = (style: CSSStyleDeclaration): boolean =>
  Number.parseFloat(style.textIndent) < -900 ||
  (style.position !== 'static' &&
    (Number.parseFloat(style.left) < -900 || Number.parseFloat(style.top) < -900))

const isFlat = (style: CSSStyleDeclaration): boolean =>
  (style.overflowX !== 'visible' && Number.parseFloat(style.width) <= 1) ||
  (style.overflowY !== 'visible' && Number.parseFloat(style.height) <= 1)

const isCamouflaged = (style: CSSStyleDeclaration, backdrop: Backdrop): boolean =>
  style.color === clear || (backdrop !== undefined && style.color === backdropUnder(style, backdrop))
