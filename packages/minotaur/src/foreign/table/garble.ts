/** Other futures of a table: equally long, and another market from a row on. */
import type { Uniform } from 'minotaur-core/internal/base/random';
import { rolesOf, type Role } from './roles.ts';
import { withValues, type ForeignColumn, type ForeignTable } from './table.ts';

/**
 * How a future is another one. `plain`: a random walk of the table's own moves. Hostile ones: `flat`, a market that stands still;
 * `silent`, one without volume; `spike`, one bar at a thousand times the price; `scaled`, everything a hundred times as large.
 */
export type Future = 'plain' | 'flat' | 'silent' | 'spike' | 'scaled';

export const HOSTILE: readonly Future[] = ['flat', 'silent', 'spike', 'scaled'];

/** How much larger than the table's own the values of a future are: rounding of a whole series grows by as much. */
export const MAGNITUDE: Readonly<Record<Future, number>> = { plain: 1, flat: 1, silent: 1, spike: 1000, scaled: 100 };

/** Moves of a garbled market, as multiples of the table's own. */
const WILDER = 3;
const LEAST = 0.8;
const MOST = 1.25;

/** The table with another future from row `from` on. */
export function garble(table: ForeignTable, from: number, future: Future, random: Uniform): ForeignTable {
  const roles = rolesOf(table);
  const find = (role: Role): ForeignColumn | undefined => table.columns.find(({ name }) => roles.get(name) === role);
  const values = new Map<string, Float64Array>();
  if (from >= table.rows) return table;
  const bar = (['open', 'high', 'low', 'close'] as const).map(find);
  const close = bar[3];
  const factor = close && walk(close.values, from, future, random);
  if (close !== undefined && factor !== undefined) barsOf(bar, close, factor, { from, future, random, values });
  for (const column of table.columns) {
    const role = roles.get(column.name) as Role;
    if (values.has(column.name) || role === 'kept') continue;
    if (role === 'price') {
      const moved = factor ?? walk(column.values, from, future, random);
      const base = column.values[from - 1] ?? column.values[from];
      values.set(
        column.name,
        replaced(column, from, (i) => base * moved[i - from]),
      );
    } else values.set(column.name, redrawn(column, from, { future, role, random }));
  }
  return withValues(table, values);
}

/** Prices from row `from` on, as multiples of the last one before it. */
function walk(close: Float64Array, from: number, future: Future, random: Uniform): Float64Array {
  const rows = close.length - from;
  const out = new Float64Array(rows);
  if (future === 'flat') return out.fill(1);
  let typical = 0;
  for (let i = 1; i < close.length; i++) typical += Math.abs(close[i] / close[i - 1] - 1) || 0;
  typical = typical / close.length || 1e-3;
  let at = 1;
  const spike = Math.min(rows - 1, 1 + Math.floor(random() * 20));
  for (let k = 0; k < rows; k++) {
    const drawn = 1 + Math.floor(random() * (close.length - 1));
    const own = close[drawn] / close[drawn - 1] - 1;
    const move = (Number.isFinite(own) ? own : 0) * WILDER + (random() - 0.5) * 2 * typical;
    // Far from where it was, it comes back: a market at zero or at infinity tests arithmetic, not code.
    const back = at > 20 ? -0.01 : at < 0.05 ? 0.01 : 0;
    at *= Math.min(MOST, Math.max(LEAST, 1 + move + back));
    out[k] = (future === 'scaled' ? 100 : 1) * (future === 'spike' && k === spike ? 1000 : 1) * at;
  }
  return out;
}

interface Changing {
  readonly from: number;
  readonly future: Future;
  readonly random: Uniform;
  readonly values: Map<string, Float64Array>;
}

function barsOf(
  [open, high, low]: readonly (ForeignColumn | undefined)[],
  close: ForeignColumn,
  factor: Float64Array,
  { from, future, random, values }: Changing,
): void {
  let base = close.values[from - 1];
  if (!(base > 0 || base < 0)) base = close.values.find((value) => value > 0) ?? 1;
  const closes = replaced(close, from, (i) => base * factor[i - from]);
  const before = (i: number): number => (i === from ? base : closes[i - 1]);
  const wick = (): number => (future === 'flat' ? 0 : random() * 0.004);
  const tops = replaced(close, from, (i) => Math.max(before(i), closes[i]) * (1 + wick()));
  const bottoms = replaced(close, from, (i) => Math.min(before(i), closes[i]) * (1 - wick()));
  const opens = replaced(close, from, before);
  const made = [
    [open, opens],
    [high, tops],
    [low, bottoms],
    [close, closes],
  ] as const;
  for (const [column, garbled] of made)
    if (column !== undefined)
      values.set(
        column.name,
        replaced(column, from, (i) => garbled[i]),
      );
}

/** The column's own values before `from`, others from there on; whole numbers stay whole. */
function replaced({ values, type }: ForeignColumn, from: number, value: (i: number) => number): Float64Array {
  const out = values.slice();
  for (let i = from; i < out.length; i++) out[i] = type === 'integer' ? Math.round(value(i)) : value(i);
  return out;
}

interface Drawing {
  readonly future: Future;
  readonly role: Role;
  readonly random: Uniform;
}

/** Values drawn from the whole column, stretched where it holds more than a few. */
function redrawn(column: ForeignColumn, from: number, { future, role, random }: Drawing): Float64Array {
  const { values, type } = column;
  const isAmount = role === 'amount';
  if (isAmount && future === 'silent') return replaced(column, from, () => 0);
  if (future === 'flat') return replaced(column, from, () => values[Math.max(0, from - 1)]);
  const isFew = type === 'boolean' || type === 'text' || new Set(values.subarray(0, 200)).size <= 8;
  const scale = isFew ? 1 : (0.3 + 2 * random()) * (future === 'scaled' ? 100 : 1);
  return replaced(
    column,
    from,
    () => values[Math.floor(random() * values.length)] * (isFew ? 1 : scale * (0.9 + 0.2 * random())),
  );
}
