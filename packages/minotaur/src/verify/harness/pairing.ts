/** Two runs that emit the same at different events: what both have emitted is compared and let go. */
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { firstDivergence } from './compare.ts';
import type { Divergence } from './divergence.ts';
import { createTable, type GrowingTable, type Table } from './table.ts';
import type { Trace } from './trace.ts';

export interface Pairing {
  /** Takes what either has emitted since. */
  add(expected: Trace, found: Trace): void;
  /** The first difference in what both have emitted; `isEnd`: or in how much. */
  compare(isEnd: boolean): Divergence | undefined;
}

interface Side extends Trace {
  readonly bars: ReadonlyMap<string, GrowingTable>;
  readonly rows: GrowingTable;
}

const createSide = ({ clocks }: Plan): Side => ({
  bars: new Map(clocks.map(({ name }) => [name, createTable()])),
  rows: createTable(),
});

const tablesOf = ({ bars, rows }: Side): GrowingTable[] => [...bars.values(), rows];

export function createPairing(plan: Plan): Pairing {
  const [a, b] = [createSide(plan), createSide(plan)];
  /** Rows that have been let go. */
  let gone = 0;
  return {
    add(expected, found) {
      for (const [side, trace] of [
        [a, expected],
        [b, found],
      ] as const) {
        append(side.rows, trace.rows);
        for (const [name, table] of side.bars) append(table, trace.bars.get(name) as Table);
      }
    },
    compare(isEnd) {
      const first = firstDivergence(plan, a, b, isEnd ? 'all' : 'common');
      if (first !== undefined) return first.clock === '' ? { ...first, row: first.row + gone } : first;
      gone += Math.min(a.rows.times.length, b.rows.times.length);
      const others = tablesOf(b);
      tablesOf(a).forEach((table, t) => {
        const common = Math.min(table.times.length, others[t].times.length);
        table.drop(common);
        others[t].drop(common);
      });
      return undefined;
    },
  };
}

function append(into: GrowingTable, { values, times }: Table): void {
  if (times.length === 0) return;
  const start = into.extend(times.length, values.length / times.length);
  into.values.set(values, start);
  into.times.set(times, into.times.length - times.length);
}
