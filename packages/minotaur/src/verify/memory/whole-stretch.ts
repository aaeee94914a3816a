/** Late runs over a stretch of rows that is all there is: from the rows asked for to its end. */
import type { FeatureGraph } from 'minotaur-core/internal/features/contract/graph';
import type { Due } from './due.ts';
import { runGraph } from './full-run.ts';
import { createLateRuns, type Contradiction } from './late-runs.ts';
import type { Measured, Watched } from './measured.ts';

export interface WholeStretch {
  readonly graph: FeatureGraph;
  readonly watched: readonly Watched[];
  /** The bar columns of the graph, in its order. */
  readonly given: readonly Float64Array[];
  /** Rows at which late runs start. */
  readonly starts: readonly number[];
  /** Where what they show is added. */
  readonly measured: Measured;
}

/** Measures; the first contradiction, or nothing. */
export function measureStretch({ graph, watched, given, starts, measured }: WholeStretch): Contradiction | undefined {
  const rows = given[0].length;
  const schedule = {
    first: starts,
    createDue: () => everyRowCounts(graph.columns.length, watched),
    isOver: ({ start, due }: { readonly start: number; readonly due: Due }) => start + due.rows === rows,
    next: () => Infinity,
  };
  return createLateRuns({ graph, watched, schedule, measured }).compare(runGraph(graph, given));
}

/** The features of a graph, all of them held to what it adds up for them. */
export function watchFeatures({ features, columns }: FeatureGraph): Watched[] {
  return features.map(({ name, column }) => {
    const { memory: declared, lookback } = columns[column];
    return { name, column, lookback, declared, held: true };
  });
}

/** Of rows that were made so that every row counts: due is what is declared, or, without an end, the first value. */
function everyRowCounts(columns: number, watched: readonly Watched[]): Due {
  const after = new Float64Array(columns).fill(Infinity);
  for (const { column, declared, lookback } of watched) {
    after[column] = declared.class === 'unbounded' ? lookback + 1 : declared.rows;
  }
  const due = { after, rows: 0, look: (_: unknown, from: number, to: number): void => void (due.rows += to - from) };
  return due;
}
