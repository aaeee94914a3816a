/** Memory that is not there, said as a person can help it. */
import { fail } from 'minotaur-core/internal/base/errors';

/** What helps. */
export const LESS = 'take a smaller model.batch or network, a shorter sequence, fewer columns';

/** What `make` allocates. @throws {MinotaurError} where there is no room for it */
export function roomFor<T>(what: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return fail('input', 'train', `memory for ${what}: ${LESS}`, error.message);
  }
}
