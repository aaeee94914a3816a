/** Columns of both sides over the rows that both have. */
import type { MatchedKeys } from '../keys/matched.ts';
import type { Side } from '../sides/side.ts';
import type { ColumnPair } from './columns.ts';

export interface Values {
  /** Columns together are read in one pass; they are good until the next are read. */
  pairs(names: readonly ColumnPair[]): Promise<(readonly [a: Float64Array, b: Float64Array])[]>;
  /** Bytes that a pair is read into. */
  readonly bytesOfPair: number;
  ofA(name: string): Promise<Float64Array>;
  ofB(name: string): Promise<Float64Array>;
}

/** Whether `rows` are all rows as they lie, which needs no copy. */
function areWhole(rows: Uint32Array): boolean {
  for (let i = 0; i < rows.length; i++) if (rows[i] !== i) return false;
  return true;
}

/** The values of `rows`, in their order, in `out`. */
export function gathered(values: Float64Array, rows: Uint32Array, out: Float64Array): Float64Array {
  for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]];
  return out;
}

/** Reads columns of a side, over the ones that it read before: new memory costs as much as what is read into it. */
function readerOf(side: Side, rows: Uint32Array) {
  const isWhole = areWhole(rows);
  let [read, taken]: Float64Array[][] = [[], []];
  return {
    bytes: 8 * (side.rows + (isWhole ? 0 : rows.length)),
    async read(names: readonly string[]): Promise<readonly Float64Array[]> {
      read = await side.read(names, read);
      taken = read.map((values, k) => {
        if (isWhole) return values.subarray(0, rows.length);
        return gathered(values, rows, taken[k] ?? new Float64Array(rows.length));
      });
      return taken;
    },
  };
}

export function valuesOf(a: Side, b: Side, matched: MatchedKeys): Values {
  const [inA, inB] = [readerOf(a, matched.a), readerOf(b, matched.b)];
  // A single column is another's to keep.
  const one = async (side: Side, rows: Uint32Array, name: string): Promise<Float64Array> =>
    (await readerOf(side, rows).read([name]))[0];
  return {
    bytesOfPair: inA.bytes + inB.bytes,
    async pairs(names) {
      // At once: while one side is decoded, the other's rows are taken.
      const [x, y] = await Promise.all([inA.read(names.map((pair) => pair.a)), inB.read(names.map((pair) => pair.b))]);
      return names.map((_, k) => [x[k], y[k]] as const);
    },
    ofA: (name) => one(a, matched.a, name),
    ofB: (name) => one(b, matched.b, name),
  };
}
