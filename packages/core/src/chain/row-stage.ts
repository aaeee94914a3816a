/** Makes what computes the features of rows of a plan. */
import type { RowSink } from '../rows/align.ts';
import { createRowFeatures, type RowFeatures } from '../rows/row-features.ts';
import type { Plan } from './plan.ts';

/** What stands between the aligner and `sink`; nothing where no features of rows are asked for. */
export function rowFeaturesOf({ rows, columns }: Plan, state: Float64Array, sink: RowSink): RowFeatures | undefined {
  if (rows === undefined) return undefined;
  const { graph, reads, warmup } = rows;
  const width = columns.length - graph.features.length;
  return createRowFeatures({ graph, reads, needed: warmup.rows, width, state, sink });
}
