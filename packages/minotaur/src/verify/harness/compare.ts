/** The first difference between two traces, to the bit, at the earliest stage. */
import { bitsOf, sameBits } from 'minotaur-core/internal/base/canonical';
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { divergenceOf, type Divergence, type Neighbour } from './divergence.ts';
import type { Table } from './table.ts';
import { rowColumns, type Trace } from './trace.ts';

/** Neighbours on either side of a divergence. */
const NEIGHBOURS = 4;

/** Two tables of the same columns. */
interface Pair {
  readonly expected: Table;
  readonly found: Table;
  readonly names: readonly string[];
  /** Of bars; empty for rows. */
  readonly clock: string;
}

/** Both sides to their ends; as far as `expected` goes, so that `found` may have more; or as far as both go. */
export type Extent = 'all' | 'expected' | 'common';

/**
 * The first difference between two traces, by stage: a wrong bar is reported as the bar, not as the hundred features
 * that follow from it. `extent` says how far is compared.
 */
export function firstDivergence(
  plan: Plan,
  expected: Trace,
  found: Trace,
  extent: Extent = 'all',
): Divergence | undefined {
  let first: Divergence | undefined;
  for (const { name, graph } of plan.clocks) {
    const names = graph.columns.map((column) => column.text);
    const tables = { expected: expected.bars.get(name) as Table, found: found.bars.get(name) as Table };
    const difference = compareTables({ ...tables, names, clock: name }, extent);
    if (difference && (first === undefined || difference.time < first.time)) first = difference;
  }
  if (first !== undefined) return first;
  const rows = { expected: expected.rows, found: found.rows, names: rowColumns(plan), clock: '' };
  const inRows = compareTables(rows, extent);
  return inRows && { ...inRows, trade: tradeOfRow(plan, expected, inRows.row) };
}

/** The trade that completed a row: that of the driving clock's bar of the same place, or, where rows may wait, of its time. */
function tradeOfRow(plan: Plan, { bars, rows }: Trace, row: number): number {
  const { name, graph } = plan.clocks[plan.drive];
  const { values, times } = bars.get(name) as Table;
  const bar = plan.instruments.length === 1 ? row : times.indexOf(rows.times[row]);
  return bar >= 0 && bar < times.length ? Math.floor(values[bar * graph.columns.length + COLUMN.event] / 2) : NaN;
}

function compareTables(pair: Pair, extent: Extent): Divergence | undefined {
  const { expected: a, found: b, names } = pair;
  const width = names.length;
  const rows = Math.min(a.times.length, b.times.length);
  for (let r = 0; r < rows; r++) {
    if (a.times[r] !== b.times[r]) return located(pair, r, 'available_at', [a.times[r], b.times[r]]);
    for (let c = 0; c < width; c++) {
      const x = a.values[r * width + c];
      const y = b.values[r * width + c];
      if (!sameBits(x, y)) return located(pair, r, names[c], [x, y]);
    }
  }
  if (extent === 'common' || a.times.length === b.times.length) return undefined;
  if (extent === 'expected' && a.times.length < b.times.length) return undefined;
  const counts = located(pair, rows, '(number of rows)', [a.times.length, b.times.length]);
  return { ...counts, stage: 'count', around: [] };
}

/** What differs in row `row` of a pair, where the one row tells the place. */
function located(pair: Pair, row: number, feature: string, [expected, found]: readonly [number, number]): Divergence {
  const { names, clock } = pair;
  const source = row < pair.expected.times.length ? pair.expected : pair.found;
  const at = (column: number): number => source.values[row * names.length + column];
  const index = names.indexOf(feature);
  const isRow = clock === '';
  return divergenceOf({
    stage: isRow ? 'rows' : index > COLUMN.event ? 'features' : 'bars',
    trade: isRow ? NaN : Math.floor(at(COLUMN.event) / 2),
    time: source.times[row],
    row: isRow ? row : at(COLUMN.ordinal),
    feature,
    clock,
    expected,
    found,
    around: neighbours(pair, row, index),
  });
}

/** Values of column `index` (of the times, where there is no such column) around row `at` of two tables. */
function neighbours({ expected: a, found: b, names, clock }: Pair, at: number, index: number): Neighbour[] {
  const around: Neighbour[] = [];
  const width = names.length;
  const rows = Math.max(a.times.length, b.times.length);
  for (let r = Math.max(0, at - NEIGHBOURS); r <= Math.min(rows - 1, at + NEIGHBOURS); r++) {
    const valueOf = ({ times, values }: Table): number | null =>
      r < times.length ? (index < 0 ? times[r] : values[r * width + index]) : null;
    const [expected, found] = [valueOf(a), valueOf(b)];
    const source = r < a.times.length ? a : b;
    around.push({
      row: clock === '' ? r : source.values[r * width + COLUMN.ordinal],
      time: source.times[r],
      expected,
      found,
      expectedBits: expected === null ? '' : bitsOf(expected),
      foundBits: found === null ? '' : bitsOf(found),
    });
  }
  return around;
}
