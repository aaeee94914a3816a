/**
 * Volumes of equal price bins, in the state of an operator. Shares are rounded to multiples of a unit of about 2^-50 of
 * the window's volume, so that every sum of them is exact in any order and the bins are a pure function of the window.
 */

/** 2^52 + 1 and 1 - 2^-53. */
const SPREAD = 4_503_599_627_370_497;
const BELOW_ONE = 1 - Number.EPSILON / 2;

/** Slots of a profile: range of the prices, bins per price, rounder, sum of the bins, the fullest of them (first of equals). */
export const TOP = 0;
export const BOTTOM = 1;
export const SCALE = 2;
export const ROUNDER = 3;
const SUM = 4;
const FULLEST = 5;
/** Volume of a bin at which the value area may be begun; no more than a guess, which changes no result. */
const LEVEL = 6;
/** The bins, with a slot of -1 on either side, less than any volume. */
const BINS = 8;
export const profileSlots = (count: number): number => BINS + count + 1;

const SHARE = 0.7;
const MARGIN = 1.1;

/** A power of two, two to four times `total`: adding and taking it away rounds to the unit. */
export function rounderOf(total: number): number {
  // Rump, Ogita, Oishi: Accurate Floating-Point Summation (2008), algorithm 3.5: the leading bit without a logarithm.
  const q = total * SPREAD;
  return 4 * Math.abs(q - q * BELOW_ONE) || 1;
}

/** The slot of the bin of a price `above` the bottom, of `count` bins of size 1 / scale. */
function binOf(above: number, scale: number, count: number): number {
  const bin = (above * scale) | 0;
  return BINS + (bin < count ? bin : count - 1);
}

/** Fills the bins with rows [from, to): two marks a bar, which a running sum turns into its shares. */
export function fillBins(
  bins: Float64Array,
  count: number,
  high: Float64Array,
  low: Float64Array,
  volume: Float64Array,
  from: number,
  to: number,
): void {
  const bottom = bins[BOTTOM];
  const scale = bins[SCALE];
  const rounder = bins[ROUNDER];
  bins.fill(0, BINS, BINS + count + 1);
  for (let k = from; k < to; k++) {
    const first = binOf(low[k] - bottom, scale, count);
    const last = binOf(high[k] - bottom, scale, count);
    const share = volume[k] / (last - first + 1) + rounder - rounder;
    bins[first] += share;
    bins[last + 1] -= share;
  }
  let held = 0;
  let sum = 0;
  let fullest = BINS;
  let most = -1;
  for (let b = BINS; b < BINS + count; b++) {
    held += bins[b];
    sum += held;
    bins[b] = held;
    if (held > most) {
      most = held;
      fullest = b;
    }
  }
  bins[BINS - 1] = bins[BINS + count] = -1;
  bins[SUM] = sum;
  bins[FULLEST] = fullest;
}

function findFullest(bins: Float64Array, count: number): void {
  let fullest = BINS;
  let most = bins[BINS];
  for (let b = BINS + 1; b < BINS + count; b++) {
    if (bins[b] > most) {
      most = bins[b];
      fullest = b;
    }
  }
  bins[FULLEST] = fullest;
}

/** Takes row `leaving` out of the bins and puts row `entering` in, where the range stays. */
export function replaceInBins(
  bins: Float64Array,
  count: number,
  high: Float64Array,
  low: Float64Array,
  volume: Float64Array,
  leaving: number,
  entering: number,
): void {
  const bottom = bins[BOTTOM];
  const scale = bins[SCALE];
  const rounder = bins[ROUNDER];
  const outFirst = binOf(low[leaving] - bottom, scale, count);
  const outLast = binOf(high[leaving] - bottom, scale, count);
  const less = volume[leaving] / (outLast - outFirst + 1) + rounder - rounder;
  for (let b = outFirst; b <= outLast; b++) bins[b] -= less;
  const first = binOf(low[entering] - bottom, scale, count);
  const last = binOf(high[entering] - bottom, scale, count);
  const more = volume[entering] / (last - first + 1) + rounder - rounder;
  let fullest = bins[FULLEST] | 0;
  const lost = outFirst <= fullest && fullest <= outLast;
  let most = bins[fullest] + (first <= fullest && fullest <= last ? more : 0);
  for (let b = first; b <= last; b++) {
    const held = bins[b] + more;
    bins[b] = held;
    if (held >= most && (held > most || b < fullest)) {
      most = held;
      fullest = b;
    }
  }
  bins[SUM] += more * (last - first + 1) - less * (outLast - outFirst + 1);
  // Where the fullest has lost volume, any other may be fuller now.
  if (lost) findFullest(bins, count);
  else bins[FULLEST] = fullest;
}

/** Writes the middle of the fullest bin and the edges of the value area around it to row i. */
export function writeProfile(
  bins: Float64Array,
  count: number,
  { 0: poc, 1: val, 2: vah }: readonly Float64Array[],
  i: number,
): void {
  const fullest = bins[FULLEST] | 0;
  const target = SHARE * bins[SUM];
  const level = bins[LEVEL];
  let first = fullest;
  let last = fullest;
  let held = bins[fullest];
  let below = bins[first - 1];
  let above = bins[last + 1];
  // Larger neighbours first: every bin down to any level is taken before any below it. So start from the level at which
  // the row before stopped, or a little above it, and from the fullest bin alone where that is already too much.
  for (; below >= level; below = bins[--first - 1]) held += below;
  for (; above >= level; above = bins[++last + 1]) held += above;
  if (held >= target) {
    first = last = fullest;
    held = bins[fullest];
    below = bins[first - 1];
    above = bins[last + 1];
  }
  // Sums are exact, so all bins together reach the target, and the -1 at either end is never taken.
  while (held < target) {
    if (below > above) {
      held += below;
      below = bins[--first - 1];
    } else if (above > below) {
      held += above;
      above = bins[++last + 1];
    } else {
      held += below + above;
      below = bins[--first - 1];
      above = bins[++last + 1];
    }
  }
  bins[LEVEL] = MARGIN * Math.max(below, above, 0);
  const bottom = bins[BOTTOM];
  const scale = bins[SCALE];
  poc[i] = bottom + (fullest - BINS + 0.5) / scale;
  val[i] = bottom + (first - BINS) / scale;
  vah[i] = last === BINS + count - 1 ? bins[TOP] : bottom + (last - BINS + 1) / scale;
}
