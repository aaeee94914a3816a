/** What is no hole is told by name, as at the door of trades. */
import { formatTime } from '../base/time.ts';
import { shown, type Complaint } from '../trades/door.ts';
import type { Hole } from './contract.ts';

/** What is wrong with what should be a hole; undefined where nothing is. */
export function complaintOfHole(hole: Hole): Complaint | undefined {
  if (typeof hole !== 'object' || hole === null || Array.isArray(hole)) return ['a hole { from, to }', shown(hole)];
  const { from, to, missing } = hole;
  if (!Number.isInteger(from)) return ['from in integer microseconds', shown(from)];
  if (!Number.isInteger(to)) return ['to in integer microseconds', shown(to)];
  if (from > to) return [`from at or before to, ${formatTime(to)}`, formatTime(from)];
  if (missing !== undefined && !(Number.isSafeInteger(missing) && missing > 0))
    return ['missing: a number of trades, at least 1', shown(missing)];
  return undefined;
}
