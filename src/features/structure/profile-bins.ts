/**
 * Volumes of equal price bins, in the state of an operator. Shares are rounded to multiples of a unit of about 2^-50 of
 * the window's volume, so that adding and removing them is exact and the bins are a pure function of the window.
 */

/** 2^52 + 1 and 1 - 2^-53. */
const SPREAD = 4_503_599_627_370_497;
const BELOW_ONE = 1 - Number.EPSILON / 2;

/** A power of two, two to four times `total`: adding and taking it away rounds to the unit. */
export function rounderOf(total: number): number {
  // Rump, Ogita, Oishi: Accurate Floating-Point Summation (2008), algorithm 3.5: the leading bit without a logarithm.
  const q = total * SPREAD;
  return 4 * Math.abs(q - q * BELOW_ONE) || 1;
}

/** Adds `volume` (below 0: takes it away), spread evenly over bins `first` to `last`, to `bins[at ...]`. */
export function addToBins(
  bins: Float64Array,
  at: number,
  first: number,
  last: number,
  volume: number,
  rounder: number,
): void {
  const share = volume / (last - first + 1) + rounder - rounder;
  for (let k = at + first; k <= at + last; k++) bins[k] += share;
}

/** As {@link addToBins}, as two marks that a running sum over the bins turns into the share of each. */
export function markBins(
  bins: Float64Array,
  at: number,
  first: number,
  last: number,
  volume: number,
  rounder: number,
): void {
  const share = volume / (last - first + 1) + rounder - rounder;
  bins[at + first] += share;
  bins[at + last + 1] -= share;
}

/** The bin of a price `above` the bottom, of `count` bins of size 1 / scale. */
export function binOf(above: number, scale: number, count: number): number {
  return Math.min(Math.floor(above * scale), count - 1);
}
