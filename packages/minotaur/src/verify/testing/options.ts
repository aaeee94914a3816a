import { amount, listOf, textual, whole, type Optional } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import { nearest } from 'minotaur-core/internal/base/nearest';

/** Seed of what is generated, where none is given. */
export const SEED = 1;

/** What may be said about any check; none of it has to be. */
export interface CheckOptions {
  /** Samples that every law is tried on; laws that take long, or learn enough from less, take fewer. */
  readonly samples?: number;
  /** Of what is generated, 1: the same seed gives the same samples on every machine. */
  readonly seed?: number;
  /** Names of the laws to try; default: all of them. */
  readonly laws?: readonly string[];
}

export const CHECK: Optional<CheckOptions> = { samples: amount, seed: whole, laws: listOf(textual) };

/** The laws of those names; all where none are given. Refuses a name that is not one. */
export function lawsNamed<Law extends { readonly name: string }>(
  names: readonly string[] | undefined,
  laws: readonly Law[],
): readonly Law[] {
  if (names === undefined) return laws;
  const known = laws.map(({ name }) => name);
  return names.map((name) => {
    const law = laws.find((one) => one.name === name);
    return law ?? fail('config', 'laws', `a law (${known.join(', ')})`, `'${name}'${nearest(name, known)}`);
  });
}
