/** Digits behind the point of an axis: as many as tell its values apart. A return of a bar is of the fifth digit, and so is a cheap coin. */

/** Digits that are written at most. */
const MOST = 12;
/** Of values that are all alike, or none. */
const USUAL = 2;

/** How a chart writes values from `low` to `high`. */
export function formatBetween(low: number, high: number, least = 0) {
  const span = high - low || Math.abs(high);
  const isTold = Number.isFinite(span) && span > 0;
  const precision = isTold ? Math.min(MOST, Math.max(least, 3 - Math.floor(Math.log10(span)))) : USUAL;
  return { type: 'price' as const, precision, minMove: 10 ** -precision };
}

/** How a chart writes all that lies between these. What is no number is passed over. */
export function formatOf(
  lowest: Iterable<number | null> = [],
  highest: Iterable<number | null> = [],
): ReturnType<typeof formatBetween> {
  let [low, high] = [Infinity, -Infinity];
  for (const value of lowest) if (value !== null && value < low) low = value;
  for (const value of highest) if (value !== null && value > high) high = value;
  return formatBetween(low, high);
}
