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

/** Gives the values of `rows`, in their order; a column whose rows are all taken as they lie is not copied. */
export function gatherer(rows: Uint32Array): (values: Float64Array) => Float64Array {
  const isWhole = rows.every((row, i) => row === i);
  return (values) => {
    if (isWhole) return values.length === rows.length ? values : values.subarray(0, rows.length);
    const out = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]];
    return out;
  };
}

export function valuesOf(a: Side, b: Side, matched: MatchedKeys): Values {
  const gather = { a: gatherer(matched.a), b: gatherer(matched.b) };
  const ofA = async (names: readonly string[]): Promise<Float64Array[]> => (await a.read(names)).map(gather.a);
  const ofB = async (names: readonly string[]): Promise<Float64Array[]> => (await b.read(names)).map(gather.b);
  return {
    async pairs(names) {
      const x = await ofA(names.map((pair) => pair.a));
      const y = await ofB(names.map((pair) => pair.b));
      return names.map((_, k) => [x[k], y[k]] as const);
    },
    ofA: async (name) => (await ofA([name]))[0],
    ofB: async (name) => (await ofB([name]))[0],
  };
}
