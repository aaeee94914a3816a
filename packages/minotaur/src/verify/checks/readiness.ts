/**
 * L6, readiness: a value is NaN exactly while its lookback is unfilled, or where its inputs say so.
 *
 * A violation: a value that exists before the window it is of is full, or is still missing afterwards; a NaN that never goes
 * away; a NaN that was turned into a number; an infinity. Usual causes: `min_periods`, a seed, a division by a volume of zero, a
 * recursion that a single gap has poisoned.
 *
 * Compared: every value of every bar, and of what is computed of rows, against its declared lookback; node by node a NaN against the NaNs of its inputs and the
 * declaration of what one does; every value against infinity.
 *
 * Not found: a wrong value where there has to be one. Columns whose lookback the input was too short to fill are counted
 * (`neverFilled`).
 */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import type { FeatureGraph } from 'minotaur-core/internal/features/contract/graph';
import { result, type Check } from '../harness/check.ts';
import { createRowColumns, hasRows } from '../harness/row-columns.ts';
import { sidesOf } from '../harness/sides.ts';
import type { Table } from '../harness/table.ts';
import { traceEngine, type TracedEngine } from '../harness/trace.ts';
import { earlyColumns, watchMissing, type MissingWatch } from './missing.ts';

/** L6: a value is NaN exactly while its lookback is unfilled, or where it is declared undefined. */
export const readiness: Check = {
  name: 'readiness',
  law: 'L6: a value is NaN exactly while its declared lookback is unfilled, or where its declaration says it is undefined',
  async run(context) {
    const traced = traceEngine(sidesOf(context).historical);
    const compared = { events: 0, bars: 0, values: 0, neverFilled: 0 };
    const subjects = subjectsOf(traced);
    for await (const stretch of context.open()) {
      traced.clear();
      stretch.push(traced.engine, 0, stretch.length);
      compared.events += stretch.length;
      context.onProgress?.(stretch.length);
      const first = checkAll(subjects, compared);
      if (first !== undefined) return result(this, compared, { message: first });
    }
    compared.neverFilled = countNeverFilled(traced);
    return result(this, compared, null);
  },
};

/** What has a graph: every clock, and the rows. */
interface Subject {
  /** As its values are called in messages. */
  readonly called: (ordinal: number) => string;
  readonly graph: FeatureGraph;
  /** Of what came since the first. */
  watch: MissingWatch;
  /** The bars or rows of a stretch, all columns of the graph. */
  readonly table: () => Table;
  /** How many came before row `r` of the table, since the cold start. */
  readonly ordinal: (table: Table, r: number) => number;
}

function subjectsOf({ engine: { plan }, trace }: TracedEngine): Subject[] {
  const clocks = plan.clocks.map(({ name, graph }): Subject => ({
    called: (ordinal) => `clock ${name}, bar ${ordinal}`,
    graph,
    watch: watchMissing(graph),
    table: () => trace.bars.get(name)!,
    ordinal: ({ values }, r) => values[r * graph.columns.length + COLUMN.ordinal],
  }));
  if (!hasRows(plan)) return clocks;
  const { graph } = plan.rows;
  const anew = createRowColumns(plan);
  let rows = 0;
  const table = (): Table => {
    rows += trace.rows.times.length;
    return anew.take(trace.rows, 'found');
  };
  const called = (ordinal: number): string => `row ${ordinal}`;
  const ordinal = ({ times }: Table, r: number): number => rows - times.length + r;
  return [...clocks, { called, graph, watch: watchMissing(graph), table, ordinal }];
}

function checkAll(subjects: readonly Subject[], compared: { bars: number; values: number }): string | undefined {
  for (const subject of subjects) {
    const message = check(subject, compared);
    if (message !== undefined) return message;
  }
  return undefined;
}

function check(subject: Subject, compared: { bars: number; values: number }): string | undefined {
  const { called, graph, table: tableOf, ordinal: ordinalOf } = subject;
  const table = tableOf();
  const width = graph.columns.length;
  const early = earlyColumns(graph);
  for (let r = 0; r < table.times.length; r++) {
    const ordinal = ordinalOf(table, r);
    // Of what was before an instrument began anew nothing is left.
    if (ordinal === 0) subject.watch = watchMissing(graph);
    compared.bars++;
    for (let c = 0; c < width; c++) {
      const { text, lookback, undefinedWhen } = graph.columns[c];
      const found = table.values[r * width + c];
      const missing = Number.isNaN(found);
      compared.values++;
      if (Math.abs(found) === Infinity) return `${called(ordinal)}, ${text}: expected a number, found ${found}`;
      if (missing === ordinal < lookback || (missing ? undefinedWhen !== undefined : early.has(c))) continue;
      const should = ordinal < lookback ? 'NaN' : 'a value';
      return `${called(ordinal)}, ${text} (lookback ${lookback}): expected ${should}, found ${found}`;
    }
    const message = subject.watch.look(table.values, r * width);
    if (message !== undefined) return `${called(ordinal)}, ${message}`;
  }
  return undefined;
}

/** Columns whose lookback the input was too short to fill: said, because nothing about their values was checked. */
function countNeverFilled({ engine }: TracedEngine): number {
  const { bars, rows } = engine.counts();
  const { clocks, rows: ofRows } = engine.plan;
  const unfilled = ({ columns }: FeatureGraph, had: number): number =>
    columns.filter(({ lookback }) => lookback >= had).length;
  const own = ofRows === undefined ? 0 : unfilled(ofRows.graph, rows);
  return clocks.reduce((sum, { name, graph }) => sum + unfilled(graph, bars[name]), own);
}
