/**
 * Whole chains started at a later event, beside the full run: bars that have to be the same are, and a row that is marked
 * ready is the row of the full run.
 *
 * Which bars have to be the same is a matter of where the start falls. Bars by time always are. A threshold bar is where the
 * start falls between two of them and nothing is carried over; bars of bars where theirs are and none of them is open. The rest
 * (bars with overshoot carried, imbalance and run bars, a second dollar clock that is in the middle of a bar) are cut otherwise,
 * and only their features can be compared: late-features.ts does.
 */
import { sameBits } from 'minotaur-core/internal/base/canonical';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import type { EngineCounts } from 'minotaur-core/internal/chain/contract';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { FeatureGraph } from 'minotaur-core/internal/features/contract/graph';
import type { Memory } from 'minotaur-core/internal/features/contract/operator';
import { divergenceOf, type Divergence, type Parting } from '../harness/divergence.ts';
import type { MakeEngine } from '../harness/sides.ts';
import type { Stretch } from '../harness/stretch.ts';
import { createBarsAhead, type BarsAhead } from '../harness/bars-ahead.ts';
import { createTable, type GrowingTable, type Table } from '../harness/table.ts';
import { rowColumns, traceEngine, type TracedEngine } from '../harness/trace.ts';
import { createDue, heldColumns, type Due } from './due.ts';
import { createLateRows, type LateRows } from './late-rows.ts';
import { relativeGap } from './measured.ts';
import { placesIn, type Start } from './places.ts';

/** Bars that a late chain goes on when every clock is warm. */
const TAIL = 300;

/** The full run over one stretch. */
export interface FullRun extends TracedEngine {
  /** Counts before and after the stretch. */
  readonly before: EngineCounts;
  readonly after: EngineCounts;
  /** Largest value of each column of the rows so far. */
  readonly scale: Float64Array;
}

export interface LateChain {
  /** Trades (or given bars) of the full run before it, of each instrument. */
  readonly starts: readonly number[];
  readonly traced: TracedEngine;
  /** Per clock: whether its bars have to be those of the full run. */
  readonly linedUp: readonly boolean[];
  readonly dues: readonly Due[];
  readonly held: readonly (readonly boolean[])[];
  /** Features of rows, where there are any. */
  readonly rows: LateRows | undefined;
  /** Bars of the late chain, as its rows come to them, and how many of each clock they have come to. */
  readonly ahead: BarsAhead;
  readonly closed: number[];
  /** Rows of the full run from its first on that the late one has not emitted yet. */
  readonly expected: GrowingTable;
}

/** What was compared. */
export interface ChainAmounts {
  rows: number;
  readyRows: number;
  values: number;
  /** Values that still differed when enough bars had closed, but the value is not held to it, or not yet: see due.ts. */
  excused: number;
}

export function createLateChain(make: MakeEngine, { starts, linedUp }: Start): LateChain {
  const dues: Due[] = [];
  const traced = traceEngine((sinks) =>
    make({
      ...sinks,
      onBars(bars) {
        const { clocks } = traced.engine.plan;
        const c = clocks.findIndex(({ name }) => name === bars.clock);
        let { from } = bars;
        // What the start cut is no row to go by.
        while (from < bars.to && bars.data[COLUMN.ordinal][from] < clocks[c].warmup.cut) from++;
        dues[c].look(bars.data, from, bars.to);
        sinks.onBars?.(bars);
      },
    }),
  );
  for (const { graph } of traced.engine.plan.clocks) dues.push(createDue(graph));
  const { plan } = traced.engine;
  return {
    starts,
    traced,
    linedUp,
    dues,
    held: plan.clocks.map(({ graph }) => heldColumns(graph)),
    rows: createLateRows(plan, linedUp),
    ahead: createBarsAhead(plan, 0),
    closed: plan.clocks.map(() => 0),
    expected: createTable(),
  };
}

/**
 * Hands the stretch from `from` on to the late chain and compares. `over`: there is nothing more to see, or the two took other
 * trades, because what is a duplicate or late depends on what came before.
 */
export function followStretch(
  late: LateChain,
  stretch: Stretch,
  from: number,
  full: FullRun,
  amounts: ChainAmounts,
): { readonly first?: Divergence; readonly over: boolean } {
  const { engine, clear } = late.traced;
  clear();
  const before = engine.counts();
  try {
    stretch.push(engine, from, stretch.length);
  } catch (error) {
    if (error instanceof MinotaurError && error.kind === 'input') return { over: true };
    throw error;
  }
  const after = engine.counts();
  const places = placesIn(stretch, engine.plan, full.before);
  const skipped = sumOf(places.startsAt(from)) - sumOf(places.startsAt(0));
  if (!tookTheSame(full, after.trades - before.trades, skipped, after.dropped - before.dropped)) return { over: true };
  late.ahead.take(late.traced.trace);
  takeExpected(late, full);
  const first = firstOtherBar(late, full, amounts) ?? firstOtherRow(late, before.rows, full, amounts);
  const { clocks } = engine.plan;
  const over =
    clocks.every(({ name, warmup }, c) => !late.linedUp[c] || after.bars[name] >= warmup.bars + TAIL) &&
    (late.rows === undefined || late.rows.isOver(TAIL));
  return first === undefined ? { over } : { first, over: true };
}

const sumOf = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0);

/** Rows of the late run before its first are those of the full run that its own do not make up, those that wait included. */
function takeExpected({ traced, expected }: LateChain, { trace, after, before }: FullRun): void {
  const { rows, waitingRows } = traced.engine.counts();
  const first = after.rows + after.waitingRows - rows - waitingRows;
  const { values, times } = trace.rows;
  const skip = Math.min(times.length, Math.max(0, first - before.rows));
  if (skip === times.length) return;
  const width = values.length / times.length;
  const at = expected.extend(times.length - skip, width);
  expected.values.set(values.subarray(skip * width), at);
  expected.times.set(times.subarray(skip), expected.times.length - (times.length - skip));
}

/** In the stretch in which it starts, the full run took `skipped` trades more. */
function tookTheSame({ before, after }: FullRun, taken: number, skipped: number, dropped: number): boolean {
  return after.trades - before.trades === taken + skipped && after.dropped - before.dropped === dropped;
}

/** Index of the first bar of the full run that the late one has too. */
function firstCommon(full: Table, late: Table, width: number, start: number): number {
  let r = 0;
  while (full.values[r * width + COLUMN.event] <= 2 * start) r++;
  // Behind a weekend the bar that is the first of the late run ends the week before as well, of which that run has nothing.
  const before = barsAt(full, width, 2 * start + 1) - barsAt(late, width, 1);
  return r + Math.max(0, before);
}

/** Bars that an event ended. */
function barsAt({ values, times }: Table, width: number, event: number): number {
  let count = 0;
  for (let r = 0; r < times.length && values[r * width + COLUMN.event] <= event; r++)
    if (values[r * width + COLUMN.event] === event) count++;
  return count;
}

function firstOtherBar(late: LateChain, full: FullRun, amounts: ChainAmounts): Divergence | undefined {
  const { plan } = full.engine;
  let first: Divergence | undefined;
  for (const [c, { name, graph, warmup, instrument }] of plan.clocks.entries()) {
    if (!late.linedUp[c]) continue;
    const width = graph.columns.length;
    const a = full.trace.bars.get(name) as Table;
    const b = late.traced.trace.bars.get(name) as Table;
    const skip = firstCommon(a, b, width, late.starts[instrument]);
    const columns = comparedBarColumns(plan, c);
    const rows = Math.max(a.times.length - skip, b.times.length);
    for (let r = 0; r < rows; r++) {
      // A bar that one of the two has not is NaN throughout.
      const expected = (column: number): number => a.values[(skip + r) * width + column] ?? NaN;
      const found = (column: number): number => b.values[r * width + column] ?? NaN;
      if (found(COLUMN.ordinal) < warmup.cut) continue;
      amounts.values += columns.length;
      const column = columns.find((one) => !sameBits(expected(one), found(one)));
      if (column === undefined) continue;
      const time = a.times[skip + r] ?? b.times[r];
      if (first !== undefined && first.time <= time) break;
      first = promised('a bar that has to be that of the full run', late, {
        stage: 'bars',
        trade: Math.floor(expected(COLUMN.event) / 2),
        time,
        row: expected(COLUMN.ordinal),
        feature: graph.columns[column].text,
        clock: name,
        expected: expected(column),
        found: found(column),
      });
      break;
    }
  }
  return first;
}

/** Columns of a bar that do not count from the start. */
function comparedBarColumns({ clocks }: Plan, c: number): number[] {
  const { graph } = clocks[c];
  const made = new Set(graph.nodes.flatMap(({ outputs }) => outputs));
  return graph.columns.flatMap(({ memory }, i) => (made.has(i) || memory.class === 'unbounded' ? [] : [i]));
}

/** How long an age remembers: the newest bar. */
const AGE: Memory = { class: 'finite', rows: 1 };

/** One value of a row: of which clock and column of its graph, or its age; or of the graph of rows. */
interface RowValue {
  /** -1: of rows. */
  readonly clock: number;
  /** -1: the age. */
  readonly column: number;
  /** Whether the user does not want rows to wait for it. */
  readonly ignored: boolean;
}

function rowValues({ clocks, rows }: Plan): RowValue[] {
  const valuesOf = (clock: number, { features }: FeatureGraph, ignored: readonly string[]): RowValue[] =>
    features.map(({ name, column }) => ({ clock, column, ignored: ignored.includes(name) }));
  return [
    ...clocks.flatMap(({ graph, warmup }, clock) => [
      ...valuesOf(clock, graph, warmup.ignored),
      { clock, column: -1, ignored: false },
    ]),
    ...(rows === undefined ? [] : valuesOf(-1, rows.graph, rows.warmup.ignored)),
  ];
}

/** Whether a value has to be that of the full run in the end. */
function isComparable({ linedUp, rows }: LateChain, { clock, column }: RowValue): boolean {
  return clock < 0 ? rows?.comparable[column] === true : linedUp[clock];
}

/** Compares the rows that the late run has emitted, of which there were `before`. */
function firstOtherRow(late: LateChain, before: number, full: FullRun, amounts: ChainAmounts): Divergence | undefined {
  const { plan } = full.engine;
  if (!late.linedUp[plan.drive]) return undefined;
  const [a, b] = [late.expected, late.traced.trace.rows];
  const width = rowColumns(plan).length;
  const values = rowValues(plan);
  const compared = values.filter((value) => isComparable(late, value)).length;
  const { rows, waitingRows } = late.traced.engine.counts();
  const firstRow = full.after.rows + full.after.waitingRows - rows - waitingRows + before;
  for (let r = 0; r < b.times.length; r++) {
    amounts.rows++;
    const event = late.ahead.next(b.times[r], (clock) => late.closed[clock]++);
    late.rows?.take(b, r, late.closed);
    const ready = b.values[r * width + plan.columns.length] === 1;
    if (ready) amounts.readyRows++;
    amounts.values += compared;
    for (let v = 0; v < values.length; v++) {
      const expected = a.values[r * width + v];
      const found = b.values[r * width + v];
      if (sameBits(expected, found)) continue;
      const verdict = judge(late, values[v], ready, relativeGap(expected, found, full.scale[v]));
      if (verdict === 'excused') amounts.excused++;
      if (verdict !== 'wrong') continue;
      const trade = late.starts[plan.clocks[plan.drive].instrument] + Math.floor(event / 2);
      const place = { stage: 'rows', trade, time: b.times[r], row: firstRow + r } as const;
      const what = ready ? 'a row marked ready' : 'a value whose declared rows are over';
      return promised(what, late, { ...place, feature: rowColumns(plan)[v], expected, found });
    }
  }
  a.drop(b.times.length);
  return undefined;
}

/** What to say of a value that differs: it may while its own rows are not due, unless the row is marked ready. */
function judge(late: LateChain, value: RowValue, ready: boolean, gap: number): 'allowed' | 'excused' | 'wrong' {
  if (!isComparable(late, value)) return 'allowed';
  const { clock, column, ignored } = value;
  const { graph, bars, due, held } = progressOf(late, clock);
  const memory = column < 0 ? AGE : graph.columns[column].memory;
  if (memory.class === 'unbounded' || (memory.class === 'fading' && gap <= memory.tolerance)) return 'allowed';
  if (bars < memory.rows) return ready && !ignored ? 'wrong' : 'allowed';
  // Enough bars, but perhaps not enough that counted: a row counts as a bar whether its inputs had values.
  return column >= 0 && (!held[column] || bars < due.after[column]) ? 'excused' : 'wrong';
}

/** How many bars, or rows, the late chain has had of what a value is of, and when that is due. */
function progressOf(
  { traced, dues, held, rows, closed }: LateChain,
  clock: number,
): { graph: FeatureGraph; bars: number; due: Due; held: readonly boolean[] } {
  if (clock < 0) return rows as LateRows;
  const { graph, warmup } = traced.engine.plan.clocks[clock];
  return { graph, bars: closed[clock] - warmup.cut, due: dues[clock], held: held[clock] };
}

/** `what` differs in a late chain, though it has to be the same. */
function promised(what: string, { starts, traced }: LateChain, parting: Parting): Divergence {
  const { instruments } = traced.engine.plan;
  const whose = instruments.map(({ name }, i) => (instruments.length === 1 ? starts[i] : `${starts[i]} of ${name}`));
  return divergenceOf({ ...parting, note: `${what}, in a run that started with trade ${whose.join(', ')}` });
}
