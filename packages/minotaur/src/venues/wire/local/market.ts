/** The trades of one symbol as a venue on this machine has them: what has happened, and what happens next. */
import type { Trade } from 'minotaur-core/internal/trades/trade';
import type { RestAsk } from './dialect.ts';

/** Trades that REST goes back to. */
const KEPT = 1_000_000;

export interface Market {
  /** The next trades, at most `count`, with times up to `until`; they have happened then. */
  next(count: number, until: number, now: number): readonly Trade[];
  /** Time of the next; Infinity where there is none. */
  readonly nextTime: number;
  /** What has happened, the newest last. */
  readonly happened: readonly Trade[];
  /** What REST has: of those that happened `lag` milliseconds ago and before. */
  page(ask: RestAsk, now: number, lag: number): readonly Trade[];
}

export function createMarket(trades: Iterable<Trade>): Market {
  const source = trades[Symbol.iterator]();
  let happened: Trade[] = [];
  let at: number[] = [];
  let ahead = source.next();
  const nextTime = (): number => (ahead.done === true ? Infinity : ahead.value.time);
  return {
    get happened() {
      return happened;
    },
    get nextTime() {
      return nextTime();
    },
    next(count, until, now) {
      const from = happened.length;
      while (happened.length < from + count && ahead.done !== true && ahead.value.time <= until) {
        happened.push(ahead.value);
        at.push(now);
        ahead = source.next();
      }
      const taken = happened.slice(from);
      if (happened.length > 2 * KEPT) {
        happened = happened.slice(-KEPT);
        at = at.slice(-KEPT);
      }
      return taken;
    },
    page({ fromId, beforeId, since, limit }, now, lag) {
      let end = happened.length;
      while (end > 0 && at[end - 1] > now - lag) end--;
      if (fromId !== undefined) {
        const from = placeOf(happened, end, ({ id }) => Number(id) >= fromId);
        return happened.slice(from, Math.min(end, from + limit));
      }
      if (since !== undefined) {
        const from = placeOf(happened, end, ({ time }) => time >= since);
        let to = Math.min(end, from + limit);
        // A page that ends within a time could not be gone on from by time.
        while (to < end && happened[to].time === happened[to - 1].time) to++;
        return happened.slice(from, to);
      }
      const to = beforeId === undefined ? end : placeOf(happened, end, ({ id }) => Number(id) >= beforeId);
      return happened.slice(Math.max(0, to - limit), to);
    },
  };
}

/** The first of `[0, end)` that is there yet; they are in order. */
function placeOf(trades: readonly Trade[], end: number, isThere: (trade: Trade) => boolean): number {
  let [low, high] = [0, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isThere(trades[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
