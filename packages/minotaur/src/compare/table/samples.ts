/** A few rows of every column, to find columns that stand under another name. */
import { isNear } from '../measures/pair.ts';
import { spreadOf } from '../measures/robust.ts';

/** Rows that are kept of each column. */
const KEPT = 512;
/** Of these, the share that has to be equal. */
const EQUAL = 0.97;
/** Columns of fewer values are equal by chance. */
const DISTINCT = 20;

export interface Samples {
  add(side: 'a' | 'b', name: string, values: Float64Array): void;
  /** Columns of A that are nearly everywhere the column `name` of B. */
  like(name: string): string[];
}

export function createSamples(rows: number): Samples {
  const count = Math.min(KEPT, rows);
  const kept = { a: new Map<string, Float64Array>(), b: new Map<string, Float64Array>() };
  return {
    add(side, name, values) {
      const some = Float64Array.from({ length: count }, (_, k) => values[Math.floor((k * rows) / count)]);
      kept[side].set(name, some);
    },
    like(name) {
      const y = kept.b.get(name);
      if (y === undefined || new Set(y).size < DISTINCT) return [];
      const scale = spreadOf(y) || 1;
      return [...kept.a]
        .filter(([, x]) => {
          let equal = 0;
          for (let i = 0; i < count; i++) if (isNear(x[i], y[i], scale)) equal++;
          return equal >= EQUAL * count;
        })
        .map(([other]) => other);
    },
  };
}
