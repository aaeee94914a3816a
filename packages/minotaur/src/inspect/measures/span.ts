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
  let [trades, from, to, days, day] = [0, NaN, NaN, 0, -1];
  let [volume, turnover, low, high] = [0, 0, Infinity, -Infinity];
  return {
    add({ tape }: Taken): void {
      for (let i = 0; i < tape.length; i++) {
        volume += tape.quantity[i];
        turnover += tape.dollars[i];
        if (tape.price[i] < low) low = tape.price[i];
        if (tape.price[i] > high) high = tape.price[i];
        const own = Math.floor(tape.time[i] / MICROS_PER_DAY);
        if (own !== day) days++;
        day = own;
      }
      if (tape.length === 0) return;
      if (trades === 0) from = tape.time[0];
      to = tape.time[tape.length - 1];
      trades += tape.length;
    },
    report(): SpanReport {
      const isEmpty = trades === 0;
      return {
        trades,
        from: isEmpty ? null : from,
        to: isEmpty ? null : to,
        seconds: isEmpty ? 0 : (to - from) / MICROS_PER_SECOND,
        days,
        volume,
        turnover,
        low: isEmpty ? null : low,
        high: isEmpty ? null : high,
      };
    },
  };
}
