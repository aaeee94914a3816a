/** Feeds of several instruments for tests: what comes of each, in its order, and schedules that interleave them. */
import * as fc from 'fast-check';
import type { Engine, Hole } from '../packages/core/src/chain/contract.ts';
import type { Trade } from '../packages/core/src/trades/trade.ts';
import { blockOf, START } from './trades.ts';

/** What comes of an instrument. */
export type LaneEvent =
  | { readonly kind: 'trade'; readonly time: number; readonly trade: Trade }
  | { readonly kind: 'advance'; readonly time: number }
  | { readonly kind: 'hole'; readonly time: number; readonly hole: Hole };

/** By instrument, each in its own order. */
export type Lanes = Readonly<Record<string, readonly LaneEvent[]>>;

/** Silences that are longer are broken by watermarks, so that no feed holds the others back. */
const LONGEST = 30_000_000;
const LENGTH = 150_000_000;

const step = fc.record({
  gap: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 900_000 }) },
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 40 }).map((s) => s * 250_000) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 80 }).map((s) => s * 1_000_000) },
  ),
  move: fc.integer({ min: -300, max: 300 }),
  quantity: fc.integer({ min: 1, max: 500_000 }),
  buyerMaker: fc.boolean(),
  /** Ids that are skipped before it, now and then. */
  missing: fc.oneof(
    { weight: 30, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 9 }) },
  ),
  /** A hole that is declared behind it. */
  hole: fc.oneof(
    { weight: 60, arbitrary: fc.constant(-1) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 4_000_000 }) },
  ),
});

/** Trades, watermarks and holes of one instrument over two minutes and a half, which a watermark ends. */
function laneArbitrary(maxLength: number): fc.Arbitrary<LaneEvent[]> {
  return fc.array(step, { minLength: 1, maxLength }).map((steps) => {
    const events: LaneEvent[] = [];
    let time = START;
    let level = 6_000_000;
    let id = 0;
    const silent = (until: number): void => {
      while (until - time > LONGEST) events.push({ kind: 'advance', time: (time += LONGEST) });
    };
    for (const { gap, move, quantity, buyerMaker, missing, hole } of steps) {
      const until = time + gap;
      if (until > START + LENGTH) break;
      silent(until);
      time = until;
      level = Math.max(1, level + move);
      id += 1 + missing;
      const trade = { time, id, price: level / 100, quantity: quantity / 100_000, buyerMaker };
      events.push({ kind: 'trade', time, trade });
      if (hole >= 0) events.push({ kind: 'hole', time, hole: { from: time - hole, to: time + (hole >> 1) } });
    }
    silent(START + LENGTH);
    events.push({ kind: 'advance', time: START + LENGTH + 2_000_000 });
    return events;
  });
}

/** Feeds of instruments of these names, which are more or less busy. */
export function lanesArbitrary(names: readonly string[], maxLength: number): fc.Arbitrary<Lanes> {
  return fc.record(Object.fromEntries(names.map((name) => [name, laneArbitrary(maxLength)])));
}

/** Pushes the events [from, to) of a lane, trades that follow each other as one block where `asBlock`. */
export function pushLane(
  engine: Pick<Engine, 'push' | 'advance' | 'hole'>,
  instrument: string,
  events: readonly LaneEvent[],
  asBlock = false,
): void {
  const facts = { instrument };
  for (let i = 0; i < events.length; i++) {
    const event = events[i];
    if (event.kind === 'advance') engine.advance(event.time, facts);
    else if (event.kind === 'hole') engine.hole(event.hole, facts);
    else if (!asBlock) engine.push(event.trade, facts);
    else {
      const trades = [event.trade];
      for (let next = events[i + 1]; next?.kind === 'trade'; next = events[i + 1]) {
        trades.push(next.trade);
        i++;
      }
      engine.push(blockOf(trades), facts);
    }
  }
}

/** A run of events of one lane. */
export interface Turn {
  readonly lane: string;
  readonly from: number;
  readonly to: number;
}

/**
 * A schedule that keeps the order within each lane, and no event further ahead of the others than `skew`. `eager`: how often a
 * lane goes as far as it may.
 */
export function scheduleOf(lanes: Lanes, skew: number, random: () => number, eager: number): Turn[] {
  const names = Object.keys(lanes);
  const next = new Map(names.map((name) => [name, 0]));
  const at = (name: string): number => next.get(name) as number;
  const newest = (name: string): number => (at(name) === 0 ? START : lanes[name][at(name) - 1].time);
  const turns: Turn[] = [];
  for (;;) {
    const reach = (name: string): number =>
      skew + Math.min(...names.filter((other) => other !== name).map((other) => newest(other)));
    const can = names.filter((name) => at(name) < lanes[name].length && lanes[name][at(name)].time <= reach(name));
    if (can.length === 0) break;
    const lane = can[Math.floor(random() * can.length)];
    const most = random() < eager ? Infinity : 1 + Math.floor(random() * 9);
    const from = at(lane);
    let to = from;
    while (to < lanes[lane].length && to - from < most && lanes[lane][to].time <= reach(lane)) to++;
    next.set(lane, to);
    turns.push({ lane, from, to });
  }
  return turns;
}

/** All events in order of time; of equal times, those of the lane that is named first. */
export function inOrderOfTime(lanes: Lanes): Turn[] {
  const turns = Object.entries(lanes).flatMap(([lane, events]) =>
    events.map(({ time }, i) => ({ lane, time, from: i, to: i + 1 })),
  );
  return turns.sort((a, b) => a.time - b.time);
}

/** The same feeds as they arrive where trades are late by up to `within`, watermarks and holes behind all that they are behind. */
export function shuffled(lanes: Lanes, within: number, random: () => number): Lanes {
  const late = (events: readonly LaneEvent[]): LaneEvent[] => {
    let latest = 0;
    const arrivals = events.map((event) => {
      const arrival = event.kind === 'trade' ? event.time + random() * within : Math.max(latest, event.time);
      latest = Math.max(latest, arrival);
      return { event, arrival };
    });
    return arrivals.sort((a, b) => a.arrival - b.arrival).map(({ event }) => event);
  };
  return Object.fromEntries(Object.entries(lanes).map(([name, events]) => [name, late(events)]));
}
