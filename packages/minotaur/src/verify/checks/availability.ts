/**
 * L5, availability: a row holds only what was known at its time.
 *
 * A violation: a row that holds the bar of an interval which is still open, or an older bar than the newest that was known, or
 * says a wrong age of it. Usual causes: joining on the open of a bar, a bar that closes one trade late, an interval that silence
 * keeps open.
 *
 * Compared: every row is joined anew from the bars, and features of rows are computed anew from what was joined: for each clock the newest bar whose `available_at` is not after the row's time
 * and whose closing event is not after the row's event. Every value has to be that bar's, to the bit, and every age the seconds
 * since it became available. Of another instrument the bar counts from its latency on, and a row is looked at once all bars have come
 * that it would have to hold. Event time is also moved on in silence (`advance`): every interval that has ended by then has to
 * close, to the bits that it has without.
 *
 * Not found: a bar whose own stamps are wrong (`conservation` looks for that); a venue that stamps trades earlier than it sends
 * them.
 */
import { mulberry32 } from 'minotaur-core/internal/base/random';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { result, type Check } from '../harness/check.ts';
import { lowerBound } from 'minotaur-core/internal/trades/tape';
import { firstDivergence } from '../harness/compare.ts';
import { inOrder } from '../harness/in-order.ts';
import { reachOf } from '../harness/reach.ts';
import { sidesOf } from '../harness/sides.ts';
import { HISTORY, type Stretch } from '../harness/stretch.ts';
import type { Table } from '../harness/table.ts';
import { takeComplete, traceEngine, type Trace, type TracedEngine } from '../harness/trace.ts';
import { eventsIn, seeTurns, type Turn } from '../harness/turns.ts';
import { boundariesOf } from './boundaries.ts';
import { createJoinedAnew } from './joined-anew.ts';
import { isAhead, silenceIn, silentTime } from './silence.ts';

/** Events between one watermark and the next, at most. */
const STEP = 60;

/** L5: a row holds only what was available at its time, and its age. */
export const availability: Check = {
  name: 'availability',
  law: 'L5: a row holds the newest bar of each clock that was available at its time, and its right age',
  async run(context) {
    const sides = sidesOf(context);
    const traced = traceEngine(sides.historical);
    // Where trades wait to be put in order, the chain behind that is asked what a watermark changes.
    const behind = inOrder(context);
    const waits = behind.plan !== context.plan;
    const ordered = waits ? traceEngine(behind.historical) : traced;
    const silent = traceEngine(behind.live);
    const random = mulberry32(context.seed + 4);
    const joined = createJoinedAnew(traced.engine.plan);
    const reach = reachOf(context.plan);
    const compared = { events: 0, rows: 0, values: 0, ages: 0, watermarks: 0 };
    for await (const stretch of context.open()) {
      traced.clear();
      silent.clear();
      stretch.push(traced.engine, 0, stretch.length);
      const inOrderStretch = behind.stretch(stretch);
      if (waits) {
        ordered.clear();
        inOrderStretch.push(ordered.engine, 0, stretch.length);
      }
      compared.events += stretch.length;
      context.onProgress?.(stretch.length);
      joined.take(traced.trace);
      if (stretch.turns !== undefined) seeTurns(reach, stretch.turns.list);
      const wait = inOrderStretch.turns === undefined ? waitInSilence : waitInTurns;
      const message =
        joined.look(reach.newest, compared) ?? wait(behind.plan, silent, inOrderStretch, random, compared);
      if (message !== undefined) return result(this, compared, { message });
      // What a watermark may change is held against what was known then by the check `holes`.
      for (const { trace } of [ordered, silent]) takeComplete(trace);
      const first = firstDivergence(behind.plan, ordered.trace, silent.trace);
      if (first) return result(this, compared, first);
    }
    const message = joined.look(() => Infinity, compared);
    return result(this, compared, message === undefined ? null : { message });
  },
};

/** Pushes a stretch and moves event time on now and then; says which interval should have closed by then. */
function waitInSilence(
  plan: Plan,
  { engine, trace }: TracedEngine,
  stretch: Stretch,
  random: () => number,
  compared: { watermarks: number },
): string | undefined {
  const { trades, length } = stretch;
  if (trades === undefined) {
    stretch.push(engine, 0, length);
    return undefined;
  }
  const silence = silenceIn(length, (i) => ({ time: trades.time[i], instrument: '' }));
  const { before } = silence;
  const traded = (i: number, due: number): number => newestBelow(before, i, due);
  for (let i = 0; i < length;) {
    const to = Math.min(length, i + 1 + Math.floor(random() * STEP));
    stretch.push(engine, i, to);
    i = to;
    const time = silentTime(silence, i, random);
    if (time === undefined || !isAhead(engine, time)) continue;
    engine.advance(time);
    compared.watermarks++;
    const missing = firstOpen(plan, trace, plan.instruments[0].name, (due) => traded(i, due), time);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

/** The same of several sources: now and then an instrument is moved on before its next event. */
function waitInTurns(
  plan: Plan,
  { engine, trace }: TracedEngine,
  stretch: Stretch,
  random: () => number,
  compared: { watermarks: number },
): string | undefined {
  const { list, before } = stretch.turns as NonNullable<Stretch['turns']>;
  const events = eventsIn(list);
  const silence = silenceIn(events.length, (i) => ({ time: events[i].latest, instrument: events[i].turn.instrument }));
  const reach = before.copy();
  /** Of each instrument: the newest time of its trades, after each of them. */
  const traded = new Map(plan.instruments.map(({ name }) => [name, [] as number[]]));
  for (let i = 0; i < events.length;) {
    const { instrument } = events[i].turn;
    // Its own next event has to follow, which a hole and a row of a series are not.
    const isSilent = isTimed(events[i].turn);
    const time = isSilent ? silentTime(silence, i, random) : undefined;
    if (time !== undefined && reach.allows(instrument, time)) {
      engine.advance(time, { instrument, ...HISTORY });
      reach.see(instrument, time);
      compared.watermarks++;
      const times = traded.get(instrument) ?? [];
      const newest = (due: number): number => times.findLast((one) => one < due) ?? -Infinity;
      const missing = firstOpen(plan, trace, instrument, newest, time);
      if (missing !== undefined) return missing;
    }
    const to = Math.min(events.length, i + 1 + Math.floor(random() * STEP));
    stretch.push(engine, i, to);
    for (; i < to; i++) {
      const { turn, time: at } = events[i];
      if (isTimed(turn)) reach.see(turn.instrument, at);
      const times = turn.kind === 'trades' ? traded.get(turn.instrument) : undefined;
      times?.push(Math.max(at, times.at(-1) ?? at));
    }
  }
  return undefined;
}

/** Whether its instrument comes to the time of a turn's events. */
const isTimed = ({ kind }: Turn): boolean => kind !== 'hole' && kind !== 'series';

/** The first interval of an instrument that should have closed by `time` and has not; `traded`: its newest trade before a time. */
function firstOpen(
  plan: Plan,
  trace: Trace,
  instrument: string,
  traded: (before: number) => number,
  time: number,
): string | undefined {
  const { adjustments = [] } = plan.instruments.find(({ name }) => name === instrument) ?? {};
  for (const { name, source, ...clock } of plan.clocks) {
    if (source.type !== 'interval' || plan.instruments[clock.instrument]?.name !== instrument) continue;
    const ends = boundariesOf(plan, name);
    if (ends === undefined) continue;
    const closed = (trace.bars.get(name) as Table).times.at(-1) ?? 0;
    const due = ends.before(time + 1);
    // What was open when the instrument began anew has been dropped.
    const anew = adjustments.findLast((one) => one.reset && one.time < due)?.time ?? -Infinity;
    // Only what had trades, or is carried, has to close; a skipped interval leaves nothing.
    if (due > closed && traded(due) >= Math.max(ends.before(due), anew))
      return `clock ${name}: expected the bar that ends at ${due} by a watermark of ${time}, found none`;
  }
  return undefined;
}

/** The last of `times` up to `i`, which never fall, that is below `bound`. */
function newestBelow(times: Float64Array, i: number, bound: number): number {
  return times[lowerBound(times, bound, 0, i + 1) - 1] ?? -Infinity;
}
