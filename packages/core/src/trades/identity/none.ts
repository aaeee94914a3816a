/** Ids that say nothing: every trade is a new one, and time alone orders them. */
import type { Identity } from './identity.ts';

/** Words of what is remembered. */
export const NONE_LENGTH = 0;

/** Remembers nothing. */
export function createNone(): Identity {
  return {
    run: (_ids, _from, to) => to,
    know: () => 'absent',
    learn: () => undefined,
    missing: () => 0,
    newest: () => false,
    restored: () => undefined,
  };
}
