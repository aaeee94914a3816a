/**
 * Which barrier each entry reaches first, in one pass over what happened after it.
 *
 * Entries whose barriers are not reached yet wait in two heaps, the nearest upper and the nearest lower barrier on top, and
 * in a queue for their time limits. An event takes out what it resolves; an entry that the other heap still holds is dropped
 * when it comes to the top there. Any entry is pushed and popped once per heap: O(events + entries log entries).
 */
import { fail } from '../base/errors.ts';
import { formatTime } from '../base/time.ts';
import { createRowHeap } from './labels-heap.ts';

/** What an entry reached: `none` where the data ended first, or where there was no entry. */
export const BARRIERS = ['none', 'target', 'stop', 'time'] as const;
export const [NONE, TARGET, STOP, TIME] = [0, 1, 2, 3];

/** Entries in order of time, one per row, and where their barriers stand; made one after the other, when their time comes. */
export interface Entries {
  /** The earliest time of each entry, microseconds; never falls. */
  readonly due: Float64Array;
  /** When it was, microseconds, at or after that; NaN before it is made. */
  readonly time: Float64Array;
  /** NaN: no entry. */
  readonly price: Float64Array;
  /** Prices above and below the entry's; infinite where there is no barrier. */
  readonly upper: Float64Array;
  readonly lower: Float64Array;
  /** Whether the upper barrier is the target: a long position. */
  readonly upperIsTarget: boolean;
  /** Time limit of each entry, microseconds, itself still inside; never falls. Infinite where there is none. */
  readonly limit: Float64Array;
  /** From this entry on, the true limit is later than the one stated, and what reaches that one stays unresolved. */
  readonly unlimitedFrom: number;
  /** 1 where there is an entry to make, or one was made. */
  readonly may: Uint8Array;
  /** The prices of entries that are made when they are due; absent: they are made at what happens from then on. */
  readonly closes?: Float64Array | undefined;
  /** Makes the entry of row `i`; those before it have been made. */
  enter(i: number, time: number, price: number): void;
}

export interface Touches {
  /** Indices into {@link BARRIERS}. */
  readonly barrier: Uint8Array;
  /** When it became known, microseconds; NaN where nothing was reached. */
  readonly time: Float64Array;
  /** The price that decided: of the trade, or of the bar; NaN where nothing was reached. */
  readonly price: Float64Array;
  /** 1 where one bar spans both barriers, so that the stop was assumed. */
  readonly ambiguous: Float64Array;
}

/** Rows [0, length) of trades in order of time: a tape, or part of a block. */
export interface TradePrices {
  readonly length: number;
  readonly time: Float64Array;
  readonly price: Float64Array;
}

/** Bars in order of available_at, as columns. */
export interface BarPrices {
  readonly length: number;
  readonly open_time: Float64Array;
  readonly available_at: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

export interface FirstTouch {
  /**
   * A trade counts for entries before its time: one of the same microsecond is not after the entry. Those that wait for a trade
   * are made at the first one at or after they are due.
   */
  addTrades(trades: TradePrices): void;
  /**
   * A bar counts for entries at or before its open_time, and, under a time limit, where it is available by then. Entries that wait
   * are made at the open of the first one that opens at or after they are due.
   */
  addBars(bars: BarPrices): void;
  /** What has been reached so far. */
  readonly touches: Touches;
}

export function createFirstTouch(entries: Entries): FirstTouch {
  return new HeapFirstTouch(entries);
}

class HeapFirstTouch implements FirstTouch {
  readonly touches: Touches;
  readonly #entries: Entries;
  readonly #resolved: Uint8Array;
  readonly #uppers = createRowHeap();
  /** Keys are negated: the highest lower barrier is on top. */
  readonly #lowers = createRowHeap();
  /** Entries before this one have been made. */
  #made = 0;
  /** Those before this one have been passed by an event, so that they wait in heaps; those before #queue are past their limit. */
  #entered = 0;
  #queue = 0;
  #lastTime = -Infinity;
  #lastPrice = NaN;

  constructor(entries: Entries) {
    const { due, closes } = entries;
    const rows = due.length;
    this.#entries = entries;
    this.#resolved = new Uint8Array(rows);
    this.touches = {
      barrier: new Uint8Array(rows),
      time: new Float64Array(rows).fill(NaN),
      price: new Float64Array(rows).fill(NaN),
      ambiguous: new Float64Array(rows),
    };
    for (let i = 1; i < rows; i++) {
      if (due[i] >= due[i - 1]) continue;
      fail('input', `row ${i + 1}`, `a time from ${formatTime(due[i - 1])} on`, formatTime(due[i]));
    }
    if (closes === undefined) return;
    for (; this.#made < rows; this.#made++) entries.enter(this.#made, due[this.#made], closes[this.#made]);
  }

  addTrades({ length, time, price }: TradePrices): void {
    if (length === 0) return;
    let [nextDue, nextEntry, nextLimit, upper, lower] = this.#gates();
    let previous = this.#lastPrice;
    let previousTime = this.#lastTime;
    for (let i = 0; i < length; i++) {
      const t = time[i];
      const p = price[i];
      if (!(t >= previousTime)) outOfOrder('trade', t, previousTime);
      if (t >= nextDue || t > nextEntry || t > nextLimit || p >= upper || p <= lower) {
        this.#lastPrice = previous;
        this.#event(t, t, p, p, p);
        this.#make(t, p);
        [nextDue, nextEntry, nextLimit, upper, lower] = this.#gates();
      }
      previous = p;
      previousTime = t;
    }
    this.#lastPrice = previous;
    this.#lastTime = previousTime;
  }

  addBars({ length, open_time: openTime, available_at: availableAt, open, high, low, close }: BarPrices): void {
    for (let i = 0; i < length; i++) {
      if (!(availableAt[i] >= this.#lastTime)) outOfOrder('bar', availableAt[i], this.#lastTime);
      if (!(low[i] > 0 && low[i] <= high[i])) {
        fail('input', `bar of ${formatTime(availableAt[i])}`, '0 < low <= high', `${low[i]}, ${high[i]}`);
      }
      this.#make(openTime[i], open[i]);
      // Times are whole microseconds: before openTime + 1 is at or before openTime.
      this.#event(openTime[i] + 1, availableAt[i], open[i], high[i], low[i]);
      this.#lastPrice = close[i];
      this.#lastTime = availableAt[i];
    }
  }

  /** Makes the entries that are due at `time`. */
  #make(time: number, price: number): void {
    const { due } = this.#entries;
    for (; this.#made < due.length && due[this.#made] <= time; this.#made++)
      this.#entries.enter(this.#made, time, price);
  }

  /** What an event has to pass to change anything: the next entry due, that of the next made, next limit, nearest upper and lower barrier. */
  #gates(): [number, number, number, number, number] {
    const { due, time, limit } = this.#entries;
    const nextDue = this.#made < due.length ? due[this.#made] : Infinity;
    const nextEntry = this.#entered < time.length ? time[this.#entered] : Infinity;
    const nextLimit = this.#queue < this.#entered ? limit[this.#queue] : Infinity;
    return [nextDue, nextEntry, nextLimit, this.#uppers.top, -this.#lowers.top];
  }

  /** One event: `known` is when it is known; entries before `after` precede it. */
  #event(after: number, known: number, open: number, high: number, low: number): void {
    const { upper, lower, upperIsTarget } = this.#entries;
    const before = this.#entered;
    this.#enter(after);
    this.#expire(known, before);
    while (this.#uppers.top <= high) {
      const row = this.#uppers.pop();
      if (this.#resolved[row] === 1) continue;
      const both = low <= lower[row];
      if (both)
        this.#resolve(row, known, upperIsTarget ? Math.min(lower[row], open) : Math.max(upper[row], open), STOP);
      else this.#resolve(row, known, Math.max(upper[row], open), upperIsTarget ? TARGET : STOP);
      if (both) this.touches.ambiguous[row] = 1;
    }
    while (-this.#lowers.top >= low) {
      const row = this.#lowers.pop();
      if (this.#resolved[row] === 1) continue;
      this.#resolve(row, known, Math.min(lower[row], open), upperIsTarget ? STOP : TARGET);
    }
  }

  /** Enters all rows before `after`. */
  #enter(after: number): void {
    const { time, upper, lower, may } = this.#entries;
    // The time of one that was not made is NaN.
    for (; this.#entered < time.length && time[this.#entered] < after; this.#entered++) {
      const row = this.#entered;
      this.#resolved[row] = 1 - may[row];
      if (may[row] === 0) continue;
      if (upper[row] < Infinity) this.#uppers.push(upper[row], row);
      if (lower[row] > -Infinity) this.#lowers.push(-lower[row], row);
    }
  }

  /** Ends what is past its limit: at the last price before, which is the entry's own where nothing happened since it. */
  #expire(known: number, enteredBefore: number): void {
    const { limit, price, unlimitedFrom } = this.#entries;
    for (; this.#queue < this.#entered && limit[this.#queue] < known; this.#queue++) {
      const row = this.#queue;
      if (this.#resolved[row] === 1) continue;
      if (row >= unlimitedFrom) this.#resolved[row] = 1;
      else this.#resolve(row, limit[row], row < enteredBefore ? this.#lastPrice : price[row], TIME);
    }
  }

  #resolve(row: number, time: number, price: number, barrier: number): void {
    this.#resolved[row] = 1;
    this.touches.barrier[row] = barrier;
    this.touches.time[row] = time;
    this.touches.price[row] = price;
  }
}

function outOfOrder(what: string, time: number, last: number): never {
  fail('input', `${what} of ${formatTime(time)}`, `a time from ${formatTime(last)} on`, 'an earlier one');
}
