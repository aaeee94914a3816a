/** From a trade that was accepted to the tape: what its quantity is, and what it is to the trade before. */
import { adjustmentsUntil, factorAt } from './adjustments.ts';
import { MICROS_OF_UNIT, type Instrument } from './instrument.ts';
import { lowerBound, type Tape } from './tape.ts';
import type { TradeBlock } from './trade.ts';

/** Slots of the intake that this file writes; the first of all is the intake's own. */
export const LAST_TIME = 1;
export const LAST_PRICE = 2;
/** 1 once there is a last price: 0 can be one. */
export const PRICED = 3;
const LAST_SIDE = 4;
/** Time of the newest trade, whatever a watermark has said since. */
export const TRADED = 5;
/** Adjustments of the instrument that an event has come to, those among them that reset it. */
const ADJUSTED = 6;
/** One past them. */
export const WRITER_END = 7;

/** Says of events in order which reset each is the first behind, NaN where none; what it is to the trade before is then unknown. */
export function createResets({ adjustments }: Instrument, s: Float64Array): (time: number) => number {
  return (time) => {
    let reset = NaN;
    for (const until = adjustmentsUntil(adjustments, time); s[ADJUSTED] < until; s[ADJUSTED]++)
      if (adjustments[s[ADJUSTED]].reset) reset = adjustments[s[ADJUSTED]].time;
    if (reset === reset) s[PRICED] = s[LAST_SIDE] = 0;
    return reset;
  };
}

/** Time of the newest reset that an event has come to; -Infinity where there is none. */
export function resetBefore({ adjustments }: Instrument, s: Float64Array): number {
  return adjustments.slice(0, s[ADJUSTED]).findLast(({ reset }) => reset)?.time ?? -Infinity;
}

type Write = (from: number, to: number, block: TradeBlock, tape: Tape) => void;

/** Appends rows of a block to the tape, in order, with what clocks need of them. */
export function createTapeWriter(
  instrument: Instrument,
  tickRule: boolean,
  s: Float64Array,
  resets: (time: number) => number,
): Write {
  const { adjustments } = instrument;
  if (adjustments.length === 0) return createWriter(instrument, tickRule, s, 1);
  const times = [...new Set(adjustments.map(({ time }) => time))];
  const writers = [-Infinity, ...times].map((time) =>
    createWriter(instrument, tickRule, s, factorAt(adjustments, time)),
  );
  return (from, to, block, tape) => {
    for (let i = from; i < to;) {
      const k = times.findIndex((time) => time > block.time[i]);
      const end = k < 0 ? to : lowerBound(block.time, times[k], i, to);
      const reset = resets(block.time[i]);
      if (reset === reset) tape.resets.push({ at: tape.length, time: reset });
      writers[k < 0 ? times.length : k](i, end, block, tape);
      i = end;
    }
  };
}

/** Of trades between two adjustments: `factor` is the product of those before them. */
function createWriter(
  { contract, size, timeUnit }: Instrument,
  tickRule: boolean,
  s: Float64Array,
  factor: number,
): Write {
  const unit = MICROS_OF_UNIT[timeUnit];
  const isLinear = contract === 'linear';
  const isInverse = contract === 'inverse';
  const isScaled = factor !== 1;
  /** The taker's side as the price tells it: an up-tick was bought, a down-tick sold, no move as before. */
  const sideByTick = (direction: number): number => {
    if (direction !== 0) s[LAST_SIDE] = direction;
    return s[LAST_SIDE] !== 0 ? s[LAST_SIDE] : NaN;
  };
  return (from, to, { time, price, quantity, side }, tape) => {
    const { time: times, price: prices, quantity: bases, dollars, bought, direction: directions } = tape;
    let n = tape.length;
    let lastTime = s[LAST_TIME];
    let before = s[PRICED] === 0 ? NaN : s[LAST_PRICE];
    for (let i = from; i < to; i++, n++) {
      let p = price[i];
      const q = quantity[i];
      let t = time[i];
      if (unit > 1) t = Math.floor(t / unit) * unit;
      if (t > lastTime) lastTime = t;
      // The one place that knows what a quantity is. In this order of operations: other orders have other bits.
      let base = q;
      let quote = p * q;
      if (isLinear) {
        base = q * size;
        quote = p * base;
      } else if (isInverse) {
        quote = q * size;
        base = quote / p;
      }
      if (isScaled) {
        // What was paid stays what it was.
        p *= factor;
        base /= factor;
      }
      const step = p - before;
      // As integers, because whether a price rises is what a processor cannot guess.
      const direction = +(step > 0) - +(step < 0);
      const taker = tickRule && side[i] !== side[i] ? sideByTick(direction) : side[i];
      times[n] = lastTime;
      prices[n] = p;
      bases[n] = base;
      dollars[n] = quote;
      // base, 0 or NaN for a side of 1, -1 or NaN; as a chain of conditions the engine boxed the result for every second trade.
      bought[n] = base * ((taker + 1) * 0.5);
      directions[n] = direction;
      before = p;
    }
    s[LAST_TIME] = s[TRADED] = lastTime;
    s[LAST_PRICE] = before;
    s[PRICED] = 1;
    tape.length = n;
  };
}
