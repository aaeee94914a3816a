/** What a planted cause is. */
import type { Random } from 'minotaur-core/internal/base/random';
import type { Market } from './market.ts';

/** A cause that is planted into one column. */
export interface ColumnFault {
  readonly name: string;
  /** Names under which it is rightly told. */
  readonly told: readonly string[];
  /** Columns that it shows itself in. */
  readonly on: readonly string[];
  /** Whether it may be the first of two, and the second. */
  readonly lead?: boolean;
  readonly follow?: boolean;
  plant(values: Float64Array, random: Random, market: Market): Float64Array;
}

/** Two tables of which one has the cause in its keys, or in every column. */
export interface TableFault {
  readonly name: string;
  readonly told: readonly string[];
  plant(market: Market, random: Random): Market;
}

export const between = ({ uniform }: Random, from: number, to: number): number =>
  Math.floor(from + uniform() * (to - from + 1));
export const oneOf = <T>({ uniform }: Random, list: readonly T[]): T => list[Math.floor(uniform() * list.length)];
/** Columns of many values without holes. */
export const FULL = ['close', 'volume', 'ema', 'macd', 'range', 'obv', 'noise', 'high'] as const;
/** The same with a warm-up. */
export const MANY = [...FULL, 'ret', 'std', 'rsi', 'z', 'before'] as const;
/** Those without a trend, on either side of zero. */
export const LEVEL = ['ret', 'macd', 'z', 'noise', 'rsi', 'range', 'std'] as const;
