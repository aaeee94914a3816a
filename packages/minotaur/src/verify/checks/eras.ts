/** Between the resets of an instrument: everything begins anew in each of these eras. */
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';

/** Resets that were declared for a time up to `time`. */
export function eraOf({ adjustments }: Instrument, time: number): number {
  return adjustments.filter((one) => one.reset && one.time <= time).length;
}

/** Of a bar of clock `c` that closed at `closeTime`: one by time that ends at a reset is of what was before, another has a trade of it. */
export function eraOfBar({ clocks, instruments }: Plan, c: number, closeTime: number): number {
  const { instrument } = clocks[c];
  let { source } = clocks[c];
  while ('parent' in source) source = clocks[source.parent].source;
  return eraOf(instruments[instrument], source.type === 'rule' ? closeTime : closeTime - 1);
}
