/** Counts of positive values in buckets that are a 32nd of an octave wide: quantiles within 2 %, in bounded memory and one pass. */

/** Buckets: 11 bits of the exponent of a double and 5 of its mantissa. */
const BUCKETS = 1 << 16;

export interface Histogram {
  /** Values that are not above 0 are counted together. */
  add(value: number): void;
  /** How many. */
  readonly count: number;
  /** Largest value, to the bit; 0 where there is none above 0. */
  readonly most: number;
  /** The value below which a share `q` lies, within 2 %; NaN of nothing. */
  quantile(q: number): number;
  /** The buckets that hold anything, from the least on: about which value each is of, and how many there are of it. */
  buckets(): [value: number, count: number][];
}

export function createHistogram(): Histogram {
  const counts = new Float64Array(BUCKETS);
  const value = new Float64Array(1);
  const words = new Uint32Array(value.buffer);
  let zeros = 0;
  let count = 0;
  let most = 0;
  const middleOf = (bucket: number): number => {
    words[0] = 0;
    words[1] = (bucket << 15) | (1 << 14);
    return Math.min(value[0], most);
  };
  const buckets = (): [number, number][] => {
    const all: [number, number][] = zeros > 0 ? [[0, zeros]] : [];
    for (let b = 0; b < BUCKETS; b++) if (counts[b] > 0) all.push([middleOf(b), counts[b]]);
    return all;
  };
  return {
    add(x) {
      count++;
      if (!(x > 0)) {
        zeros++;
        return;
      }
      value[0] = x;
      counts[words[1] >>> 15]++;
      if (x > most) most = x;
    },
    get count() {
      return count;
    },
    get most() {
      return most;
    },
    quantile(q) {
      let left = q * count;
      let last = NaN;
      for (const [middle, many] of buckets()) {
        last = middle;
        if ((left -= many) <= 0) return middle;
      }
      return last;
    },
    buckets,
  };
}
