/** Makes the clocks of a plan: their columns, their state, and who follows whom. */
import { CLOCK_SLOTS, createIntervalClock, createRuleClock, type Follower, type TradeClock } from '../bars/clock.ts';
import { createDerivedClock, DERIVED_SLOTS } from '../bars/derived.ts';
import { createResampledClock, RESAMPLED_SLOTS } from '../bars/resampled.ts';
import { createGivenClock, GIVEN_SLOTS, type GivenClock } from '../bars/given.ts';
import { createColumns, type Columns } from '../features/contract/columns.ts';
import type { ClockSource } from './clock-source.ts';
import type { Plan } from './plan.ts';

function slotsOf(source: ClockSource): number {
  switch (source.type) {
    case 'rule':
      return CLOCK_SLOTS + source.rule.slots;
    case 'interval':
      return CLOCK_SLOTS;
    case 'given':
      return GIVEN_SLOTS;
    case 'derived':
      return DERIVED_SLOTS;
    case 'resampled':
      return RESAMPLED_SLOTS;
  }
}

/** Slots of all clocks together. */
export function clockSlots(plan: Plan): number {
  return plan.clocks.reduce((sum, clock) => sum + slotsOf(clock.source), 0);
}

export interface Clocks {
  /** Running columns, in the order of the plan. */
  readonly tables: readonly Columns[];
  readonly tradeClocks: readonly TradeClock[];
  readonly given: ReadonlyMap<string, GivenClock>;
  /** How far time may move without a trade in one step. */
  stride(): number;
}

export function createClocks(plan: Plan, state: Float64Array): Clocks {
  const tables = plan.clocks.map((clock) => createColumns(clock.graph));
  const states: Float64Array[] = [];
  let at = 0;
  for (const { source } of plan.clocks) states.push(state.subarray(at, (at += slotsOf(source))));
  const followers: Follower[][] = plan.clocks.map(() => []);
  const tradeClocks: TradeClock[] = [];
  const given = new Map<string, GivenClock>();
  plan.clocks.forEach(({ name, source }, c) => {
    switch (source.type) {
      case 'rule':
        tradeClocks.push(createRuleClock(source, tables[c], states[c], followers[c]));
        break;
      case 'interval':
        tradeClocks.push(createIntervalClock(source, tables[c], states[c], followers[c]));
        break;
      case 'given':
        given.set(name, createGivenClock(name, tables[c], states[c], followers[c]));
        break;
      case 'derived':
        followers[source.parent].push(createDerivedClock(source, tables[c], states[c], followers[c]));
        break;
      case 'resampled':
        followers[source.parent].push(createResampledClock(source, tables[c], states[c], followers[c]));
        break;
    }
  });
  const strides = [...tradeClocks, ...followers.flat()];
  const stride = (): number =>
    strides.reduce((least, clock) => Math.min(least, clock.stride?.() ?? Infinity), Infinity);
  return { tables, tradeClocks, given, stride };
}
