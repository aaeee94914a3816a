/** Bars for the tests of this room. */
import { exp } from 'minotaur-core/internal/base/elementary/index';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import type { Bars } from './candidates/values.ts';

/** A minute in microseconds. */
export const MINUTE = 60e6;

/** Minutes of a random walk. */
export function market(rows: number, seed: number): Bars {
  const random = mulberry32(seed);
  const normal = (): number => random() + random() + random() + random() - 2;
  const names = ['open_time', 'close_time', 'available_at', 'open', 'high', 'low', 'close', 'volume'];
  const columns = names.map(() => new Float64Array(rows));
  let price = 40_000;
  for (let i = 0; i < rows; i++) {
    const open = price * (1 + 0.0001 * normal());
    const close = open * (1 + 0.001 * normal());
    const high = Math.max(open, close) * (1 + 0.0004 * random());
    const low = Math.min(open, close) * (1 - 0.0004 * random());
    const at = 1_700_000_040e6 + i * MINUTE;
    const bar = [at, at + MINUTE, at + MINUTE, open, high, low, close, 10 * exp(normal())];
    bar.forEach((value, k) => (columns[k][i] = value));
    price = close;
  }
  return { rows, columns: new Map(names.map((name, k) => [name, columns[k]])) };
}
