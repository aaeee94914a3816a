/**
 * A part: everything about a stretch of trades that a bar is made from, mergeable with the part that follows it (`merge.ts`). An
 * open bar is a part, and a bar of bars is the merge of its constituents' parts.
 */
import { rowAt, type TradeVectors } from '../base/vectors/vectors.ts';
import type { Tape } from '../trades/tape.ts';
import { GROUP, MOMENT_SLOTS, mergePowerSums } from './moments.ts';

/** Trades. */
export const TICKS = 0;
export const OPEN = 1;
export const HIGH = 2;
export const LOW = 3;
export const CLOSE = 4;
export const OPEN_TIME = 5;
export const CLOSE_TIME = 6;
/** Exact sums, two slots each: base units, quote units, base units that takers bought. */
export const VOLUME = 7;
export const DOLLARS = 9;
export const BOUGHT = 11;
export const PRICE_CHANGES = 13;
export const DIRECTION_CHANGES = 14;
/** First and newest price difference that was not zero, as a sign; 0 when there was none. */
export const FIRST_DIRECTION = 15;
export const LAST_DIRECTION = 16;
/** Prices of the first and last trade; OPEN and CLOSE differ from them in bars that were carried over a silence. */
export const FIRST_PRICE = 17;
export const LAST_PRICE = 18;
/** Closed bars in it; 0 for a part made from trades. */
export const CONSTITUENTS = 19;
export const PRICES = 20;
export const QUANTITIES = PRICES + MOMENT_SLOTS;
export const RETURNS = QUANTITIES + MOMENT_SLOTS;
/** The unfinished group: shift (2) and power sums of prices (4), of quantities (4), of returns (2), and how many returns. */
const GROUP_PRICES = RETURNS + MOMENT_SLOTS;
const GROUP_QUANTITIES = GROUP_PRICES + 6;
const GROUP_RETURNS = GROUP_QUANTITIES + 6;
const GROUP_RETURN_COUNT = GROUP_RETURNS + 4;
export const PART_SLOTS = GROUP_RETURN_COUNT + 1;

/** Fewer trades are not worth a copy of the part to where loops of vectors find it. */
const MANY = 48;

/** Whether nothing has come into the part since it was cleared: no trade, no constituent. */
export function isEmpty(part: Float64Array): boolean {
  return part[TICKS] === 0 && part[CONSTITUENTS] === 0;
}

/** Adds trades [from, to) of the tape. */
export function addTrades(part: Float64Array, tape: Tape, from: number, to: number): void {
  if (from >= to) return;
  let i = from;
  let ticks = part[TICKS];
  if (ticks === 0) {
    startPart(part, tape, i++);
    ticks = 1;
  }
  part[CLOSE_TIME] = tape.time[to - 1];
  part[CLOSE] = part[LAST_PRICE] = tape.price[to - 1];
  const { vectors } = tape;
  if (vectors !== undefined && to - from >= MANY) {
    for (let k = i; k < to && part[FIRST_DIRECTION] === 0; k++) part[FIRST_DIRECTION] = tape.direction[k];
    addByVectors(part, tape, vectors, from, i, to);
    part[TICKS] = ticks + to - i;
    return;
  }
  addSums(part, tape, from, to);
  addPrices(part, tape, i, to);
  while (i < to) {
    const inGroup = ticks % GROUP;
    const end = Math.min(to, i + GROUP - inGroup);
    if (inGroup === 0) {
      part[GROUP_PRICES] = tape.price[i];
      part[GROUP_QUANTITIES] = tape.quantity[i];
    }
    if (part[GROUP_RETURN_COUNT] === 0) {
      part[GROUP_RETURNS] = tape.logReturn[i];
      part[GROUP_RETURNS + 1] = tape.logReturnLow[i];
    }
    part[GROUP_RETURN_COUNT] += end - i;
    addGroup(part, tape, i, end);
    ticks += end - i;
    i = end;
    if (ticks % GROUP === 0) closeGroup(part, GROUP);
  }
  part[TICKS] = ticks;
}

/** The same by loops of vectors, over a copy of the part beside the tape; the first that follows another trade is `next`. */
function addByVectors(
  part: Float64Array,
  tape: Tape,
  vectors: TradeVectors,
  from: number,
  next: number,
  to: number,
): void {
  const { beside, price, quantity, dollars, bought, logReturn, logReturnLow, direction } = tape;
  beside.set(part);
  const at = rowAt(beside, 0);
  vectors.partSums(at, rowAt(quantity, from), rowAt(dollars, from), rowAt(bought, from), to - from);
  vectors.partPrices(at, rowAt(price, next), direction.byteOffset + 4 * next, to - next);
  const p = rowAt(price, next);
  const q = rowAt(quantity, next);
  const ticks = next > from ? 1 : part[TICKS] % GROUP;
  vectors.partMoments(at, p, q, rowAt(logReturn, next), rowAt(logReturnLow, next), ticks, to - next);
  for (let k = 0; k < PART_SLOTS; k++) part[k] = beside[k];
}

function startPart(part: Float64Array, tape: Tape, i: number): void {
  const price = tape.price[i];
  part[OPEN] = part[HIGH] = part[LOW] = part[FIRST_PRICE] = price;
  part[OPEN_TIME] = tape.time[i];
  // The first of a group is what the others are measured from; its sums are zero, and its return belongs to no bar.
  part[GROUP_PRICES] = price;
  part[GROUP_QUANTITIES] = tape.quantity[i];
}

/**
 * The exact sums, in a loop of their own, because three double-doubles fill the registers. What rounding took is the smaller of both
 * minus what it made the larger one grow by; that a trade is larger than all before it in the bar is rare.
 *
 * Source: Dekker, A Floating-Point Technique for Extending the Available Precision (1971).
 */
function addSums(part: Float64Array, tape: Tape, from: number, to: number): void {
  const { quantity, dollars, bought } = tape;
  let volume = part[VOLUME];
  let volumeLow = part[VOLUME + 1];
  let dollar = part[DOLLARS];
  let dollarLow = part[DOLLARS + 1];
  let buy = part[BOUGHT];
  let buyLow = part[BOUGHT + 1];
  for (let i = from; i < to; i++) {
    const q = quantity[i];
    const v = volume + q;
    volumeLow += Math.abs(q) > Math.abs(volume) ? volume - (v - q) : q - (v - volume);
    volume = v;
    const x = dollars[i];
    const d = dollar + x;
    dollarLow += Math.abs(x) > Math.abs(dollar) ? dollar - (d - x) : x - (d - dollar);
    dollar = d;
    const taken = bought[i];
    const b = buy + taken;
    buyLow += Math.abs(taken) > Math.abs(buy) ? buy - (b - taken) : taken - (b - buy);
    buy = b;
  }
  part[VOLUME] = volume;
  part[VOLUME + 1] = volumeLow;
  part[DOLLARS] = dollar;
  part[DOLLARS + 1] = dollarLow;
  part[BOUGHT] = buy;
  part[BOUGHT + 1] = buyLow;
}

/** High, low and the sequence of price changes, for trades that follow another trade of the bar. */
function addPrices(part: Float64Array, tape: Tape, from: number, to: number): void {
  const { price, direction } = tape;
  let high = part[HIGH];
  let low = part[LOW];
  let changes = 0;
  let turns = 0;
  let last = part[LAST_DIRECTION] | 0;
  for (let i = from; i < to; i++) {
    const p = price[i];
    if (p > high) high = p;
    if (p < low) low = p;
    // In integers and without a condition, because whether a price rises is what a processor cannot guess.
    const sign = direction[i];
    changes += sign & 1;
    turns -= (sign * last) >> 31;
    last += (sign - last) & -(sign & 1);
  }
  part[HIGH] = high;
  part[LOW] = low;
  part[PRICE_CHANGES] += changes;
  part[DIRECTION_CHANGES] += turns;
  part[LAST_DIRECTION] = last;
  for (let i = from; i < to && part[FIRST_DIRECTION] === 0; i++) part[FIRST_DIRECTION] = direction[i];
}

/** Power sums of trades that fit into the unfinished group, in one loop: each sum waits for itself alone. */
function addGroup(part: Float64Array, tape: Tape, from: number, to: number): void {
  const { price, quantity, logReturn, logReturnLow } = tape;
  const p0 = part[GROUP_PRICES];
  const q0 = part[GROUP_QUANTITIES];
  const r0 = part[GROUP_RETURNS];
  const r0Low = part[GROUP_RETURNS + 1];
  let p1 = part[GROUP_PRICES + 2];
  let p2 = part[GROUP_PRICES + 3];
  let p3 = part[GROUP_PRICES + 4];
  let p4 = part[GROUP_PRICES + 5];
  let q1 = part[GROUP_QUANTITIES + 2];
  let q2 = part[GROUP_QUANTITIES + 3];
  let q3 = part[GROUP_QUANTITIES + 4];
  let q4 = part[GROUP_QUANTITIES + 5];
  let r1 = part[GROUP_RETURNS + 2];
  let r2 = part[GROUP_RETURNS + 3];
  for (let i = from; i < to; i++) {
    let d = price[i] - p0;
    let dd = d * d;
    p1 += d;
    p2 += dd;
    p3 += dd * d;
    p4 += dd * dd;
    d = quantity[i] - q0;
    dd = d * d;
    q1 += d;
    q2 += dd;
    q3 += dd * d;
    q4 += dd * dd;
    d = logReturn[i] - r0 + (logReturnLow[i] - r0Low);
    r1 += d;
    r2 += d * d;
  }
  part[GROUP_PRICES + 2] = p1;
  part[GROUP_PRICES + 3] = p2;
  part[GROUP_PRICES + 4] = p3;
  part[GROUP_PRICES + 5] = p4;
  part[GROUP_QUANTITIES + 2] = q1;
  part[GROUP_QUANTITIES + 3] = q2;
  part[GROUP_QUANTITIES + 4] = q3;
  part[GROUP_QUANTITIES + 5] = q4;
  part[GROUP_RETURNS + 2] = r1;
  part[GROUP_RETURNS + 3] = r2;
}

/** Merges the unfinished group of `n` trades into the bar's moments and clears it. */
function closeGroup(part: Float64Array, n: number): void {
  mergePowerSums(part, PRICES, n, part, GROUP_PRICES, 4);
  mergePowerSums(part, QUANTITIES, n, part, GROUP_QUANTITIES, 4);
  mergePowerSums(part, RETURNS, part[GROUP_RETURN_COUNT], part, GROUP_RETURNS, 2);
  part.fill(0, GROUP_PRICES, PART_SLOTS);
}

/** Ends a part made from trades: no group is left open, the moments are complete. */
export function finishPart(part: Float64Array): void {
  if (part[CONSTITUENTS] === 0) closeGroup(part, part[TICKS] % GROUP);
}

/** Makes the part empty. */
export function clearPart(part: Float64Array): void {
  part.fill(0);
}
