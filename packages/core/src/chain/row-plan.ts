/** Features of rows, planned: their graph over the columns that the clocks give, and how many rows they need. */
import { fail } from '../base/errors.ts';
import type { Feature } from '../features/contract/expression.ts';
import { buildGraph, type Catalogue, type FeatureGraph } from '../features/contract/graph.ts';
import type { Memory } from '../features/contract/operator.ts';
import { TIME } from '../rows/row-features.ts';
import { featuresOf } from './feature-entries.ts';
import type { ChainConfig } from './section.ts';
import { toleranceOf, type RowsWarmup, type WarmupFeatures } from './warmup.ts';

/** Key of the features of rows, among those of the clocks. */
export const ROWS = 'rows';

/** What a row has beside its values, in every file of rows. */
const RESERVED = ['time', 'symbol', 'ready', 'complete'];

/** Features of rows, as a plan has them. */
export interface RowsPlan {
  /** Its features, each computed once, over those columns of the row that one of them reads. */
  readonly graph: FeatureGraph;
  /** Of each column that the graph is given: its place in the row, -1 for the row's time. */
  readonly reads: readonly number[];
  /** Rows that are needed before one is ready. */
  readonly warmup: RowsWarmup;
}

/** A column of a row that a clock gives. */
interface JoinedColumn {
  readonly name: string;
  readonly memory: Memory;
  readonly family: string;
}

/**
 * The graph of features of rows. Its memory is counted in rows: whatever a column remembers of its own clock is over when that
 * clock is warm, but for what is never over, or never quite.
 */
function planRowGraph(
  features: readonly (string | Feature)[],
  columns: readonly JoinedColumn[],
  catalogue: Catalogue,
  tolerance: number,
): Omit<RowsPlan, 'warmup'> {
  if (columns.some(({ name }) => name === 'time'))
    fail('config', 'features', "columns of clocks other than 'time', which is the row's in features of rows", "'time'");
  const given = ['time', ...columns.map(({ name }) => name)];
  const options = {
    over: 'a column of the row, with its suffix, or time',
    // One that is looked at before its clock has closed enough bars has no value, whatever its row.
    undefinedWhen: new Map(
      columns.map(({ name }) => [name, 'its clock has not closed enough bars, or as it says itself']),
    ),
    families: new Map(columns.map(({ name, family }) => [name, family])),
    memories: new Map(columns.map(({ name, memory }) => [name, nowOf(memory)])),
    tolerance,
  };
  const all = buildGraph(features, given, catalogue, options);
  const read = new Set([...all.nodes.flatMap(({ inputs }) => inputs), ...all.features.map(({ column }) => column)]);
  const used = given.filter((_, c) => read.has(c));
  for (const { name } of all.features)
    if (RESERVED.includes(name))
      fail('config', 'features.rows', `a name other than ${RESERVED.join(', ')}`, `'${name}'`);
  return {
    graph: buildGraph(features, used, catalogue, options),
    reads: used.map((name) => (name === 'time' ? TIME : given.indexOf(name) - 1)),
  };
}

function nowOf(memory: Memory): Memory {
  return memory.class === 'unbounded' ? memory : { ...memory, rows: 1 };
}

/** Columns that clocks give to a row, in order. */
export function joinedColumns(clocks: readonly WarmupFeatures[]): JoinedColumn[] {
  return clocks.flatMap(({ suffix, graph }) => [
    ...graph.features.map(({ name, column, family }) => {
      return { name: name + suffix, memory: graph.columns[column].memory, family };
    }),
    { name: `age${suffix}`, memory: { class: 'finite', rows: 1 } as const, family: 'age' },
  ]);
}

/** The features of rows that are asked for, if any. */
export function planRows(
  config: ChainConfig,
  clocks: readonly WarmupFeatures[],
  catalogue: Catalogue,
): Omit<RowsPlan, 'warmup'> | undefined {
  const features = (config.features[ROWS] ?? []).flatMap((entry) => featuresOf(entry, ROWS));
  if (features.length === 0) return undefined;
  const tolerance = toleranceOf(config);
  const ignored = new Set(config.ready.ignore);
  const columns = joinedColumns(clocks).map(({ name, memory, family }): JoinedColumn => {
    // What rows do not wait for is settled some day, but not when they are ready.
    const settled = !ignored.has(name) || memory.class === 'unbounded';
    return { name, family, memory: settled ? memory : { class: 'fading', rows: 1, tolerance } };
  });
  return planRowGraph(features, columns, catalogue, tolerance);
}
