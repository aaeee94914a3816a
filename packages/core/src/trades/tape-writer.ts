/** From a trade that was accepted to the tape: what its quantity is, and what it is to the trade before. */
import { MICROS_OF_UNIT, type Instrument } from './instrument.ts';
import type { Tape } from './tape.ts';
import type { TradeBlock } from './trade.ts';

/** Slots of the intake that this file writes; the first of all is the intake's own. */
export const LAST_TIME = 1;
export const LAST_PRICE = 2;
/** 1 once there is a last price: 0 can be one. */
export const PRICED = 3;
const LAST_SIDE = 4;
/** Time of the newest trade, whatever a watermark has said since. */
export const TRADED = 5;
/** One past them. */
export const WRITER_END = 6;

/** Appends rows of a block to the tape, in order, with what clocks need of them. */
export function createTapeWriter(
  { contract, size, timeUnit }: Instrument,
  tickRule: boolean,
  s: Float64Array,
): (from: number, to: number, block: TradeBlock, tape: Tape) => void {
  const unit = MICROS_OF_UNIT[timeUnit];
  const isLinear = contract === 'linear';
  const isInverse = contract === 'inverse';
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
      const p = price[i];
      const q = quantity[i];
      let t = time[i];
      if (unit > 1) t = Math.floor(t / unit) * unit;
      if (t > lastTime) lastTime = t;
      const step = p - before;
      // As integers, because whether a price rises is what a processor cannot guess.
      const direction = +(step > 0) - +(step < 0);
      const taker = tickRule && side[i] !== side[i] ? sideByTick(direction) : side[i];
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
