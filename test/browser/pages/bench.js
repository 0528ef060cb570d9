/** Stands in for the panel: takes the handover, claims its session, and lets a test talk with the page script. */
const bench = { confirmed: undefined, received: [], port: undefined }
globalThis.bench = bench

/** On this host it leaves claiming to the test; Firefox does not tell who frames it. */
const isPatient = location.ancestorOrigins?.[0]?.includes('patient.test') ?? false

const claim = async (nonce) => {
  const answer = await chrome.runtime.sendMessage({ type: 'claim-session', nonce })
  bench.confirmed = answer?.confirmed ?? false
}

addEventListener('message', async (event) => {
  if (event.source !== parent || event.data?.type !== 'ownkey-handover') return
  const [port] = event.ports
  bench.nonce = event.data.nonce
  if (isPatient) return
  await claim(event.data.nonce)
  port.addEventListener('message', ({ data }) => bench.received.push(data))
  port.start()
  bench.port = port
})

if (parent === window && location.hash.length > 1) claim(location.hash.slice(1))
