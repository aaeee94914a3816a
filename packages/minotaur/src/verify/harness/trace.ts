/** Traces: everything that an engine emits over a stretch of events, kept so that two runs can be compared to the bit. */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import type { BarRows, Engine } from 'minotaur-core/internal/chain/contract';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { RowBlock } from 'minotaur-core/internal/rows/align';
import type { MakeEngine } from './sides.ts';
import { createTable, type GrowingTable, type Table } from './table.ts';

/** What was emitted since the trace was last cleared. */
export interface Trace {
  /** Per clock, with all columns of its graph. */
  readonly bars: ReadonlyMap<string, Table>;
  /** With the columns of {@link rowColumns}. */
  readonly rows: Table;
}

export interface TracedEngine {
  readonly engine: Engine;
  readonly trace: Trace;
  /** While true, what the engine emits is not kept. */
  muted: boolean;
  clear(): void;
  /** The engine's state; valid until it is taken again. */
  save(): Uint8Array;
}

/** An engine that keeps a trace. */
export function traceEngine(make: MakeEngine): TracedEngine {
  const bars = new Map<string, GrowingTable>();
  const rows = createTable();
  const engine = make({
    onBars: (closed) => traced.muted || addBars(bars, closed),
    onRows: (block) => traced.muted || addRows(rows, block),
  });
  for (const clock of engine.plan.clocks) bars.set(clock.name, createTable());
  const clear = (): void => {
    for (const table of [rows, ...bars.values()]) table.clear();
  };
  let state: Uint8Array<ArrayBuffer> | undefined;
  const save = (): Uint8Array => (state = engine.snapshot(state));
  const traced: TracedEngine = { engine, trace: { bars, rows }, muted: false, clear, save };
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

function addRows(table: GrowingTable, { count, width, time, values, ready, complete }: RowBlock): void {
  let at = table.extend(count, width + 2);
  table.times.set(time.subarray(0, count), table.times.length - count);
  for (let r = 0; r < count; r++) {
    table.values.set(values.subarray(r * width, (r + 1) * width), at);
    at += width;
    table.values[at++] = ready[r];
    table.values[at++] = complete[r];
  }
}

/** What the rows of a trace hold. */
export function rowColumns(plan: Plan): readonly string[] {
  return [...plan.columns, 'ready', 'complete'];
}

/** Which rows of a trace are complete, 1 or 0; afterwards the trace says it of all of them. */
export function takeComplete({ rows: { values, times } }: Trace): Float64Array {
  const width = values.length / Math.max(1, times.length);
  return times.map((_, r) => {
    const at = (r + 1) * width - 1;
    const flag = values[at];
    values[at] = 1;
    return flag;
  });
}

/** Number of values that a comparison of this trace looks at. */
export function countValues({ bars, rows }: Trace): number {
  let count = rows.values.length;
  for (const table of bars.values()) count += table.values.length;
  return count;
}
