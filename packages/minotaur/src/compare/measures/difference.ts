/** How far two columns are apart, to the bit. */
import { isSame } from './pair.ts';

/** What differs in a column. */
export interface Difference {
  /** Rows that are not the same bits. */
  readonly rows: number;
  /** The first of them, and the last; -1 where there is none. */
  readonly first: number;
  readonly last: number;
  /** Rows where one side alone has no value. */
  readonly missing: { readonly a: number; readonly b: number };
  /** The largest difference of rows with a finite value on both sides. */
  readonly absolute: number;
  /** The largest, relative to the greater of the two. */
  readonly relative: number;
  /** The largest, in units of the last place. */
  readonly ulps: number;
}

const double = new Float64Array(1);
const halves = new BigInt64Array(double.buffer);

/** The place of a double among all doubles. */
function placeOf(value: number): bigint {
  double[0] = value;
  const bits = halves[0];
  return bits < 0n ? -9223372036854775808n - bits : bits;
}

/** Doubles from one to the other; beyond 2^53 about so many. */
const ulpsBetween = (x: number, y: number): number => {
  const apart = placeOf(x) - placeOf(y);
  return Number(apart < 0n ? -apart : apart);
};

const NONE: Difference = { rows: 0, first: -1, last: -1, missing: { a: 0, b: 0 }, absolute: 0, relative: 0, ulps: 0 };
const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

export function differenceOf(a: Float64Array, b: Float64Array): Difference {
  // Most columns of two tables are the same bytes, which costs less to see than to ask value by value.
  if (bytesOf(a).equals(bytesOf(b))) return NONE;
  let [rows, first, last, missingA, missingB] = [0, -1, -1, 0, 0];
  let [absolute, relative, widest, widestShare] = [0, 0, -1, -1];
  for (let i = 0; i < a.length; i++) {
    const x = a[i];
    const y = b[i];
    if (isSame(x, y)) continue;
    rows++;
    last = i;
    if (first < 0) first = i;
    if (x !== x) missingA++;
    else if (y !== y) missingB++;
    else {
      // An infinite value is apart by no size: it stands where it is, and the others are measured.
      if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
      const apart = Math.abs(x - y);
      const share = apart / Math.max(Math.abs(x), Math.abs(y));
      if (apart > absolute) absolute = apart;
      if (share > relative) relative = share;
      // The places of doubles follow their logarithm nearly: the widest share is the widest in units of the last place.
      if (!(share <= widestShare)) [widestShare, widest] = [share, i];
    }
  }
  const ulps = widest < 0 ? 0 : ulpsBetween(a[widest], b[widest]);
  return { rows, first, last, missing: { a: missingA, b: missingB }, absolute, relative, ulps };
}
