/**
 * Splits and contract rolls, as an instrument declares them: from a time on its trades are scaled to the earlier basis, or its bars begin
 * anew. Nothing that is before is touched, so a row that is out stays what it was.
 */
import { fail } from '../base/errors.ts';
import { formatTime } from '../base/time.ts';

/** What changes at a time. */
export interface Adjustment {
  /** From this time on, microseconds. */
  readonly time: number;
  /** What prices are multiplied by, and quantities divided by: 10 of a ten-for-one split. 1: nothing. */
  readonly factor: number;
  /** Whether bars and features begin anew. */
  readonly reset: boolean;
}

interface AdjustmentInput {
  readonly time: string;
  readonly factor?: number | undefined;
  readonly reset?: true | undefined;
}

/** Settles what is declared, in order of time. Where times are floored to `unit`, a trade of it is behind a time that it was floored to. */
export function createAdjustments(declared: readonly AdjustmentInput[], unit: number): readonly Adjustment[] {
  return declared
    .map(({ time, factor = 1, reset = false }) => ({
      time: Math.ceil((Date.parse(time) * 1000) / unit) * unit,
      factor,
      reset,
    }))
    .sort((a, b) => a.time - b.time);
}

/** How many of them are at or before `time`. */
export function adjustmentsUntil(adjustments: readonly Adjustment[], time: number): number {
  let count = 0;
  while (count < adjustments.length && adjustments[count].time <= time) count++;
  return count;
}

/** The product of all factors up to `time`, in order. */
export function factorAt(adjustments: readonly Adjustment[], time: number): number {
  let factor = 1;
  for (const { time: from, factor: one } of adjustments) if (from <= time) factor *= one;
  return factor;
}

/** Refuses what was made with other adjustments up to `newest`: what comes later may still be declared. */
export function requireSameAdjustments(
  expected: readonly Adjustment[],
  found: readonly Adjustment[],
  newest: number,
  where: string,
): void {
  const [own, other] = [expected, found].map((all) => all.slice(0, adjustmentsUntil(all, newest)));
  const length = Math.max(own.length, other.length);
  for (let i = 0; i < length; i++) {
    const [a, b] = [textOf(own[i]), textOf(other[i])];
    if (a !== b) fail('state', where, `${a} before ${formatTime(newest)}, its newest event`, b);
  }
}

function textOf(adjustment: Adjustment | undefined): string {
  if (adjustment === undefined) return 'no more adjustments';
  const { time, factor, reset } = adjustment;
  const what = [...(factor === 1 ? [] : [`factor ${factor}`]), ...(reset ? ['reset'] : [])].join(' and ');
  return `${what || 'nothing'} at ${formatTime(time)}`;
}
