/** Every kind of ids: what it remembers, and in how many words of 32 bits. */
import type { IdKind } from '../venues/profile.ts';
import { createDense, DENSE_LENGTH } from './dense.ts';
import type { Identity } from './identity.ts';
import { createNone, NONE_LENGTH } from './none.ts';
import { createRising, RISING_LENGTH } from './rising.ts';
import { createUnique, UNIQUE_LENGTH } from './unique.ts';

/** Whether ids of that kind order trades of one time. */
export function idsOrder(kind: IdKind): boolean {
  return kind === 'dense' || kind === 'rising';
}

interface Kind {
  /** Words of state: an even number. */
  readonly words: number;
  /** `state` holds `words` zeros at the start. */
  create(state: Uint32Array): Identity;
}

export const ID_KINDS: Readonly<Record<IdKind, Kind>> = {
  dense: { words: DENSE_LENGTH, create: createDense },
  rising: { words: RISING_LENGTH, create: createRising },
  unique: { words: UNIQUE_LENGTH, create: createUnique },
  none: { words: NONE_LENGTH, create: createNone },
};
