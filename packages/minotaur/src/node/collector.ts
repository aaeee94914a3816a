/** When the collector of V8 marks all that lives. */
import { setFlagsFromString } from 'node:v8';

/** Of the room that old objects may take beyond those that the last marking left, hundredths: where it begins to mark, and at once. */
const BEGINS = 50;
const AT_ONCE = 80;

/**
 * Lets all threads of this process mark once old objects have come, not because there is room for many new ones. V8 begins where the
 * room that is left for old ones is less than what the new ones have: of 64 MB, beside 35 that live, always. What a heap may grow to
 * stays as it is.
 */
export function markAsOldGrow(): void {
  setFlagsFromString(`--incremental-marking-soft-trigger=${BEGINS}`);
  setFlagsFromString(`--incremental-marking-hard-trigger=${AT_ONCE}`);
}
