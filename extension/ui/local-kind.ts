/** Why the extension got no usable answer of a vault, told by the extension itself. */
export type LocalKind =
  | 'no-answer'
  | 'not-a-vault'
  | 'vault-too-old'
  | 'extension-too-old'
  | 'address-not-https'
  | 'address-invalid'
  | 'code-malformed'
  | 'not-paired'
  | 'cut-off'
  | 'storage-unavailable'
