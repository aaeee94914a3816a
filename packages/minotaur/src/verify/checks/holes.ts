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
 * same on both sides, to the bit. Of another instrument a hole counts as its bars do: where the row sees that instrument, a latency
 * before, it had been known.
 *
 * Not found: trades that are missing without a sign, as where ids are not dense. Where late trades are put in order, the chain behind
 * that is asked, over trades in order.
 */
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import type { Hole } from 'minotaur-core/internal/chain/contract';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { result, type Check, type CheckResult } from '../harness/check.ts';
import { firstDivergence } from '../harness/compare.ts';
import { inOrder } from '../harness/in-order.ts';
import { HISTORY, type Stretch } from '../harness/stretch.ts';
import type { Table } from '../harness/table.ts';
import { countValues, takeComplete, traceEngine, type TracedEngine } from '../harness/trace.ts';
import { eventsIn, type TurnEvent } from '../harness/turns.ts';
import { createCompleteness, createRowAccount, type Completeness, type RowAccount } from './completeness.ts';
import { createKnownHoles, type KnownHoles } from './known-holes.ts';
import { isAhead, silenceIn, silentTime } from './silence.ts';
import { tear, type Torn } from './tear.ts';

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
    const world = createWorld(plan);
    let whole = true;
    const compared = { events: 0, rows: 0, values: 0, holes: 0, incomplete: 0, again: 0 };
    for await (const one of context.open()) {
      const given = inOrderOf(one);
      history.clear();
      live.clear();
      // One hole after the other has left the windows, so that rows become complete again.
      const isWhole = whole && completeness.isComplete(world.live.holes.last);
      const torn = isWhole ? tear(given, plan, random) : { events: given, at: NaN, instrument: 0 };
      const told = tryLive(() => driveLive(live, torn, world, random));
      driveHistory(history, torn.events, Array.isArray(told) ? told : []);
      if (!Array.isArray(told)) return result(this, compared, told);
      compared.events += given.length;
      compared.holes = world.live.holes.count;
      context.onProgress?.(given.length);
      const flags = { history: takeComplete(history.trace), live: takeComplete(live.trace) };
      compared.values += countValues(history.trace);
      const first =
        firstDivergence(plan, history.trace, live.trace) ?? firstWrong(history, flags, world, completeness, compared);
      whole = flags.history.at(-1) !== 0;
      if (first !== undefined) return result(this, compared, first);
    }
    return result(this, compared, null, ['events', 'rows', 'holes']);
  },
};

/** What one side can know. */
interface Side {
  readonly holes: KnownHoles;
  /** Of each driving bar whose row has not come: where the last hole of its instrument ended that was known when it closed. */
  readonly known: number[];
  /** Which of its rows have to be complete, given that their bars are. */
  readonly account: RowAccount;
}

/** What is known to be missing, on the live side and in history, which has no watermarks but those that are given. */
interface World {
  readonly plan: Plan;
  /** The instrument of the driving clock. */
  readonly own: number;
  readonly live: Side;
  readonly history: Side;
}

function createWorld(plan: Plan): World {
  const side = (): Side => ({ holes: createKnownHoles(plan), known: [], account: createRowAccount(plan) });
  return { plan, own: plan.clocks[plan.drive].instrument, live: side(), history: side() };
}

/** A hole that was declared, before an event. */
interface Told {
  readonly at: number;
  readonly hole: Hole;
  readonly instrument: string;
}

/** The events of a stretch one by one; undefined where they are bars. */
function eventsOf({ turns, trades }: Stretch, { instruments }: Plan): readonly TurnEvent[] | undefined {
  if (turns !== undefined) return eventsIn(turns.list);
  return trades && eventsIn([{ kind: 'trades', instrument: instruments[0].name, block: trades }]);
}

/** What was told; or that the live side refuses an event, which is for history to say too, or it is a difference. */
function tryLive(drive: () => Told[]): Told[] | { message: string } {
  try {
    return drive();
  } catch (error) {
    if (error instanceof MinotaurError && error.kind === 'input')
      return { message: `the live side refuses an event that history takes: ${error.message}` };
    throw error;
  }
}

function driveLive(traced: TracedEngine, { events, at, instrument }: Torn, world: World, random: () => number): Told[] {
  const { engine, trace } = traced;
  const { plan, own, live, history } = world;
  const list = eventsOf(events, plan);
  const silence =
    list && silenceIn(list.length, (i) => ({ time: list[i].latest, instrument: list[i].turn.instrument }));
  const indexOf = (i: number): number =>
    plan.instruments.findIndex(({ name }) => name === (list?.[i].turn.instrument ?? name));
  const reach = events.turns?.before.copy();
  const told: Told[] = [];
  const closes = trace.bars.get(plan.clocks[plan.drive].name) as Table;
  const [liveBefore, historyBefore] = [live.known.length, history.known.length];
  const note = ({ known, holes: of }: Side, before: number): void => {
    while (known.length - before < closes.times.length) known.push(of.last(own));
  };
  for (let i = 0; i < events.length; i++) {
    const isSeries = list?.[i].turn.kind === 'series';
    const whose = isSeries ? own : indexOf(i);
    const { name } = plan.instruments[whose];
    // Its own next event has to follow, which a hole is not.
    const isSilent =
      silence !== undefined &&
      list?.[i].turn.kind !== 'hole' &&
      list?.[i].turn.kind !== 'series' &&
      i > 0 &&
      random() < WATERMARKS;
    const time = isSilent ? silentTime(silence, i, random) : undefined;
    if (time !== undefined && (reach === undefined ? isAhead(engine, time) : reach.allows(name, time))) {
      engine.advance(time, { instrument: name, ...HISTORY });
      live.holes.advance(whose, time);
      reach?.see(name, time);
    }
    note(live, liveBefore);
    if (i === at) {
      const newest = engine.lastEvent()?.time ?? events.start;
      const hole = { from: newest, to: newest + (random() < 0.3 ? 0 : Math.floor(random() * REACH)) };
      told.push({ at, hole, instrument: plan.instruments[instrument].name });
      engine.hole(hole, { instrument: plan.instruments[instrument].name, ...HISTORY });
      for (const side of [live, history]) side.holes.tell(instrument, hole);
    }
    if (random() < RESTORES) engine.restore(traced.save());
    const before = engine.lastEvent()?.ordinal;
    events.pushOne(engine, i);
    const isTaken = engine.lastEvent()?.ordinal !== before;
    if (list !== undefined && !isSeries)
      for (const side of [live, history]) seeEvent(side.holes, whose, list[i], isTaken);
    if (list !== undefined && !isSeries && list[i].time > -Infinity) reach?.see(name, list[i].time);
    note(live, liveBefore);
    if (whose === own) note(history, historyBefore);
  }
  return told;
}

function seeEvent(known: KnownHoles, instrument: number, { turn, i, time }: TurnEvent, isTaken: boolean): void {
  if (turn.kind === 'advance') known.advance(instrument, turn.time);
  else if (turn.kind === 'hole') known.tell(instrument, turn.hole);
  else if (turn.kind === 'trades' && isTaken) known.see(instrument, turn.block, i);
  else if (turn.kind === 'bars' && isTaken) known.advance(instrument, time);
}

function driveHistory({ engine }: TracedEngine, events: Stretch, told: readonly Told[]): void {
  let from = 0;
  for (const { at, hole, instrument } of told) {
    if (from < at) events.push(engine, from, at);
    engine.hole(hole, { instrument, ...HISTORY });
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
  world: World,
  completeness: Completeness,
  compared: { rows: number; incomplete: number; again: number },
): CheckResult['first'] | undefined {
  const { plan, own } = world;
  let first: CheckResult['first'] | undefined;
  let before = 1;
  completeness.walk(trace, (row) => {
    compared.rows++;
    const time = trace.rows.times[row];
    for (const side of ['history', 'live'] as const) {
      const { known, holes: of, account } = world[side];
      const ends = plan.instruments.map((_, i) =>
        i === own ? known[row] : of.lastAt(i, time - plan.lanes.latency[i]),
      );
      const bars = completeness.isComplete((instrument) => ends[instrument]);
      // Of another instrument features of rows hear by the rows that are not complete.
      const expected = account(bars, known[row]);
      if ((flags[side][row] === 1) === expected) continue;
      const remembered = expected ? 'all its bars opened' : 'not all rows that it remembers were let out';
      const why = bars ? remembered : 'not all its bars opened';
      const message = `row ${row} of a stretch, at ${time}, ${side} side: expected complete ${expected}, because ${why} after ${ends.join(', ')}, found ${!expected}`;
      first = { message };
      return false;
    }
    const now = flags.history[row];
    if (now === 0) compared.incomplete++;
    else if (before === 0) compared.again++;
    before = now;
    return true;
  });
  for (const side of [world.live, world.history]) side.known.splice(0, trace.rows.times.length);
  return first;
}
