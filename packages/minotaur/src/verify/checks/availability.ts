/**
 * L5, availability: a row holds only what was known at its time.
 *
 * A violation: a row that holds the bar of an interval which is still open, or an older bar than the newest that was known, or
 * says a wrong age of it. Usual causes: joining on the open of a bar, a bar that closes one trade late, an interval that silence
 * keeps open.
 *
 * Compared: every row is joined anew from the bars, and features of rows are computed anew from what was joined: for each clock the newest bar whose `available_at` is not after the row's time
 * and whose closing event is not after the row's event. Every value has to be that bar's, to the bit, and every age the seconds
 * since it became available. Event time is also moved on in silence (`advance`): every interval that has ended by then has to
 * close, to the bits that it has without.
 *
 * Not found: a bar whose own stamps are wrong (`conservation` looks for that); a venue that stamps trades earlier than it sends
 * them.
 */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import { sameBits } from 'minotaur-core/internal/base/canonical';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { lowerBound } from 'minotaur-core/internal/trades/tape';
import { result, type Check } from '../harness/check.ts';
import { firstDivergence } from '../harness/compare.ts';
import { inOrder } from '../harness/in-order.ts';
import { createRowColumns, hasRows, type RowColumns } from '../harness/row-columns.ts';
import { sidesOf } from '../harness/sides.ts';
import type { Stretch } from '../harness/stretch.ts';
import type { Table } from '../harness/table.ts';
import { takeComplete, traceEngine, type Trace, type TracedEngine } from '../harness/trace.ts';
import { boundariesOf } from './boundaries.ts';
import { eraOfBar } from './eras.ts';
import { reaches, silentTime } from './silence.ts';

/** Events between one watermark and the next, at most. */
const STEP = 60;

/** The newest bar of a clock that rows have held, kept from one stretch to the next; empty before the first. */
type Newest = Float64Array[];

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
    const { plan } = traced.engine;
    const newest: Newest = plan.clocks.map(() => new Float64Array(0));
    const anew = hasRows(plan) ? createRowColumns(plan) : undefined;
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
      const message =
        joinAnew(plan, traced.trace, newest, compared) ??
        computeAnew(plan, traced.trace, anew, compared) ??
        waitInSilence(behind.plan, silent, inOrderStretch, random, compared);
      if (message !== undefined) return result(this, compared, { message });
      // What a watermark may change is held against what was known then by the check `holes`.
      for (const { trace } of [ordered, silent]) takeComplete(trace);
      const first = firstDivergence(behind.plan, ordered.trace, silent.trace);
      if (first) return result(this, compared, first);
    }
    return result(this, compared, null);
  },
};

function joinAnew(
  plan: Plan,
  trace: Trace,
  newest: Newest,
  compared: { rows: number; values: number; ages: number },
): string | undefined {
  const { name, graph } = plan.clocks[plan.drive];
  const driving = trace.bars.get(name) as Table;
  const next = plan.clocks.map(() => 0);
  const stride = trace.rows.values.length / Math.max(1, trace.rows.times.length);
  for (let r = 0; r < trace.rows.times.length; r++) {
    const time = trace.rows.times[r];
    const event = driving.values[r * graph.columns.length + COLUMN.event];
    const era = eraOfBar(plan, plan.drive, driving.values[r * graph.columns.length + COLUMN.close_time]);
    compared.rows++;
    for (let c = 0, at = r * stride; c < plan.clocks.length; c++) {
      const clock = plan.clocks[c];
      const width = clock.graph.columns.length;
      const { values, times } = trace.bars.get(clock.name) as Table;
      while (next[c] < times.length && times[next[c]] <= time && values[next[c] * width + COLUMN.event] <= event) {
        newest[c] = values.slice(next[c] * width, ++next[c] * width);
      }
      // Nothing is left of what was before the instrument began anew.
      if (eraOfBar(plan, c, newest[c][COLUMN.close_time] ?? time) < era) newest[c] = new Float64Array(0);
      const bar = newest[c];
      for (const { name: feature, column } of clock.graph.features) {
        compared.values++;
        const found = trace.rows.values[at++];
        if (sameBits(found, bar[column] ?? NaN)) continue;
        return `row ${r} of a stretch, at ${time}, ${feature}${clock.suffix}: expected ${bar[column]} of clock ${clock.name}, bar ${bar[COLUMN.ordinal]}, found ${found}`;
      }
      compared.ages++;
      const age = bar.length === 0 ? NaN : (time - bar[COLUMN.available_at]) / MICROS_PER_SECOND;
      const found = trace.rows.values[at++];
      if (!sameBits(found, age))
        return `row ${r} of a stretch, at ${time}, age${clock.suffix}: expected ${age}, found ${found}`;
    }
  }
  // Bars that closed after the last row are news to the next stretch.
  for (let c = 0; c < plan.clocks.length; c++) {
    const width = plan.clocks[c].graph.columns.length;
    const { values, times } = trace.bars.get(plan.clocks[c].name) as Table;
    if (next[c] < times.length) newest[c] = values.slice((times.length - 1) * width);
  }
  return undefined;
}

/** Features of rows, from what the rows hold of the clocks. */
function computeAnew(
  plan: Plan,
  { rows }: Trace,
  anew: RowColumns | undefined,
  compared: { values: number },
): string | undefined {
  if (anew === undefined || !hasRows(plan)) return undefined;
  const { graph } = plan.rows;
  const expected = anew.take(rows, 'expected').values;
  const stride = plan.columns.length + 2;
  const first = plan.columns.length - graph.features.length;
  for (let r = 0; r < rows.times.length; r++) {
    for (const [f, { name, column }] of graph.features.entries()) {
      compared.values++;
      const found = rows.values[r * stride + first + f];
      const own = expected[r * graph.columns.length + column];
      if (!sameBits(found, own))
        return `row ${r} of a stretch, at ${rows.times[r]}, ${name}: expected ${own} of what its rows hold, found ${found}`;
    }
  }
  return undefined;
}

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
  const intervals = plan.clocks.flatMap(({ name, source }) => {
    const ends = source.type === 'interval' ? boundariesOf(plan, name) : undefined;
    return ends === undefined ? [] : [{ name, ends }];
  });
  const resets = plan.instruments[0].adjustments.flatMap(({ reset, time }) => (reset ? [time] : []));
  const silence = reaches(trades.time, length);
  const { before } = silence;
  for (let i = 0; i < length;) {
    const to = Math.min(length, i + 1 + Math.floor(random() * STEP));
    stretch.push(engine, i, to);
    i = to;
    const time = silentTime(silence, i, random);
    if (time === undefined) continue;
    engine.advance(time);
    compared.watermarks++;
    for (const { name, ends } of intervals) {
      const closed = (trace.bars.get(name) as Table).times.at(-1) ?? 0;
      const due = ends.before(time + 1);
      // Only what had trades, or is carried, has to close; a skipped interval leaves nothing.
      // What was open when the instrument began anew has been dropped.
      const anew = resets.findLast((reset) => reset < due) ?? -Infinity;
      const missing = due > closed && newestBelow(before, i, due) >= Math.max(ends.before(due), anew);
      if (missing) return `clock ${name}: expected the bar that ends at ${due} by a watermark of ${time}, found none`;
    }
  }
  return undefined;
}

/** The last of `times` up to `i`, which never fall, that is below `bound`. */
function newestBelow(times: Float64Array, i: number, bound: number): number {
  return times[lowerBound(times, bound, 0, i + 1) - 1] ?? -Infinity;
}
