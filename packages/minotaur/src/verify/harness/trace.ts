/**
 * Traces: everything an engine emits over a stretch of events, kept so that two runs can be compared to the bit at every
 * stage, and the first difference named.
 */
import { bitsOf, sameBits } from 'minotaur-core/internal/base/canonical';
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import type { BarRows, Engine, EngineSinks } from 'minotaur-core/internal/chain/contract';
import { createEngine } from '../../node/engine.ts';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { RowBlock } from 'minotaur-core/internal/rows/align';
import { createTable, type GrowingTable, type Table } from './table.ts';

export type { Table } from './table.ts';

/** Makes one chain. What is verified need not be the engine as it ships: an adapter around it, or a planted fault. */
export type MakeEngine = (sinks: EngineSinks) => Engine;

/** What was emitted since the trace was last cleared. */
export interface Trace {
  readonly bars: ReadonlyMap<string, Table>;
  readonly rows: Table;
}

export interface TracedEngine {
  readonly engine: Engine;
  readonly trace: Trace;
  /** While true, what the engine emits is not kept. */
  muted: boolean;
  clear(): void;
}

/** Where two runs part ways. */
export interface Divergence {
  /**
   * `bars`: a column of the bar itself; `features`: a node of the graph; `rows`: the alignment; `inputs`: what a model is
   * given; `predictions`: what comes out; `count`: one run emitted more.
   */
  readonly stage: 'bars' | 'features' | 'rows' | 'inputs' | 'predictions' | 'count';
  /** Ordinal of the trade (or given bar) that closed the bar or completed the row; NaN where there is none. */
  readonly trade: number;
  /** Microseconds. */
  readonly time: number;
  /** Ordinal of the bar or row. */
  readonly row: number;
  readonly feature: string;
  readonly clock: string;
  readonly expected: number;
  readonly found: number;
  readonly expectedBits: string;
  readonly foundBits: string;
  /** What was promised, where the values alone do not say. */
  readonly note?: string;
  /** The same feature a few bars or rows before and after, as far as the stretch at hand has them; empty where one side has more rows. */
  readonly around: readonly Neighbour[];
}

/** A value beside a divergence; null where that side emitted no such row. */
export interface Neighbour {
  readonly row: number;
  /** Microseconds. */
  readonly time: number;
  readonly expected: number | null;
  readonly found: number | null;
  readonly expectedBits: string;
  readonly foundBits: string;
}

/** Neighbours on either side of a divergence. */
const NEIGHBOURS = 4;

/** An engine that keeps a trace: of a configuration, or as `make` makes it; restored from `bytes` where they are given. */
export function traceEngine(make: ConfigInput | string | MakeEngine, bytes?: Uint8Array): TracedEngine {
  const bars = new Map<string, GrowingTable>();
  const rows = createTable();
  const sinks = {
    onBars: (closed: BarRows) => traced.muted || addBars(bars, closed),
    onRows: (block: RowBlock) => traced.muted || addRows(rows, block),
  };
  const engine = typeof make === 'function' ? make(sinks) : createEngine(make, sinks);
  if (bytes !== undefined) engine.restore(bytes);
  for (const clock of engine.plan.clocks) bars.set(clock.name, createTable());
  const clear = (): void => {
    for (const table of [rows, ...bars.values()]) table.clear();
  };
  const traced: TracedEngine = { engine, trace: { bars, rows }, muted: false, clear };
  return traced;
}

function addBars(bars: ReadonlyMap<string, GrowingTable>, { clock, data, from, to }: BarRows): void {
  const table = bars.get(clock) as GrowingTable;
  const width = data.length;
  const start = table.extend(to - from, width);
  const { values, times } = table;
  for (let c = 0; c < width; c++) {
    const column = data[c];
    for (let i = from, at = start + c; i < to; i++, at += width) values[at] = column[i];
  }
  times.set(data[COLUMN.available_at].subarray(from, to), times.length - (to - from));
}

function addRows(table: GrowingTable, { count, width, time, values, ready }: RowBlock): void {
  let at = table.extend(count, width + 1);
  table.times.set(time.subarray(0, count), table.times.length - count);
  for (let r = 0; r < count; r++) {
    table.values.set(values.subarray(r * width, (r + 1) * width), at);
    at += width;
    table.values[at++] = ready[r];
  }
}

/** What the rows of a trace hold. */
export function rowColumns(plan: Plan): readonly string[] {
  return [...plan.columns, 'ready'];
}

/** Number of values that a comparison of this trace looks at. */
export function countValues({ bars, rows }: Trace): number {
  let count = rows.values.length;
  for (const table of bars.values()) count += table.values.length;
  return count;
}

/**
 * The first difference between two traces, by stage: a wrong bar is reported as the bar, not as the hundred features
 * that follow from it. `onlyFirst` compares as far as `expected` goes and lets `found` have more.
 */
export function firstDivergence(plan: Plan, expected: Trace, found: Trace, onlyFirst = false): Divergence | undefined {
  let first: Divergence | undefined;
  for (const { name, graph } of plan.clocks) {
    const names = graph.columns.map((column) => column.text);
    const a = expected.bars.get(name) as Table;
    const b = found.bars.get(name) as Table;
    const difference = compareTables(a, b, names, name, onlyFirst);
    if (difference && (first === undefined || difference.time < first.time)) first = difference;
  }
  if (first !== undefined) return first;
  const inRows = compareTables(expected.rows, found.rows, rowColumns(plan), '', onlyFirst);
  return inRows && { ...inRows, trade: tradeOfRow(plan, expected, inRows.row) };
}

/** The trade that completed a row: that of the driving clock's bar of the same place. */
function tradeOfRow(plan: Plan, { bars }: Trace, row: number): number {
  const { name, graph } = plan.clocks[plan.drive];
  const { values, times } = bars.get(name) as Table;
  return row < times.length ? Math.floor(values[row * graph.columns.length + COLUMN.event] / 2) : NaN;
}

function compareTables(
  a: Table,
  b: Table,
  names: readonly string[],
  clock: string,
  onlyFirst: boolean,
): Divergence | undefined {
  const width = names.length;
  const rows = Math.min(a.times.length, b.times.length);
  for (let r = 0; r < rows; r++) {
    if (a.times[r] !== b.times[r]) return describe(a, b, r, names, 'available_at', clock, a.times[r], b.times[r]);
    for (let c = 0; c < width; c++) {
      const x = a.values[r * width + c];
      const y = b.values[r * width + c];
      if (!sameBits(x, y)) return describe(a, b, r, names, names[c], clock, x, y);
    }
  }
  if (a.times.length === b.times.length || (onlyFirst && a.times.length < b.times.length)) return undefined;
  return {
    ...describe(a, b, rows, names, '(number of rows)', clock, a.times.length, b.times.length),
    stage: 'count',
    around: [],
  };
}

function describe(
  a: Table,
  b: Table,
  row: number,
  names: readonly string[],
  feature: string,
  clock: string,
  expected: number,
  found: number,
): Divergence {
  const source = row < a.times.length ? a : b;
  const at = (column: number): number => source.values[row * names.length + column];
  const index = names.indexOf(feature);
  const stage = clock === '' ? 'rows' : index > COLUMN.event ? 'features' : 'bars';
  return {
    stage,
    trade: clock === '' ? NaN : Math.floor(at(COLUMN.event) / 2),
    time: source.times[row],
    row: clock === '' ? row : at(COLUMN.ordinal),
    feature,
    clock,
    expected,
    found,
    expectedBits: bitsOf(expected),
    foundBits: bitsOf(found),
    around: neighbours(a, b, row, names.length, index, clock === '' ? undefined : COLUMN.ordinal),
  };
}

/** Values of column `index` (of the times, where there is no such column) around row `at` of two tables. */
function neighbours(a: Table, b: Table, at: number, width: number, index: number, ordinal?: number): Neighbour[] {
  const around: Neighbour[] = [];
  const rows = Math.max(a.times.length, b.times.length);
  for (let r = Math.max(0, at - NEIGHBOURS); r <= Math.min(rows - 1, at + NEIGHBOURS); r++) {
    const valueOf = ({ times, values }: Table): number | null =>
      r < times.length ? (index < 0 ? times[r] : values[r * width + index]) : null;
    const [expected, found] = [valueOf(a), valueOf(b)];
    const source = r < a.times.length ? a : b;
    around.push({
      row: ordinal === undefined ? r : source.values[r * width + ordinal],
      time: source.times[r],
      expected,
      found,
      expectedBits: expected === null ? '' : bitsOf(expected),
      foundBits: found === null ? '' : bitsOf(found),
    });
  }
  return around;
}
