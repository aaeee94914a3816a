/**
 * Features of rows computed anew from what the clocks gave to the rows of a trace: for all columns of their graph, which a row does
 * not hold, and to hold what it does hold against.
 */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { ROWS, type RowsPlan } from 'minotaur-core/internal/chain/row-plan';
import { createColumns, type Columns } from 'minotaur-core/internal/features/contract/columns';
import type { FeatureGraph } from 'minotaur-core/internal/features/contract/graph';
import { TIME } from 'minotaur-core/internal/rows/row-features';
import type { Table } from './table.ts';
import { rowColumns, type Trace } from './trace.ts';

/** A plan that has features of rows. */
export type PlanOfRows = Plan & { readonly rows: RowsPlan };

export function hasRows(plan: Plan): plan is PlanOfRows {
  return plan.rows !== undefined;
}

/** What is computed by a plan: the graph of every clock, and that of rows, by the name that it has in reports. */
export function graphsOf({ clocks, rows }: Plan): { readonly name: string; readonly graph: FeatureGraph }[] {
  return [...clocks, ...(rows === undefined ? [] : [{ name: ROWS, graph: rows.graph }])];
}

export interface RowColumns {
  /** All that is remembered of rows so far. */
  readonly columns: Columns;
  /** Takes row `r` of a trace and returns its index in the columns. */
  takeRow(rows: Table, r: number): number;
  /** Takes all rows of a trace: all columns of the graph, and of features what the rows say, or what they should. */
  take(rows: Table, say: 'found' | 'expected'): Table;
}

export function createRowColumns(plan: PlanOfRows): RowColumns {
  const { graph, reads } = plan.rows;
  const columns = createColumns(graph);
  const stride = rowColumns(plan).length;
  const width = graph.columns.length;
  const first = plan.columns.length - graph.features.length;
  const own = {
    columns,
    takeRow({ values, times }: Table, r: number): number {
      const i = columns.append();
      reads.forEach((at, c) => (columns.data[c][i] = at === TIME ? times[r] : values[r * stride + at]));
      return columns.compute();
    },
    take(rows: Table, say: 'found' | 'expected'): Table {
      const values = new Float64Array(rows.times.length * width);
      for (let r = 0; r < rows.times.length; r++) {
        const i = own.takeRow(rows, r);
        for (let c = 0; c < width; c++) values[r * width + c] = columns.data[c][i];
        if (say === 'found')
          graph.features.forEach(({ column }, f) => (values[r * width + column] = rows.values[r * stride + first + f]));
      }
      return { values, times: rows.times };
    },
  };
  return own;
}

/** Of each column of the graph of rows, the clocks that it comes from. */
export function clocksOfColumns({ clocks, rows: { graph, reads } }: PlanOfRows): readonly ReadonlySet<number>[] {
  const clockOf = clocks.flatMap((clock, c) => [...clock.graph.features.map(() => c), c]);
  const sources = graph.columns.map(() => new Set<number>());
  reads.forEach((at, c) => void (at !== TIME && sources[c].add(clockOf[at])));
  for (const { inputs, outputs } of graph.nodes)
    for (const output of outputs) for (const input of inputs) for (const c of sources[input]) sources[output].add(c);
  return sources;
}

/** Columns of the graph that are given to it and say when: the row's time, and those of a clock that are `dated` there. */
export function datedReads(plan: PlanOfRows, dated: (graph: FeatureGraph) => ReadonlySet<number>): ReadonlySet<number> {
  const isDated = plan.clocks.flatMap(({ graph }) => {
    const columns = dated(graph);
    return [...graph.features.map(({ column }) => columns.has(column)), false];
  });
  return new Set(plan.rows.reads.flatMap((at, c) => (at === TIME || isDated[at] ? [c] : [])));
}

/** Of the rows of one trace after the other: the event of the bar of each, twice the ordinal of its trade, and one more where that is part of it. */
export interface RowEvents {
  /** Goes on to a trace; rows that waited come with a later one than their bars. */
  take(trace: Trace): void;
  /** Of row `r` of the trace. */
  of(r: number): number;
}

export function createRowEvents(plan: Plan): RowEvents {
  const { name, graph } = plan.clocks[plan.drive];
  let ahead: number[] = [];
  let gone = 0;
  return {
    take({ bars, rows }) {
      ahead = ahead.slice(gone);
      const { values, times } = bars.get(name) as Table;
      for (let i = 0; i < times.length; i++) ahead.push(values[i * graph.columns.length + COLUMN.event]);
      gone = rows.times.length;
    },
    of: (r) => ahead[r] ?? NaN,
  };
}
