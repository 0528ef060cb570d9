import { Router } from 'express'
import { openApiDocument } from './document.ts'

export type OpenApiRoutes = { readonly version: string }

/** `GET /openapi.json`: what this vault answers to, for whoever writes against it. It says nothing about any workspace. */
export const openApi = ({ version }: OpenApiRoutes): Router => {
  const document = openApiDocument(version)
  const router = Router()
  router.get('/openapi.json', (_request, response) => {
    response.json(document)
  })
  return router
}
