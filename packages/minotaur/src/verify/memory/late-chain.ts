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
import type { Table } from '../harness/table.ts';
import { rowColumns, traceEngine, type TracedEngine } from '../harness/trace.ts';
import { createDue, heldColumns, type Due } from './due.ts';
import { createLateRows, type LateRows } from './late-rows.ts';
import { relativeGap } from './measured.ts';

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
  /** Trades (or given bars) of the full run before it. */
  readonly start: number;
  readonly traced: TracedEngine;
  /** Per clock: whether its bars have to be those of the full run. */
  readonly linedUp: readonly boolean[];
  readonly dues: readonly Due[];
  readonly held: readonly (readonly boolean[])[];
  /** Features of rows, where there are any. */
  readonly rows: LateRows | undefined;
}

/** What was compared. */
export interface ChainAmounts {
  rows: number;
  readyRows: number;
  values: number;
  /** Values that still differed when enough bars had closed, but the value is not held to it, or not yet: see due.ts. */
  excused: number;
}

export function createLateChain(make: MakeEngine, start: number, linedUp: readonly boolean[]): LateChain {
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
  const held = traced.engine.plan.clocks.map(({ graph }) => heldColumns(graph));
  return { start, traced, linedUp, dues, held, rows: createLateRows(traced.engine.plan, linedUp) };
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
  if (!tookTheSame(full, after.trades - before.trades, from, after.dropped - before.dropped)) return { over: true };
  const first = firstOtherBar(late, full, amounts) ?? firstOtherRow(late, before.bars, full, amounts);
  const { clocks } = engine.plan;
  const over =
    clocks.every(({ name, warmup }, c) => !late.linedUp[c] || after.bars[name] >= warmup.bars + TAIL) &&
    (late.rows === undefined || late.rows.isOver(TAIL));
  return first === undefined ? { over } : { first, over: true };
}

/** In the stretch in which it starts, the full run took `from` trades more. */
function tookTheSame({ before, after }: FullRun, taken: number, from: number, dropped: number): boolean {
  return after.trades - before.trades === taken + from && after.dropped - before.dropped === dropped;
}

/** Index of the first bar of the full run that the late one has too. */
function firstCommon({ values }: Table, width: number, start: number): number {
  let r = 0;
  while (r * width < values.length && values[r * width + COLUMN.event] <= 2 * start) r++;
  return r;
}

function firstOtherBar(late: LateChain, full: FullRun, amounts: ChainAmounts): Divergence | undefined {
  const { plan } = full.engine;
  let first: Divergence | undefined;
  for (const [c, { name, graph, warmup }] of plan.clocks.entries()) {
    if (!late.linedUp[c]) continue;
    const width = graph.columns.length;
    const a = full.trace.bars.get(name) as Table;
    const b = late.traced.trace.bars.get(name) as Table;
    const skip = firstCommon(a, width, late.start);
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

function firstOtherRow(
  late: LateChain,
  barsBefore: EngineCounts['bars'],
  full: FullRun,
  amounts: ChainAmounts,
): Divergence | undefined {
  const { plan } = full.engine;
  if (!late.linedUp[plan.drive]) return undefined;
  const [a, b] = [full.trace.rows, late.traced.trace.rows];
  const width = rowColumns(plan).length;
  const skip = a.times.length - b.times.length;
  const values = rowValues(plan);
  const compared = values.filter((value) => isComparable(late, value)).length;
  const closed = plan.clocks.map(({ name }) => barsBefore[name]);
  for (let r = 0; r < b.times.length; r++) {
    amounts.rows++;
    bringBars(late, barsBefore, r, closed);
    late.rows?.take(b, r, closed);
    const ready = b.values[r * width + plan.columns.length] === 1;
    if (ready) amounts.readyRows++;
    amounts.values += compared;
    for (let v = 0; v < values.length; v++) {
      const expected = a.values[(skip + r) * width + v];
      const found = b.values[r * width + v];
      if (sameBits(expected, found)) continue;
      const verdict = judge(late, values[v], ready, closed, relativeGap(expected, found, full.scale[v]));
      if (verdict === 'excused') amounts.excused++;
      if (verdict !== 'wrong') continue;
      const row = full.after.rows - a.times.length + skip + r;
      const place = { stage: 'rows', trade: tradeOf(late, r), time: b.times[r], row } as const;
      const what = ready ? 'a row marked ready' : 'a value whose declared rows are over';
      return promised(what, late, { ...place, feature: rowColumns(plan)[v], expected, found });
    }
  }
  return undefined;
}

/** Brings `closed`, the number of bars that each clock of the late chain has closed, to what row `r` of its trace holds. */
function bringBars({ traced }: LateChain, before: EngineCounts['bars'], r: number, closed: number[]): void {
  const { plan } = traced.engine;
  const drive = plan.clocks[plan.drive];
  const driven = traced.trace.bars.get(drive.name) as Table;
  const event = driven.values[r * drive.graph.columns.length + COLUMN.event];
  const time = driven.times[r];
  for (const [c, { name, graph }] of plan.clocks.entries()) {
    const { values, times } = traced.trace.bars.get(name) as Table;
    const width = graph.columns.length;
    let i = closed[c] - before[name];
    if (c === plan.drive) i = r + 1;
    else while (i < times.length && times[i] <= time && values[i * width + COLUMN.event] <= event) i++;
    closed[c] = before[name] + i;
  }
}

/** What to say of a value that differs: it may while its own rows are not due, unless the row is marked ready. */
function judge(
  late: LateChain,
  value: RowValue,
  ready: boolean,
  closed: readonly number[],
  gap: number,
): 'allowed' | 'excused' | 'wrong' {
  if (!isComparable(late, value)) return 'allowed';
  const { clock, column, ignored } = value;
  const { graph, bars, due, held } = progressOf(late, clock, closed);
  const memory = column < 0 ? AGE : graph.columns[column].memory;
  if (memory.class === 'unbounded' || (memory.class === 'fading' && gap <= memory.tolerance)) return 'allowed';
  if (bars < memory.rows) return ready && !ignored ? 'wrong' : 'allowed';
  // Enough bars, but perhaps not enough that counted: a row counts as a bar whether its inputs had values.
  return column >= 0 && (!held[column] || bars < due.after[column]) ? 'excused' : 'wrong';
}

/** How many bars, or rows, the late chain has had of what a value is of, and when that is due. */
function progressOf(
  { traced, dues, held, rows }: LateChain,
  clock: number,
  closed: readonly number[],
): { graph: FeatureGraph; bars: number; due: Due; held: readonly boolean[] } {
  if (clock < 0) return rows as LateRows;
  const { graph, warmup } = traced.engine.plan.clocks[clock];
  return { graph, bars: closed[clock] - warmup.cut, due: dues[clock], held: held[clock] };
}

function tradeOf({ traced, start }: LateChain, r: number): number {
  const { plan } = traced.engine;
  const { name, graph } = plan.clocks[plan.drive];
  const { values } = traced.trace.bars.get(name) as Table;
  return start + Math.floor(values[r * graph.columns.length + COLUMN.event] / 2);
}

/** `what` differs in a late chain, though it has to be the same. */
function promised(what: string, { start }: LateChain, parting: Parting): Divergence {
  return divergenceOf({ ...parting, note: `${what}, in a run that started with trade ${start}` });
}
