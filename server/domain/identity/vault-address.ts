const loopbackNames = ['127.0.0.1', 'localhost', '[::1]']

/** Whether an address of the vault is on this machine alone. */
export const isOnLoopback = (origin: string): boolean => loopbackNames.includes(new URL(origin).hostname)

/**
 * Every way to write the vault's own address: the configured one, and on loopback its usual names, since people type any of them.
 * What a Host header says is never asked.
 */
export const addressesOf = (origin: string): readonly string[] => {
  if (!isOnLoopback(origin)) return [origin]
  const { protocol, port } = new URL(origin)
  return loopbackNames.map((name) => new URL(`${protocol}//${name}:${port}`).origin)
}
