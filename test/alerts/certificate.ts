import { generateKeyPairSync, sign } from 'node:crypto'

/** DER (ITU-T X.690): a tag, the length of what follows, and that. */
const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts)
  const { length } = content
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...head]), content])
}
const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts)
const bits = (content: Uint8Array) => der(0x03, Buffer.from([0]), content)
const objectId = (hex: string) => der(0x06, Buffer.from(hex, 'hex'))
const text = (tag: number, content: string) => der(tag, Buffer.from(content))

const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'))
const commonName = (name: string) => sequence(der(0x31, sequence(objectId('550403'), text(0x0c, name))))
const loopbackNames = sequence(
  objectId('551d11'),
  der(0x04, sequence(der(0x87, Buffer.from([127, 0, 0, 1])), text(0x82, 'localhost'))),
)

/** A certificate for 127.0.0.1 that vouches for itself (RFC 5280), and its key, both as PEM. Good until 2049. */
export const selfSigned = (): { readonly cert: string; readonly key: string } => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = commonName('mail.test')
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    sequence(text(0x17, '250101000000Z'), text(0x17, '490101000000Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(loopbackNames)),
  )
  const certificate = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, privateKey)))
  const lines = certificate.toString('base64').replace(/.{64}/g, '$&\n')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
