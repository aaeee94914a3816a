/** What a column of a table is in a market: what may be changed in it, and how, so that it is still one. */
import type { ForeignColumn, ForeignTable } from './table.ts';

/**
 * `price`: moves by shares of itself; `open`, `high`, `low`, `close`: of one bar; `amount`: never negative, drawn anew from its
 * own values; `kept`: times, ids and whatever else only rises, which no market changes; `other`: drawn anew.
 */
export type Role = 'open' | 'high' | 'low' | 'close' | 'price' | 'amount' | 'other' | 'kept';

const PRICES = new Set(['price', 'bid', 'ask', 'mid', 'vwap', 'adj close', 'adj_close', 'mark_price', 'index_price']);
const AMOUNTS = /vol|qty|quantity|amount|size|count|trades|turnover|ticks/;
const BAR: Readonly<Record<string, Role>> = { open: 'open', high: 'high', low: 'low', close: 'close' };

/** The role of every column, by name. */
export function rolesOf(table: ForeignTable): ReadonlyMap<string, Role> {
  return new Map(table.columns.map((column) => [column.name, roleOf(column)]));
}

function roleOf({ name, type, values }: ForeignColumn): Role {
  const key = name.toLowerCase();
  if (type === 'time') return 'kept';
  if (BAR[key] !== undefined) return BAR[key];
  if (PRICES.has(key)) return 'price';
  if (type === 'integer' && values.length > 2 && values.every((value, i) => i === 0 || value > values[i - 1]))
    return 'kept';
  if (AMOUNTS.test(key) && type !== 'text') return 'amount';
  return 'other';
}
