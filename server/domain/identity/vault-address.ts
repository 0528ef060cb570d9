const loopbackNames = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Every way to write the vault's own address: the configured one, and on loopback its usual names, since people type any of them.
 * What a Host header says is never asked.
 */
export const addressesOf = (origin: string): readonly string[] => {
  const { protocol, hostname, port } = new URL(origin)
  if (!loopbackNames.includes(hostname)) return [origin]
  return loopbackNames.map((name) => new URL(`${protocol}//${name}:${port}`).origin)
}
