/**
 * Sums without rounding. A double-double (high, low) holds about 106 bits, so adding and removing market data leaves
 * it exact; where it does not, the caller learns of it and sums again.
 *
 * Source: Knuth, TAOCP 2, 4.2.2 (two-sum); Shewchuk, Adaptive Precision Floating-Point Arithmetic (1997).
 */

/**
 * Adds `x` to the double-double at `sums[at]`, `sums[at + 1]`. Returns the part that did not fit: 0 where the sum stayed exact.
 */
export function addExact(sums: Float64Array, at: number, x: number): number {
  const high = sums[at];
  const sum = high + x;
  const shadow = sum - high;
  const error = high - (sum - shadow) + (x - shadow);
  const low = sums[at + 1];
  const lowSum = low + error;
  const lowShadow = lowSum - low;
  sums[at] = sum;
  sums[at + 1] = lowSum;
  return low - (lowSum - lowShadow) + (error - lowShadow);
}

/** The difference of two double-doubles, rounded once. */
export function differenceOfSums(aHigh: number, aLow: number, bHigh: number, bLow: number): number {
  const difference = aHigh - bHigh;
  const shadow = difference - aHigh;
  const error = aHigh - (difference - shadow) - (bHigh + shadow);
  return difference + (error + (aLow - bLow));
}

/** Largest number of non-overlapping doubles in an exact sum of doubles: 2,098 bits of range over 53. */
const MAX_PARTIALS = 40;

const partials = new Float64Array(MAX_PARTIALS);

/**
 * The sum of `values[from, to)`, correctly rounded (half to even): what infinite precision would give, rounded once.
 * NaN or infinity where the values hold them, as plain addition would give. About 10 ns a value.
 */
export function exactSum(values: Float64Array, from: number, to: number): number {
  let count = 0;
  let special = 0;
  for (let i = from; i < to; i++) {
    let x = values[i];
    if (!Number.isFinite(x)) {
      special += x;
      continue;
    }
    let kept = 0;
    for (let k = 0; k < count; k++) {
      let y = partials[k];
      if (Math.abs(x) < Math.abs(y)) {
        const swap = x;
        x = y;
        y = swap;
      }
      const high = x + y;
      const low = y - (high - x);
      if (low !== 0) partials[kept++] = low;
      x = high;
    }
    partials[kept] = x;
    count = kept + 1;
  }
  return special === 0 ? roundPartials(count) : special;
}

/** Rounds non-overlapping partials, smallest first, to the nearest double, ties to even. */
function roundPartials(count: number): number {
  let k = count - 1;
  if (k < 0) return 0;
  let high = partials[k];
  let low = 0;
  while (k > 0) {
    const x = high;
    const y = partials[--k];
    high = x + y;
    low = y - (high - x);
    if (low !== 0) break;
  }
  // A tie was rounded to even although the partials below it say which side is nearer.
  if (k > 0 && ((low < 0 && partials[k - 1] < 0) || (low > 0 && partials[k - 1] > 0))) {
    const twice = low * 2;
    const nudged = high + twice;
    if (twice === nudged - high) high = nudged;
  }
  return high;
}
