/** The merge of two parts, one behind the other: what bars of bars are made of. */
import { addExact } from '../base/exact.ts';
import { writeReturns, type PricedTape } from '../trades/returns.ts';
import { MOMENT_SLOTS, mergeMoments } from './moments.ts';
import {
  BOUGHT,
  CLOSE,
  CLOSE_TIME,
  CONSTITUENTS,
  DIRECTION_CHANGES,
  DOLLARS,
  FIRST_DIRECTION,
  FIRST_PRICE,
  HIGH,
  LAST_DIRECTION,
  LAST_PRICE,
  LOW,
  PRICES,
  PRICE_CHANGES,
  QUANTITIES,
  RETURNS,
  TICKS,
  VOLUME,
} from './part.ts';

const SUMS = [VOLUME, DOLLARS, BOUGHT] as const;
const MOMENTS = [PRICES, QUANTITIES, RETURNS] as const;

/** Appends the finished part `b` to `into`, as if its trades had followed one by one. */
export function mergePart(into: Float64Array, b: Float64Array): void {
  if (into[CONSTITUENTS] === 0) {
    into.set(b);
    into[CONSTITUENTS] = 1;
    return;
  }
  into[CONSTITUENTS] += 1;
  into[HIGH] = Math.max(into[HIGH], b[HIGH]);
  into[LOW] = Math.min(into[LOW], b[LOW]);
  into[CLOSE] = b[CLOSE];
  into[CLOSE_TIME] = b[CLOSE_TIME];
  for (const sum of SUMS) {
    addExact(into, sum, b[sum]);
    addExact(into, sum, b[sum + 1]);
  }
  if (b[TICKS] > 0) mergeTrades(into, b);
}

/** The part of a merge that needs trades on the right side. */
function mergeTrades(into: Float64Array, b: Float64Array): void {
  if (into[TICKS] === 0) into[FIRST_PRICE] = b[FIRST_PRICE];
  else joinDirections(into, b);
  into[PRICE_CHANGES] += b[PRICE_CHANGES];
  into[DIRECTION_CHANGES] += b[DIRECTION_CHANGES];
  if (into[FIRST_DIRECTION] === 0) into[FIRST_DIRECTION] = b[FIRST_DIRECTION];
  if (b[LAST_DIRECTION] !== 0) into[LAST_DIRECTION] = b[LAST_DIRECTION];
  into[LAST_PRICE] = b[LAST_PRICE];
  for (const at of MOMENTS) {
    mergeMoments(into, at, b, at);
  }
  into[TICKS] += b[TICKS];
}

/** The one step between two parts: as a tape of one trade, and its return as moments. */
const stepTape: PricedTape = {
  price: new Float64Array(1),
  logReturn: new Float64Array(1),
  logReturnLow: new Float64Array(1),
  vectors: undefined,
};
const stepFrom = new Float64Array(1);
const joining = new Float64Array(MOMENT_SLOTS).fill(1, 0, 1);

/** The step from the last trade of `into` to the first of `b` belongs to neither and is counted here. */
function joinDirections(into: Float64Array, b: Float64Array): void {
  const step = Math.sign(b[FIRST_PRICE] - into[LAST_PRICE]);
  stepFrom[0] = into[LAST_PRICE];
  stepTape.price[0] = b[FIRST_PRICE];
  writeReturns(stepTape, 1, stepFrom);
  joining[1] = stepTape.logReturn[0];
  joining[2] = stepTape.logReturnLow[0];
  mergeMoments(into, RETURNS, joining, 0);
  if (step !== 0) {
    into[PRICE_CHANGES] += 1;
    if (step === -into[LAST_DIRECTION]) into[DIRECTION_CHANGES] += 1;
    if (into[FIRST_DIRECTION] === 0) into[FIRST_DIRECTION] = step;
    into[LAST_DIRECTION] = step;
  }
  if (b[FIRST_DIRECTION] !== 0 && b[FIRST_DIRECTION] === -into[LAST_DIRECTION]) into[DIRECTION_CHANGES] += 1;
}
