import { build } from 'vite'

/** One of the test pages' scripts with everything that it imports, as one classic script. */
export const bundle = async (entry: string): Promise<string> => {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'page' } },
  })
  const outputs = Array.isArray(result) ? result : [result]
  const chunks = outputs.flatMap((one) => ('output' in one ? one.output : []))
  const script = chunks.find((one) => one.type === 'chunk')
  if (script?.type !== 'chunk') throw new Error(`${entry} bundles to nothing`)
  return script.code
}
