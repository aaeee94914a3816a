/**
 * Columns that are price levels: a model of them knows when a row was, not what happened. Told by their values on the training rows,
 * not by their names: an average of the price is one, its ratio to the price is none.
 */

/** Rows of one instrument: from (inclusive) to (exclusive). */
interface Part {
  readonly from: number;
  readonly to: number;
}

/** Rank correlation with the price from which on a column is a level whatever its values. */
const SAME_ORDER = 0.98;
/** The same of a column that keeps near the price. */
const ALIKE = 0.5;
/** How near that is, as a share of the price. */
const NEAR = 0.25;
/** Rows of an instrument that say something. */
const ENOUGH = 30;

/**
 * Whether `column` is a price level in every instrument that has enough rows: its rank correlation (Spearman) with `price` is above
 * 0.98, or it is above 0.5 and no value is further than a quarter from the price. Rows in which either is missing do not count.
 */
export function isPriceLevel(column: Float64Array, price: Float64Array, parts: readonly Part[]): boolean {
  const own = parts.map(({ from, to }) => {
    const rows = Array.from({ length: to - from }, (_, i) => from + i).filter(
      (i) => Number.isFinite(column[i]) && Number.isFinite(price[i]),
    );
    return [column, price].map((values) => Float64Array.from(rows, (i) => values[i]));
  });
  const told = own.filter(([values]) => values.length >= ENOUGH);
  return told.length > 0 && told.every(([values, prices]) => follows(values, prices));
}

function follows(values: Float64Array, prices: Float64Array): boolean {
  const correlation = correlationOf(ranksOf(values), ranksOf(prices));
  if (correlation > SAME_ORDER) return true;
  return correlation > ALIKE && values.every((value, i) => Math.abs(value - prices[i]) <= NEAR * Math.abs(prices[i]));
}

/** Ranks from 1, equal values sharing the mean of theirs. */
function ranksOf(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let k = from; k < to; k++) ranks[order[k]] = (from + 1 + to) / 2;
  }
  return ranks;
}

/** Pearson's r of ranks; NaN where one is constant. */
function correlationOf(x: Float64Array, y: Float64Array): number {
  const mean = (x.length + 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xy += (x[i] - mean) * (y[i] - mean);
    xx += (x[i] - mean) * (x[i] - mean);
    yy += (y[i] - mean) * (y[i] - mean);
  }
  return xy / Math.sqrt(xx * yy);
}
