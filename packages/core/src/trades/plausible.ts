/** What a trade of an instrument can be by itself: its price, quantity, side and time. Of ids others know. */
import { formatTime, MICROS_PER_DAY, MICROS_PER_SECOND } from '../base/time.ts';
import type { Arrival } from './intake-contract.ts';
import type { Instrument } from './instrument.ts';
import { LAST_TIME } from './tape-writer.ts';
import { rowAt } from '../base/vectors/vectors.ts';
import type { Tape } from './tape.ts';
import type { TradeBlock } from './trade.ts';

/** A trade may be ahead of its arrival by so much, because clocks differ. */
const AHEAD = 10 * MICROS_PER_SECOND;
/** And behind it by so much. */
const BEHIND = MICROS_PER_DAY;
/** Where no arrival is carried: so long after the trade before it cannot be, unless the facts say otherwise. */
const SILENCE = MICROS_PER_DAY;

/** What was expected, and what was found. */
export type Complaint = readonly [expected: string, found: string];

export interface Plausibility {
  /** As {@link Intake.expect}. */
  expect(arrival: Arrival | undefined, maxSilence?: number): void;
  /**
   * The first row at or after `from` whose price, quantity, side or time has to be looked at; `to` where there is none. `tape`: where
   * these rows may be staged.
   */
  soundTo(block: TradeBlock, from: number, to: number, tape?: Tape): number;
  /** Whether so long a silence before `time` cannot be; `last`: the trade before it, where that is not the newest. */
  isSilent(time: number, last?: number): boolean;
  /** Why row `row` cannot be of that time; undefined where it can. */
  implausible(time: number, row?: number, last?: number): Complaint | undefined;
  /** What of row `i`, its time among others aside, can be in no trade of the instrument. */
  wrongIn(block: TradeBlock, i: number): Complaint | undefined;
}

/** `s`: slots of the intake. */
export function createPlausibility({ prices, times }: Instrument, s: Float64Array): Plausibility {
  const lowest = prices.min ?? Number.MIN_VALUE;
  const highest = prices.max ?? Number.MAX_VALUE;
  let arrival: Arrival | undefined;
  let silence = SILENCE;

  const isSilent = (time: number, last = s[LAST_TIME]): boolean => last !== 0 && time - last >= silence;

  /** The first row of [from, to), whose times do not fall, that is too early or late for the instrument or for its arrival. */
  function boundedTo(time: Float64Array, from: number, to: number): number {
    let earliest = times.from;
    let latest = times.to - 1;
    if (typeof arrival === 'number') {
      earliest = Math.max(earliest, arrival - BEHIND);
      latest = Math.min(latest, arrival + AHEAD);
    }
    if (from < to && !(time[from] >= earliest)) return from;
    let end = to;
    while (end > from && !(time[end - 1] <= latest)) end--;
    if (typeof arrival !== 'object') return end;
    for (let k = from; k < end; k++) if (!(time[k] - arrival[k] <= AHEAD && arrival[k] - time[k] <= BEHIND)) return k;
    return end;
  }

  return {
    expect(received, maxSilence = SILENCE) {
      arrival = received;
      silence = received === undefined ? maxSilence : Infinity;
    },
    soundTo({ time, price, quantity, side }, from, to, tape) {
      const newest = s[LAST_TIME] === 0 && from < to ? time[from] : s[LAST_TIME];
      const known =
        from + (tape === undefined || tape.staged === 0 ? 0 : soundStaged(tape, lowest, highest, newest, silence));
      let end = soundValues(price, quantity, lowest, highest, known, to);
      end = soundSides(side, known, end);
      end = risingTimes(time, known > from ? time[known - 1] : newest, silence, known, end);
      return boundedTo(time, from, end);
    },
    isSilent,
    implausible(t, row = 0, last = s[LAST_TIME]) {
      const received = typeof arrival === 'object' ? arrival[row] : arrival;
      if (t < times.from || t >= times.to)
        return [`a time in microseconds from ${formatTime(times.from)} to ${formatTime(times.to)}`, withUnit(t, times)];
      if (received !== undefined && !(t - received <= AHEAD && received - t <= BEHIND)) {
        const expected = `a time at most 10 s after its arrival, ${formatTime(received)}, and at most a day before it`;
        return [expected, formatTime(t)];
      }
      if (!isSilent(t, last)) return undefined;
      const hours = silence / (3600 * MICROS_PER_SECOND);
      return [`a time less than ${hours} hours after the trade before, ${formatTime(last)}`, formatTime(t)];
    },
    wrongIn({ time, price, quantity, side }, i) {
      const p = price[i];
      const q = quantity[i];
      const t = time[i];
      const sound = p >= lowest && p <= highest && q > 0 && q < Infinity && t >= 0 && Math.floor(t) === t;
      if (!sound) {
        const range = prices.min === null && prices.max === null ? 'price > 0' : `a price ${rangeOf(prices)}`;
        return [`an integer time, ${range}, quantity > 0`, `time ${t}, price ${p}, quantity ${q}`];
      }
      if (side[i] === 0) return ['a word for the side that is known (`sides` of the instrument)', 'another'];
      if (Math.abs(side[i]) !== 1 && side[i] === side[i]) return ['a side of 1, -1 or NaN', String(side[i])];
      return undefined;
    },
  };
}

// A loop for each question: one that asks them all has more arrays and bounds than a processor has registers.

function soundValues(
  price: Float64Array,
  quantity: Float64Array,
  lowest: number,
  highest: number,
  from: number,
  to: number,
): number {
  let i = from;
  for (; i < to; i++) {
    const p = price[i];
    const q = quantity[i];
    if (!(p >= lowest && p <= highest && q > 0 && q < Infinity)) break;
  }
  return i;
}

function soundSides(side: Float64Array, from: number, to: number): number {
  let i = from;
  for (; i < to; i++) {
    // 0 for 1 and -1, NaN for NaN, of which the first two are as likely as each other.
    const off = side[i] * side[i] - 1;
    if (off * off > 0) break;
  }
  return i;
}

/** How many of the first rows that are staged are surely sound. */
function soundStaged(tape: Tape, lowest: number, highest: number, newest: number, silence: number): number {
  const { vectors, staged, length, price, quantity, bought, time } = tape;
  if (vectors === undefined) return 0;
  return vectors.soundTrades(
    rowAt(price, length),
    rowAt(quantity, length),
    rowAt(bought, length),
    rowAt(time, length),
    staged,
    lowest,
    highest,
    newest,
    silence,
  );
}

/** Integers that do not fall, each less than `silence` after the one before, which is `newest` for the first. */
function risingTimes(time: Float64Array, newest: number, silence: number, from: number, to: number): number {
  let last = newest;
  let i = from;
  for (; i < to; i++) {
    const t = time[i];
    const step = t - last;
    if (!(step >= 0 && step < silence && Math.floor(t) === t)) break;
    last = t;
  }
  return i;
}

function rangeOf({ min, max }: Instrument['prices']): string {
  const low = min === null ? 'above 0' : `of at least ${min}`;
  return max === null ? low : `${low} and at most ${max}`;
}

/** Microseconds of what a time may be counted in instead. */
const UNITS = [
  ['seconds', 1e6],
  ['milliseconds', 1e3],
  ['nanoseconds', 1e-3],
] as const;

/** With the unit in which it could be a time. */
function withUnit(t: number, { from, to }: Instrument['times']): string {
  const unit = UNITS.find(([, micros]) => t * micros >= from && t * micros < to);
  return unit === undefined ? `${t}` : `${t}, which would be a time in ${unit[0]}`;
}
