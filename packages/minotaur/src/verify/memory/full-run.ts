/** A graph over plain columns, from the first row to the last. */
import { createColumns } from 'minotaur-core/internal/features/contract/columns';
import type { FeatureGraph } from 'minotaur-core/internal/features/contract/graph';
import type { Table } from '../harness/table.ts';

/** Rows computed at a time. Block length means nothing (L1); this keeps the columns in the cache. */
const BLOCK = 256;

/** All columns of `graph` over `given`, which holds its bar columns in their order. Rows are numbered instead of timed. */
export function runGraph(graph: FeatureGraph, given: readonly Float64Array[]): Table {
  const rows = given[0]?.length ?? 0;
  const width = graph.columns.length;
  const columns = createColumns(graph);
  const table = new Float64Array(rows * width);
  for (let row = 0; row < rows; row += BLOCK) {
    const end = Math.min(rows, row + BLOCK);
    for (let r = row; r < end; r++) columns.append();
    given.forEach((values, c) => columns.data[c].set(values.subarray(row, end), columns.done));
    const from = columns.compute();
    for (let c = 0; c < width; c++) {
      const column = columns.data[c];
      for (let r = row; r < end; r++) table[r * width + c] = column[from + r - row];
    }
  }
  return { values: table, times: Float64Array.from({ length: rows }, (_, r) => r) };
}
