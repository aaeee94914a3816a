/** How much a trade is worth, and how many are hardly worth anything. */
import { log10 as logarithm } from 'minotaur-core/internal/base/elementary/index';
import { createHistogram } from './histogram.ts';
import type { Taken } from './taken.ts';

/** Of the value of trades, quote units; null of no trades. */
export interface SizesReport {
  /** Half of the trades are worth less; within 2 %, as the others. */
  readonly median: number | null;
  /** 99 of 100 are worth less. */
  readonly high: number | null;
  /** The largest, exactly. */
  readonly most: number | null;
  /** Share of the trades, the smallest, that together make a thousandth of the turnover. */
  readonly dust: number;
  /** They are worth less than this each. */
  readonly dustBelow: number | null;
  /** How many trades are worth about so much, quarter decade by quarter decade; by the logarithm to base 10 of the lower end. */
  readonly shape: readonly { readonly log10: number; readonly trades: number }[];
}

/** Of the turnover that dust makes. */
const DUST = 0.001;

export function createSizes() {
  const values = createHistogram();
  return {
    add({ tape }: Taken): void {
      for (let i = 0; i < tape.length; i++) values.add(Math.abs(tape.dollars[i]));
    },
    report(): SizesReport {
      const { count, most } = values;
      const buckets = values.buckets();
      if (count === 0) return { median: null, high: null, most: null, dust: 0, dustBelow: null, shape: [] };
      let left = DUST * buckets.reduce((total, [value, trades]) => total + value * trades, 0);
      let dust = 0;
      let dustBelow = 0;
      for (const [value, trades] of buckets) {
        if ((left -= value * trades) < 0) break;
        dust += trades;
        dustBelow = value;
      }
      return {
        median: values.quantile(0.5),
        high: values.quantile(0.99),
        most,
        dust: dust / count,
        dustBelow,
        shape: quartersOf(buckets),
      };
    },
  };
}

function quartersOf(buckets: readonly (readonly [value: number, count: number])[]): SizesReport['shape'] {
  const quarters = new Map<number, number>();
  for (const [value, trades] of buckets) {
    if (value === 0) continue;
    const quarter = Math.floor(logarithm(value) * 4) / 4;
    quarters.set(quarter, (quarters.get(quarter) ?? 0) + trades);
  }
  return [...quarters].map(([log10, trades]) => ({ log10, trades }));
}
