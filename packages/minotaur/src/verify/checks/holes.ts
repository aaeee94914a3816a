/**
 * What is missing is known in every row: `complete` is false exactly as long as missing trades may have a part in it.
 *
 * A violation: a row that says it is complete although a window of it reaches over a hole, so that a model trusts it. Usual causes:
 * a hole that nobody tells the chain of, one bar counted that had opened before the hole ended, a restart that forgets the hole.
 *
 * Compared: trades are left out of the stretches, where their ids tell, and holes are declared at random places. History takes
 * the events in blocks, the live side one at a time, saved and restored now and then, with watermarks between them. Of every row of
 * both sides `complete` has to be what follows from the bars that it holds and from the holes that were known when it was let
 * out, found anew; of a row that a watermark let out before the trade that shows a gap, that is the holes before. All else has to be the
 * same on both sides, to the bit.
 *
 * Not found: trades that are missing without a sign, as where ids are not dense. Where late trades are put in order, the chain behind
 * that is asked, over trades in order.
 */
import { mulberry32 } from 'minotaur-core/internal/base/random';
import type { Hole } from 'minotaur-core/internal/chain/contract';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { idAt } from 'minotaur-core/internal/trades/id';
import { MICROS_OF_UNIT, type Instrument } from 'minotaur-core/internal/trades/instrument';
import { pickTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { result, type Check, type CheckResult } from '../harness/check.ts';
import { firstDivergence } from '../harness/compare.ts';
import { inOrder } from '../harness/in-order.ts';
import { HISTORY, tradeStretch, type Stretch } from '../harness/stretch.ts';
import { countValues, takeComplete, traceEngine, type TracedEngine } from '../harness/trace.ts';
import { createCompleteness, createRowAccount, type Completeness, type RowAccount } from './completeness.ts';
import { reaches, silentTime } from './silence.ts';

/** Trades that are left out at a place, at most. */
const LEFT_OUT = 20;
/** How far a declared hole reaches beyond the newest event, at most, microseconds. */
const REACH = 5_000_000;
const RESTORES = 0.02;
const WATERMARKS = 0.2;

/** A row is complete exactly where no trade that is known to be missing can have a part in it. */
export const holes: Check = {
  name: 'holes',
  law: 'a row is complete exactly where no trade that is known to be missing can have a part in it; a watermark changes nothing else',
  async run(context): Promise<CheckResult> {
    const { plan, stretch: inOrderOf, ...sides } = inOrder(context);
    const history = traceEngine(sides.historical);
    const live = traceEngine(sides.live);
    const random = mulberry32(context.seed + 6);
    const completeness = createCompleteness(plan);
    const accounts = { history: createRowAccount(plan), live: createRowAccount(plan) };
    let whole = true;
    const world = createWorld(plan);
    const compared = { events: 0, rows: 0, values: 0, holes: 0, incomplete: 0, again: 0 };
    for await (const one of context.open()) {
      const given = inOrderOf(one);
      history.clear();
      live.clear();
      // One hole after the other has left the windows, so that rows become complete again.
      const stretch =
        whole && completeness.isComplete(world.to) ? tear(given, plan, random) : { events: given, at: NaN };
      const course = driveLive(live, stretch, world, random);
      driveHistory(history, stretch.events, course.told);
      compared.events += given.length;
      compared.holes = world.holes;
      context.onProgress?.(given.length);
      const flags = { history: takeComplete(history.trace), live: takeComplete(live.trace) };
      compared.values += countValues(history.trace);
      const first =
        firstDivergence(plan, history.trace, live.trace) ??
        firstWrong(history, flags, course, { ...completeness, accounts }, compared);
      whole = flags.history.at(-1) !== 0;
      if (first !== undefined) return result(this, compared, first);
    }
    return result(this, compared, null, ['events', 'rows', 'holes']);
  },
};

/** What is known to be missing, found from outside. */
interface World {
  /** Where the last hole ends; -Infinity before the first. */
  to: number;
  holes: number;
  /** A hole was declared. */
  tell(hole: Hole): void;
  /** Trade `i` was accepted. */
  see(block: TradeBlock, i: number): void;
}

/** Whether missing ids can tell of a hole. */
function tellsGaps({ ids, officialGaps }: Instrument): boolean {
  return ids === 'dense' && !officialGaps;
}

function createWorld({ instruments: [instrument] }: Plan): World {
  const unit = MICROS_OF_UNIT[instrument.timeUnit];
  let newest: bigint | undefined;
  let reached = -Infinity;
  const world: World = {
    to: -Infinity,
    holes: 0,
    tell({ to }) {
      world.to = Math.max(world.to, to);
      world.holes++;
    },
    see(block, i) {
      reached = Math.max(reached, Math.floor(block.time[i] / unit) * unit);
      const id = idAt(block.id, i);
      if (!tellsGaps(instrument) || id === undefined) return;
      const own = BigInt(id);
      if (newest !== undefined && own > newest + 1n) world.tell({ from: NaN, to: reached });
      if (newest === undefined || own > newest) newest = own;
    },
  };
  return world;
}

interface Torn {
  readonly events: Stretch;
  /** Where a hole is to be declared; NaN: nowhere. */
  readonly at: number;
}

/** Leaves a few trades out, or has a hole declared, or both. */
function tear(given: Stretch, plan: Plan, random: () => number): Torn {
  const { trades, length } = given;
  const place = 1 + Math.floor(random() * length * 0.6);
  const run = 1 + Math.floor(random() * Math.min(LEFT_OUT, length / 4));
  const can = trades !== undefined && tellsGaps(plan.instruments[0]) && plan.config.trades.gaps === 'keep';
  if (!can || place + run >= length || random() < 0.4) return { events: given, at: place };
  const rows = Array.from({ length }, (_, i) => i).filter((i) => i < place || i >= place + run);
  const at = random() < 0.3 ? Math.floor(random() * rows.length) : NaN;
  return { events: tradeStretch(pickTrades(trades, rows)), at };
}

/** How a stretch went on the live side. */
interface Course {
  /** Holes that were declared, each before an event. */
  readonly told: readonly { readonly at: number; readonly hole: Hole }[];
  /** Of each row: where the last hole ended that was known when it was let out; live, and in history, which has no watermarks. */
  readonly known: { readonly live: number[]; readonly history: number[] };
}

function driveLive({ engine, trace }: TracedEngine, { events, at }: Torn, world: World, random: () => number): Course {
  const { trades, length } = events;
  const silence = trades && reaches(trades.time, length);
  const told: Course['told'][number][] = [];
  const known: Course['known'] = { live: [], history: [] };
  const note = (list: number[]): void => {
    while (list.length < trace.rows.times.length) list.push(world.to);
  };
  for (let i = 0; i < length; i++) {
    const time = silence && i > 0 && random() < WATERMARKS ? silentTime(silence, i, random) : undefined;
    if (time !== undefined) engine.advance(time, HISTORY);
    note(known.live);
    if (i === at) {
      const newest = engine.lastEvent()?.time ?? events.start;
      const to = newest + (random() < 0.3 ? 0 : Math.floor(random() * REACH));
      told.push({ at, hole: { from: newest, to } });
      engine.hole({ from: newest, to }, HISTORY);
      world.tell({ from: newest, to });
    }
    if (random() < RESTORES) engine.restore(engine.snapshot());
    const before = engine.lastEvent()?.ordinal;
    events.pushOne(engine, i);
    if (trades !== undefined && engine.lastEvent()?.ordinal !== before) world.see(trades, i);
    note(known.live);
    note(known.history);
  }
  return { told, known };
}

function driveHistory({ engine }: TracedEngine, events: Stretch, told: Course['told']): void {
  let from = 0;
  for (const { at, hole } of told) {
    if (from < at) events.push(engine, from, at);
    engine.hole(hole, HISTORY);
    from = at;
  }
  events.push(engine, from, events.length);
}

interface Flags {
  readonly history: Float64Array;
  readonly live: Float64Array;
}

function firstWrong(
  { trace }: TracedEngine,
  flags: Flags,
  { known }: Course,
  completeness: Completeness & { readonly accounts: Readonly<Record<'history' | 'live', RowAccount>> },
  compared: { rows: number; incomplete: number; again: number },
): CheckResult['first'] | undefined {
  let first: CheckResult['first'] | undefined;
  let before = 1;
  completeness.walk(trace, (row) => {
    compared.rows++;
    for (const side of ['history', 'live'] as const) {
      const to = known[side][row];
      const bars = completeness.isComplete(to);
      const expected = completeness.accounts[side](bars, to);
      if ((flags[side][row] === 1) === expected) continue;
      const why = bars
        ? expected
          ? 'all its bars opened'
          : 'not all rows that it remembers were let out'
        : 'not all its bars opened';
      const message = `row ${row} of a stretch, at ${trace.rows.times[row]}, ${side} side: expected complete ${expected}, because ${why} after ${to}, found ${!expected}`;
      first = { message };
      return false;
    }
    const now = flags.history[row];
    if (now === 0) compared.incomplete++;
    else if (before === 0) compared.again++;
    before = now;
    return true;
  });
  return first;
}
