/**
 * Other futures of several instruments: everything that becomes available after a time is cut off, or is other, of the driving
 * instrument what comes after it, of another what comes after it less its latency. Nothing up to that time may change.
 */
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import type { Engine } from 'minotaur-core/internal/chain/contract';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { latencyOf } from '../harness/bars-ahead.ts';
import { firstDivergence } from '../harness/compare.ts';
import type { Divergence } from '../harness/divergence.ts';
import type { Reach } from '../harness/reach.ts';
import { HISTORY, type Stretch } from '../harness/stretch.ts';
import type { Table } from '../harness/table.ts';
import { countValues, takeComplete, type Trace, type TracedEngine } from '../harness/trace.ts';
import { eventsIn, filterTurns, garbleTurns, pushTurn, seeTurns, timeInTurn, type Turn } from '../harness/turns.ts';

/** Times of a stretch taken at random, and of each clock at its closes, as rows see them. */
const RANDOM_TIMES = 2;
const CLOSES_PER_CLOCK = 2;
/** Events before the first that is other, and behind the last that is not; between these, at most. */
const BEFORE = 100;
const AFTER = 200;
const MOST = 3000;
const VARIANTS = 3;

export interface Forks {
  readonly main: TracedEngine;
  readonly cut: TracedEngine;
  readonly garbled: TracedEngine;
}

/** Tries other futures at times of a stretch, whose bars `trace` has; the first difference up to any of them. */
export function tryOtherFutures(
  stretch: Stretch,
  trace: Trace,
  { main, cut, garbled }: Forks,
  random: () => number,
  compared: { points: number; values: number },
): Divergence | undefined {
  const { plan } = main.engine;
  const { list, before } = stretch.turns as NonNullable<Stretch['turns']>;
  const events = eventsIn(list);
  let at = 0;
  main.muted = true;
  for (const time of chooseTimes(plan, trace, stretch, random)) {
    const isFuture = (turn: Turn, i: number): boolean => timeInTurn(turn, i) > lastIn(turn, plan, time);
    const first = events.findIndex(({ turn, i }) => isFuture(turn, i));
    const last = events.findLastIndex(({ turn, i }) => !isFuture(turn, i));
    const end = Math.min(stretch.length, Math.max(last + 1, first) + AFTER);
    const start = Math.max(at, first - BEFORE);
    if (first < 0 || end - start > MOST) continue;
    stretch.push(main.engine, at, start);
    at = start;
    const around = (stretch.slice(start, end).turns as NonNullable<Stretch['turns']>).list;
    const reach = seeTurns(before.copy(), (stretch.slice(0, start).turns as NonNullable<Stretch['turns']>).list);
    const state = main.save();
    const past = filterTurns(around, (turn, i) => !isFuture(turn, i));
    if (!play(cut, state, past, reach, time)) continue;
    for (let variant = 0; variant < VARIANTS; variant++) {
      const other = garbleTurns(around, (_, turn, i) => isFuture(turn, i), variant + start, reach);
      if (!play(garbled, state, other, reach, time)) continue;
      compared.points++;
      compared.values += countValues(cut.trace);
      // What a watermark may change is the business of the check `holes`.
      for (const one of [cut, garbled]) takeComplete(one.trace);
      const divergence = firstDivergence(plan, cut.trace, garbled.trace, 'expected');
      if (divergence !== undefined) return { ...divergence, note: `other events became available after ${time}` };
    }
  }
  stretch.push(main.engine, at, stretch.length);
  return undefined;
}

/** The last time of a turn's instrument, or series, that a row of `time` may know of. */
function lastIn({ kind, instrument }: Turn, plan: Plan, time: number): number {
  if (kind !== 'series') return lastOf(plan, instrument, time);
  const series = plan.clocks.findIndex(({ name }) => name === instrument);
  return time - latencyOf(plan, series);
}

/** The last time of an instrument that a row of `time` may know of. */
function lastOf({ instruments, lanes, clocks, drive }: Plan, instrument: string, time: number): number {
  const index = instruments.findIndex(({ name }) => name === instrument);
  return index === clocks[drive].instrument ? time : time - lanes.latency[index];
}

/** Times at which something changes for a row: closes of the driving clock, those of others a latency later, the microsecond before; and any. */
function chooseTimes(plan: Plan, { bars }: Trace, { start, end }: Stretch, random: () => number): number[] {
  const times = Array.from({ length: RANDOM_TIMES }, () => start + Math.floor(random() * (end - start)));
  for (const [c, { name, graph }] of plan.clocks.entries()) {
    const { values, times: closes } = bars.get(name) as Table;
    const latency = latencyOf(plan, c);
    for (let k = 0; k < Math.min(CLOSES_PER_CLOCK, closes.length); k++) {
      const bar = Math.floor(random() * closes.length);
      const seen = values[bar * graph.columns.length + COLUMN.available_at] + latency;
      times.push(seen, seen - 1);
    }
  }
  return times.filter((time) => time > start && time < end).sort((a, b) => a - b);
}

/** Goes on from a state, and says at last that nothing more comes up to `time`; false where the feeds are too far apart for that. */
function play(
  { engine, clear }: TracedEngine,
  state: Uint8Array,
  turns: readonly Turn[],
  before: Reach,
  time: number,
): boolean {
  engine.restore(state);
  clear();
  const reach = seeTurns(before.copy(), turns);
  try {
    for (const turn of turns) pushTurn(engine, turn, HISTORY);
    settle(engine, reach, time);
    return true;
  } catch (error) {
    if (error instanceof MinotaurError && error.kind === 'input') return false;
    throw error;
  }
}

function settle(engine: Engine, reach: Reach, time: number): void {
  for (const { name: instrument } of engine.plan.instruments) {
    const until = lastOf(engine.plan, instrument, time) + 1;
    const newest = reach.newest(instrument);
    if (newest >= until) continue;
    engine.advance(until, { instrument, ...HISTORY });
    reach.see(instrument, until);
  }
}
