/** Runs features over plain columns, cut into blocks as asked: the harness of operator tests and law suites. */
import { catalogue as shipped } from '../packages/core/src/features/catalogue.ts';
import { createColumns } from '../packages/core/src/features/contract/columns.ts';
import { buildGraph, type Catalogue } from '../packages/core/src/features/contract/graph.ts';

export type Table = Readonly<Record<string, ArrayLike<number>>>;

/** Every value of every feature, by feature name. `blocks` are row counts, repeated as needed; default: all at once. */
export function runFeatures(
  features: readonly string[],
  table: Table,
  blocks: readonly number[] = [],
  catalogue: Catalogue = shipped,
): Record<string, Float64Array> {
  const names = Object.keys(table);
  const rows = names.length === 0 ? 0 : table[names[0]].length;
  const graph = buildGraph(features, names, catalogue);
  const columns = createColumns(graph);
  const out: Record<string, Float64Array> = {};
  for (const { name } of graph.features) out[name] = new Float64Array(rows);
  let row = 0;
  for (let b = 0; row < rows; b++) {
    const size = blocks.length === 0 ? rows : Math.max(1, blocks[b % blocks.length]);
    const to = Math.min(rows, row + size);
    for (let r = row; r < to; r++) {
      const at = columns.append();
      names.forEach((name, c) => (columns.data[c][at] = table[name][r]));
    }
    const from = columns.compute();
    for (const { name, column } of graph.features) {
      for (let r = row; r < to; r++) out[name][r] = columns.data[column][from + r - row];
    }
    row = to;
  }
  return out;
}
