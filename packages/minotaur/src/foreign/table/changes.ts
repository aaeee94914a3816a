/** Changes of a table beside other futures: later dates, another order, a bar without values, bars that are not there. */
import type { Uniform } from 'minotaur-core/internal/base/random';
import { rolesOf } from './roles.ts';
import { pickRows, withValues, type ForeignTable } from './table.ts';

/** 28 years: the same days of the week and the same leap years. Microseconds. */
const YEARS_LATER = 10_227 * 86_400e6;

/** The same table 28 years later. */
export function later(table: ForeignTable): ForeignTable {
  const columns = table.columns.map((column) =>
    column.type === 'time' ? { ...column, values: column.values.map((value) => value + YEARS_LATER) } : column,
  );
  return { ...table, columns, later: table.later + YEARS_LATER };
}

/** The same rows in a random order. */
export function shuffled(table: ForeignTable, random: Uniform): ForeignTable {
  const order = Int32Array.from({ length: table.rows }, (_, i) => i);
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return pickRows(table, order);
}

/** The rows [from, to) without values; times stay. A column that has only whole numbers has numbers then, as in a data frame. */
export function withoutValues(table: ForeignTable, from: number, to: number): ForeignTable {
  const roles = rolesOf(table);
  const values = new Map<string, Float64Array>();
  for (const { name, type, values: own } of table.columns) {
    if (roles.get(name) === 'kept' || type === 'boolean' || type === 'text') continue;
    const changed = own.slice();
    changed.fill(NaN, from, to);
    values.set(name, changed);
  }
  const changed = withValues(table, values);
  const columns = changed.columns.map((column) =>
    values.has(column.name) && column.type === 'integer' ? { ...column, type: 'number' as const } : column,
  );
  return { ...changed, columns };
}

/** Without the rows [from, to). */
export function withoutRows(table: ForeignTable, from: number, to: number): ForeignTable {
  const kept = Array.from({ length: table.rows }, (_, i) => i).filter((i) => i < from || i >= to);
  return pickRows(table, kept);
}
