/** Columns of both sides over the rows that both have. */
import type { MatchedKeys } from '../keys/matched.ts';
import type { Side } from '../sides/side.ts';
import type { ColumnPair } from './columns.ts';

export interface Values {
  /** Columns together are read in one pass. */
  pairs(names: readonly ColumnPair[]): Promise<(readonly [a: Float64Array, b: Float64Array])[]>;
  ofA(name: string): Promise<Float64Array>;
  ofB(name: string): Promise<Float64Array>;
}

/** The values of `rows`, in their order. */
export function gathered(values: Float64Array, rows: Uint32Array): Float64Array {
  if (values.length === rows.length && rows.every((row, i) => row === i)) return values;
  const out = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]];
  return out;
}

export function valuesOf(a: Side, b: Side, matched: MatchedKeys): Values {
  const read = async (side: Side, names: readonly string[], rows: Uint32Array): Promise<Float64Array[]> =>
    (await side.read(names)).map((values) => gathered(values, rows));
  const one = async (side: Side, name: string, rows: Uint32Array): Promise<Float64Array> =>
    (await read(side, [name], rows))[0];
  return {
    async pairs(names) {
      const x = await read(
        a,
        names.map((pair) => pair.a),
        matched.a,
      );
      const y = await read(
        b,
        names.map((pair) => pair.b),
        matched.b,
      );
      return names.map((_, k) => [x[k], y[k]] as const);
    },
    ofA: (name) => one(a, name, matched.a),
    ofB: (name) => one(b, name, matched.b),
  };
}
