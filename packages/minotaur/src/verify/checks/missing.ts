/**
 * What a NaN may do, node by node: it has to have a cause among the inputs of its node, it has to be gone when the declaration
 * says that it is forgotten, and it must not be turned into a value.
 */
import type { FeatureGraph, GraphNode } from 'minotaur-core/internal/features/contract/graph';

interface Watched {
  readonly node: GraphNode;
  /** Rows that have to have been valid, one after the other (`window`) or in all (`skip`), for a value to be due. */
  readonly due: number;
  /** Rows up to the newest in which every input had a value: in a row, and in all. */
  run: number;
  total: number;
}

export interface MissingWatch {
  /** What is wrong with the row at `at` of `values`, or nothing. Rows have to be shown in order. */
  look(values: Float64Array, at: number): string | undefined;
}

export function watchMissing(graph: FeatureGraph): MissingWatch {
  const watched = graph.nodes.map((node): Watched => {
    const { op, params, memory } = node;
    // Over a window a NaN stays as long as the window is; where the memory fades, only the lookback says how long.
    const rows = memory.class === 'finite' ? memory.rows - 1 : 0;
    return { node, due: Math.max(op.lookback(params), op.nan === 'window' ? rows : 0), run: 0, total: 0 };
  });
  return {
    look(values, at) {
      for (const watch of watched) {
        const message = lookAt(watch, graph, values, at);
        if (message !== undefined) return message;
      }
      return undefined;
    },
  };
}

function lookAt(watch: Watched, graph: FeatureGraph, values: Float64Array, at: number): string | undefined {
  const { op, params, inputs, outputs } = watch.node;
  const absent = inputs.find((column) => Number.isNaN(values[at + column]));
  watch.run = absent === undefined ? watch.run + 1 : 0;
  watch.total += absent === undefined ? 1 : 0;
  const rows = op.nan === 'window' ? watch.run : watch.total;
  // What a row-wise or skipping operator reads is the row itself; a lag, over its window, need not look at it.
  const swallows = op.nan === 'skip' || (op.nan === 'window' && op.lookback(params) === 0);
  for (const column of outputs) {
    const { text } = graph.columns[column];
    const value = values[at + column];
    if (absent !== undefined && swallows && !Number.isNaN(value)) {
      return `${text}: expected NaN, because ${graph.columns[absent].text} is, found ${value}`;
    }
    const explained = absent !== undefined || rows <= watch.due || op.undefinedWhen !== undefined;
    if (Number.isNaN(value) && !explained) {
      return `${text}: expected a value, because its inputs have had them for ${rows} rows, found NaN`;
    }
  }
  return undefined;
}

/** Columns that may have a value while one of their inputs has none: a condition, or a choice between two columns. */
export function earlyColumns({ nodes }: FeatureGraph): ReadonlySet<number> {
  const early = new Set<number>();
  for (const { op, inputs, outputs } of nodes) {
    if (op.nan === 'value' || inputs.some((c) => early.has(c))) for (const c of outputs) early.add(c);
  }
  return early;
}
