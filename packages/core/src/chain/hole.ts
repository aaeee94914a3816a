/** What is no hole is told by name, as at the door of trades. */
import { formatTime } from '../base/time.ts';
import { shown, type Complaint } from '../trades/door.ts';
import type { Intake } from '../trades/intake.ts';
import type { Hole } from './contract.ts';

/** What is wrong with what should be a hole after what the intake has taken; undefined where nothing is. */
export function complaintOfHole(hole: Hole, intake: Pick<Intake, 'implausible' | 'newest'>): Complaint | undefined {
  if (typeof hole !== 'object' || hole === null || Array.isArray(hole)) return ['a hole { from, to }', shown(hole)];
  const { from, to, missing } = hole;
  if (!Number.isInteger(from)) return ['from in integer microseconds', shown(from)];
  if (!Number.isInteger(to)) return ['to in integer microseconds', shown(to)];
  if (from > to) return [`from at or before to, ${formatTime(to)}`, formatTime(from)];
  if (missing !== undefined && !(Number.isSafeInteger(missing) && missing > 0))
    return ['missing: a number of trades, at least 1', shown(missing)];
  const odd = intake.implausible(to);
  if (odd !== undefined) return odd;
  const { newest } = intake;
  return to < newest ? [`to at or after the newest event, ${formatTime(newest)}`, formatTime(to)] : undefined;
}
