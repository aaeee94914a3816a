/** From a trade that was accepted to the tape: what its quantity is, and what it is to the trade before. */
import { adjustmentsUntil, factorAt } from './adjustments.ts';
import { MICROS_OF_UNIT, type Instrument } from './instrument.ts';
import { rowAt } from '../base/vectors/vectors.ts';
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

/** Of trades between two adjustments: `factor` is the product of those before them. In loops of few columns each, which is what registers hold. */
function createWriter(instrument: Instrument, tickRule: boolean, s: Float64Array, factor: number): Write {
  const unit = MICROS_OF_UNIT[instrument.timeUnit];
  return (from, to, block, tape) => {
    writeTimes(s, unit, block.time, from, to, tape);
    writeAmounts(instrument, factor, block, from, to, tape);
    const before = s[PRICED] === 0 ? tape.price[tape.length] : s[LAST_PRICE];
    writeDirections(before, to - from, tape);
    if (tickRule) writeBoughtByTick(s, block.side, from, to, tape);
    else writeBought(block.side, from, to, tape);
    tape.length += to - from;
    tape.staged = Math.max(0, tape.staged - (to - from));
    s[LAST_PRICE] = tape.price[tape.length - 1];
    s[PRICED] = 1;
  };
}

/** Times, which rise from row to row; what is late and kept stands at the time of the trade before. */
function writeTimes(s: Float64Array, unit: number, time: Float64Array, from: number, to: number, tape: Tape): void {
  const { time: times, length, staged } = tape;
  const end = length + to - from;
  const shift = from - length;
  if (unit > 1) for (let n = length; n < end; n++) times[n] = Math.floor(time[n + shift] / unit) * unit;
  else if (staged === 0) for (let n = length; n < end; n++) times[n] = time[n + shift];
  for (let n = length; n < end && times[n] < s[LAST_TIME]; n++) times[n] = s[LAST_TIME];
  s[LAST_TIME] = s[TRADED] = times[end - 1];
}

/** Prices and amounts: the one place that knows what a quantity is. In this order of operations: other orders have other bits. */
function writeAmounts(
  { contract, size }: Instrument,
  factor: number,
  { price, quantity }: TradeBlock,
  from: number,
  to: number,
  tape: Tape,
): void {
  const { price: prices, quantity: bases, dollars, staged, vectors, length: n0 } = tape;
  let n = tape.length;
  if (vectors !== undefined && staged > 0 && contract !== 'inverse' && factor === 1) {
    const counts = contract === 'spot' ? 1 : size;
    n += vectors.tradeAmounts(rowAt(prices, n), rowAt(bases, n), rowAt(dollars, n), counts, to - from);
    from += n - n0;
  }
  if (contract === 'spot' && factor === 1)
    for (let i = from; i < to; i++, n++) {
      const p = price[i];
      const q = quantity[i];
      prices[n] = p;
      bases[n] = q;
      dollars[n] = p * q;
    }
  else
    for (let i = from; i < to; i++, n++) {
      const p = price[i];
      const counted = contract === 'spot' ? quantity[i] : quantity[i] * size;
      const quote = contract === 'inverse' ? counted : p * counted;
      const base = contract === 'inverse' ? counted / p : counted;
      // What was paid stays what it was.
      prices[n] = p * factor;
      bases[n] = base / factor;
      dollars[n] = quote;
    }
}

function writeDirections(first: number, count: number, { price, direction, length, vectors, staged }: Tape): void {
  const end = length + count;
  let before = first;
  let n = length;
  if (vectors !== undefined && staged > 0) {
    direction[n] = +(price[n] > before) - +(price[n] < before);
    n++;
    n += vectors.priceDirections(rowAt(price, n), direction.byteOffset + 4 * n, end - n);
    before = price[n - 1];
  }
  for (; n < end; n++) {
    const p = price[n];
    const step = p - before;
    // As integers, because whether a price rises is what a processor cannot guess.
    direction[n] = +(step > 0) - +(step < 0);
    before = p;
  }
}

function writeBought(side: Float64Array, from: number, to: number, tape: Tape): void {
  const { quantity, bought, length, vectors, staged } = tape;
  const shift = length - from;
  if (vectors !== undefined && staged > 0)
    from += vectors.boughtAmounts(rowAt(quantity, length), rowAt(bought, length), to - from);
  // base, 0 or NaN for a side of 1, -1 or NaN; as a chain of conditions the engine boxed the result for every second trade.
  for (let i = from; i < to; i++) bought[i + shift] = quantity[i + shift] * ((side[i] + 1) * 0.5);
}

/** The same; where the side is unknown it is as the price tells it: an up-tick was bought, a down-tick sold, no move as before. */
function writeBoughtByTick(s: Float64Array, side: Float64Array, from: number, to: number, tape: Tape): void {
  const { quantity, bought, direction, length } = tape;
  const shift = length - from;
  for (let i = from; i < to; i++) {
    let taker = side[i];
    if (taker !== taker) {
      if (direction[i + shift] !== 0) s[LAST_SIDE] = direction[i + shift];
      taker = s[LAST_SIDE] !== 0 ? s[LAST_SIDE] : NaN;
    }
    bought[i + shift] = quantity[i + shift] * ((taker + 1) * 0.5);
  }
}
