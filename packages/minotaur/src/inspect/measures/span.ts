/** From when to when, how many, and for how much. */
import { MICROS_PER_DAY, MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import type { Taken } from './taken.ts';

/** What there is. Of no trades times and prices are null. */
export interface SpanReport {
  /** Trades that an engine would take. */
  readonly trades: number;
  /** Time of the first, microseconds. */
  readonly from: number | null;
  /** Time of the last. */
  readonly to: number | null;
  /** From the first to the last. */
  readonly seconds: number;
  /** Days, UTC, that have a trade. */
  readonly days: number;
  /** Base units. */
  readonly volume: number;
  /** Quote units. */
  readonly turnover: number;
  /** Lowest price. */
  readonly low: number | null;
  /** Highest price. */
  readonly high: number | null;
}

export function createSpan() {
  let [trades, from, to, day] = [0, Infinity, -Infinity, -1];
  /** Each once, in whatever order they come. */
  const days = new Set<number>();
  let [volume, turnover, low, high] = [0, 0, Infinity, -Infinity];
  return {
    add({ tape }: Taken): void {
      for (let i = 0; i < tape.length; i++) {
        volume += tape.quantity[i];
        turnover += tape.dollars[i];
        if (tape.price[i] < low) low = tape.price[i];
        if (tape.price[i] > high) high = tape.price[i];
        if (tape.time[i] < from) from = tape.time[i];
        if (tape.time[i] > to) to = tape.time[i];
        const own = Math.floor(tape.time[i] / MICROS_PER_DAY);
        if (own !== day) days.add(own);
        day = own;
      }
      trades += tape.length;
    },
    report(): SpanReport {
      const isEmpty = trades === 0;
      return {
        trades,
        from: isEmpty ? null : from,
        to: isEmpty ? null : to,
        seconds: isEmpty ? 0 : (to - from) / MICROS_PER_SECOND,
        days: days.size,
        volume,
        turnover,
        low: isEmpty ? null : low,
        high: isEmpty ? null : high,
      };
    },
  };
}
