/** Features of rows in a chain that started late: what they have seen, counted from where every clock is warm. */
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { FeatureGraph } from 'minotaur-core/internal/features/contract/graph';
import { clocksOfColumns, createRowColumns, hasRows } from '../harness/row-columns.ts';
import type { Table } from '../harness/table.ts';
import { createDue, heldColumns, type Due } from './due.ts';

export interface LateRows {
  readonly graph: FeatureGraph;
  /** Rows so far whose clocks were warm. */
  readonly bars: number;
  readonly due: Due;
  readonly held: readonly boolean[];
  /** Of each column of the graph: whether all clocks that it comes from have the bars of the full run. */
  readonly comparable: readonly boolean[];
  /** Takes row `r` of a trace, in which every clock stands at so many bars. */
  take(rows: Table, r: number, closed: readonly number[]): void;
  /** Whether so many rows have come after the warm-up, or none is compared. */
  isOver(tail: number): boolean;
}

export function createLateRows(plan: Plan, linedUp: readonly boolean[]): LateRows | undefined {
  if (!hasRows(plan)) return undefined;
  const { graph, warmup } = plan.rows;
  const anew = createRowColumns(plan);
  const due = createDue(graph);
  const late = {
    graph,
    bars: 0,
    due,
    held: heldColumns(graph),
    comparable: clocksOfColumns(plan).map((clocks) => [...clocks].every((c) => linedUp[c])),
    take(rows: Table, r: number, closed: readonly number[]): void {
      const i = anew.takeRow(rows, r);
      if (!plan.clocks.every((clock, c) => closed[c] >= clock.warmup.bars)) return;
      late.bars++;
      due.look(anew.columns.data, i, i + 1);
    },
    isOver: (tail: number) => !linedUp[plan.drive] || late.bars >= warmup.rows + tail,
  };
  return late;
}
