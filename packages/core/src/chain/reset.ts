/** An instrument that begins anew: what is made of its trades is as if the first of them had not come yet. */
import type { Columns } from '../features/contract/columns.ts';

/** Empties clocks: their state, and their columns, in which nothing may wait to be computed. Open bars are dropped. */
export function startAnew(state: Float64Array, tables: readonly Columns[]): void {
  state.fill(0);
  for (const table of tables) table.clear();
}
