/**
 * Order statistics without a whole sort: what stands at some ranks, the rest on its side of them.
 *
 * Source: Floyd and Rivest, Algorithm 489, SELECT (Communications of the ACM 18, 1975): about 1.5 comparisons a value for a median,
 * where a sort takes log2(n).
 */

import { exp, log } from '../base/elementary/index.ts';

/** Above so many values the pivot comes from a sample of them. */
const SAMPLED = 600;

/**
 * Permutes `values`, which hold no NaN, so that at each of `ranks` stands what sorting would put there, nothing greater before it
 * and nothing less behind it.
 * @param ranks within the values, in any order
 */
export function placeRanks(values: Float64Array, ranks: readonly number[]): void {
  const wanted = [...new Set(ranks)].sort((a, b) => a - b);
  placeBetween(values, wanted, 0, values.length - 1);
}

/** The middle rank first: those below it are then looked for on the left of it alone, those above on the right. */
function placeBetween(values: Float64Array, ranks: readonly number[], from: number, to: number): void {
  if (ranks.length === 0 || from >= to) return;
  const middle = ranks.length >> 1;
  const rank = ranks[middle];
  place(values, rank, from, to);
  placeBetween(values, ranks.slice(0, middle), from, rank - 1);
  placeBetween(values, ranks.slice(middle + 1), rank + 1, to);
}

/** Places `rank` within [from, to], both included. */
function place(values: Float64Array, rank: number, from: number, to: number): void {
  let left = from;
  let right = to;
  while (right > left) {
    if (right - left > SAMPLED) placeInSample(values, rank, left, right);
    const at = partition(values, rank, left, right);
    if (at <= rank) left = at + 1;
    if (rank <= at) right = at - 1;
  }
}

/** Places `rank` within some values around it: what then stands there is near to what is looked for. */
function placeInSample(values: Float64Array, rank: number, left: number, right: number): void {
  const n = right - left + 1;
  const i = rank - left + 1;
  const z = log(n);
  const size = 0.5 * exp((2 * z) / 3);
  const shift = 0.5 * Math.sqrt((z * size * (n - size)) / n) * (i < n / 2 ? -1 : 1);
  const low = Math.floor(rank - (i * size) / n + shift);
  const high = Math.floor(rank + ((n - i) * size) / n + shift);
  place(values, rank, Math.max(left, low), Math.min(right, high));
}

/** Parts [left, right] by what stands at `rank`, and returns where that stands then. */
function partition(values: Float64Array, rank: number, left: number, right: number): number {
  const pivot = values[rank];
  values[rank] = values[left];
  values[left] = pivot;
  if (values[right] > pivot) swap(values, left, right);
  let i = left;
  let j = right;
  while (i < j) {
    const value = values[i];
    values[i++] = values[j];
    values[j--] = value;
    while (values[i] < pivot) i++;
    while (values[j] > pivot) j--;
  }
  if (values[left] === pivot) swap(values, left, j);
  else swap(values, ++j, right);
  return j;
}

function swap(values: Float64Array, a: number, b: number): void {
  const value = values[a];
  values[a] = values[b];
  values[b] = value;
}
