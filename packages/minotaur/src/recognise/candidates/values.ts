/** Values of many expressions over bars, computed at once by one graph. */
import { catalogue } from 'minotaur-core/internal/features/catalogue';
import { createColumns } from 'minotaur-core/internal/features/contract/columns';
import { buildGraph } from 'minotaur-core/internal/features/contract/graph';

/** Bars by the names of their columns, in order of time. */
export interface Bars {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Float64Array>;
}

/** Rows computed at a time. Block length means nothing (L1); this keeps the columns in the cache. */
const BLOCK = 256;

/** What each of `texts` is in rows [from, to), computed from row `start` on. */
export function valuesOf(
  texts: readonly string[],
  { columns: given }: Bars,
  { start, from, to }: { readonly start: number; readonly from: number; readonly to: number },
): Float64Array[] {
  const graph = buildGraph(
    texts.map((text, k) => `${text} as c${k}`),
    [...given.keys()],
    catalogue,
  );
  const columns = createColumns(graph);
  const out = texts.map(() => new Float64Array(to - from));
  for (let row = start; row < to; row += BLOCK) {
    const end = Math.min(to, row + BLOCK);
    for (let r = row; r < end; r++) columns.append();
    [...given.values()].forEach((values, c) => columns.data[c].set(values.subarray(row, end), columns.done));
    const first = columns.compute();
    graph.features.forEach(({ column }, k) => {
      const values = columns.data[column];
      for (let r = Math.max(from, row); r < end; r++) out[k][r - from] = values[first + r - row];
    });
  }
  return out;
}
