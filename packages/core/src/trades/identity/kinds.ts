/** Every kind of ids: what it remembers, and in how many slots. */
import type { IdKind } from '../venues/profile.ts';
import { createDense, DENSE_SLOTS } from './dense.ts';
import type { Identity } from './identity.ts';
import { createNone, NONE_SLOTS } from './none.ts';
import { createRising, RISING_SLOTS } from './rising.ts';
import { createUnique, UNIQUE_SLOTS } from './unique.ts';

interface Kind {
  readonly slots: number;
  /** `state` holds `slots` zeros at the start. */
  create(state: Float64Array): Identity;
}

export const ID_KINDS: Readonly<Record<IdKind, Kind>> = {
  dense: { slots: DENSE_SLOTS, create: createDense },
  rising: { slots: RISING_SLOTS, create: createRising },
  unique: { slots: UNIQUE_SLOTS, create: createUnique },
  none: { slots: NONE_SLOTS, create: createNone },
};
