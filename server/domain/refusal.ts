import type { Facts, Slug } from '../../shared/problems.ts'

/** A refusal that ends the request: a slug of the contract and its facts. Anything else that is thrown is our bug. Its message is the slug. */
export class Refusal<S extends Slug = Slug> extends Error {
  readonly slug: S
  readonly facts: Facts<S>

  constructor(slug: S, facts: Facts<S>) {
    super(slug)
    this.name = 'Refusal'
    this.slug = slug
    this.facts = facts
  }
}
