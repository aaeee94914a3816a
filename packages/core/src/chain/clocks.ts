/** Makes the clocks of an instrument: their state, and who follows whom. */
import { CLOCK_SLOTS, createIntervalClock, createRuleClock, type Follower, type TradeClock } from '../bars/clock.ts';
import { createDerivedClock, DERIVED_SLOTS } from '../bars/derived.ts';
import { createResampledClock, RESAMPLED_SLOTS } from '../bars/resampled.ts';
import { createGivenClock, GIVEN_SLOTS, type GivenClock } from '../bars/given.ts';
import type { Columns } from '../features/contract/columns.ts';
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

/** Slots of all clocks of an instrument together. */
export function clockSlots(plan: Plan, instrument: number): number {
  return plan.clocks.reduce((sum, clock) => sum + (clock.instrument === instrument ? slotsOf(clock.source) : 0), 0);
}

export interface Clocks {
  readonly tradeClocks: readonly TradeClock[];
  readonly given: ReadonlyMap<string, GivenClock>;
  /** How far time may move without a trade in one step. */
  stride(): number;
}

/** `tables` are the running columns of all clocks of the plan, in its order. */
export function createClocks(plan: Plan, instrument: number, tables: readonly Columns[], state: Float64Array): Clocks {
  const followers: Follower[][] = plan.clocks.map(() => []);
  const tradeClocks: TradeClock[] = [];
  const given = new Map<string, GivenClock>();
  let at = 0;
  plan.clocks.forEach(({ name, source, ...clock }, c) => {
    if (clock.instrument !== instrument) return;
    const own = state.subarray(at, (at += slotsOf(source)));
    switch (source.type) {
      case 'rule':
        tradeClocks.push(createRuleClock(source, tables[c], own, followers[c]));
        break;
      case 'interval':
        tradeClocks.push(createIntervalClock(source, tables[c], own, followers[c]));
        break;
      case 'given':
        given.set(name, createGivenClock(tables[c], own, followers[c]));
        break;
      case 'derived':
        followers[source.parent].push(createDerivedClock(source, tables[c], own, followers[c]));
        break;
      case 'resampled':
        followers[source.parent].push(createResampledClock(source, tables[c], own, followers[c]));
        break;
    }
  });
  const strides = [...tradeClocks, ...followers.flat()];
  const stride = (): number =>
    strides.reduce((least, clock) => Math.min(least, clock.stride?.() ?? Infinity), Infinity);
  return { tradeClocks, given, stride };
}
