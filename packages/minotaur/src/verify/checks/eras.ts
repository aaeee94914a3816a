/** Between the resets of an instrument: everything begins anew in each of these eras. */
import type { ClockSource } from 'minotaur-core/internal/chain/clock-source';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';

/** Resets that were declared for a time up to `time`. */
export function eraOf({ adjustments }: Instrument, time: number): number {
  return adjustments.filter((one) => one.reset && one.time <= time).length;
}

/** Of a bar that closed at `closeTime`: one by time that ends at a reset is of what was before, another has a trade of that time. */
export function eraOfBar({ clocks, instruments: [instrument] }: Plan, source: ClockSource, closeTime: number): number {
  let root = source;
  while ('parent' in root) root = clocks[root.parent].source;
  return eraOf(instrument, root.type === 'rule' ? closeTime : closeTime - 1);
}
