/** Does the source's own turnover agree with what its prices and quantities make? It is read nowhere else. */
import { createHistogram } from './histogram.ts';
import type { Taken } from './taken.ts';

/** The quote column against the turnover that a chain computes. */
export interface QuoteReport {
  /** Trades whose quote column has a number. */
  readonly compared: number;
  /** Of these, to the bit. */
  readonly equal: number;
  /** Of these, more than a millionth apart. */
  readonly wrong: number;
  /** Middle of what the column is over what it should be, where it is wrong; null where it is not. */
  readonly ratio: number | null;
  /** The first that are wrong. */
  readonly examples: readonly string[];
}

/** A quote quantity is written with eight decimals. */
const LEAST = 1e-8;
const RELATIVE = 1e-6;
/** Examples that are kept. */
const KEPT = 3;

export function createQuote() {
  const ratios = createHistogram();
  const examples: string[] = [];
  let [compared, equal, wrong] = [0, 0, 0];
  return {
    add({ source: { quote }, tape, rows, place }: Taken): void {
      if (quote === undefined) return;
      for (let i = 0; i < tape.length; i++) {
        const [said, made] = [quote[rows[i]], tape.dollars[i]];
        if (said !== said) continue;
        compared++;
        if (said === made) equal++;
        if (Math.abs(said - made) <= RELATIVE * Math.abs(made) + LEAST) continue;
        wrong++;
        ratios.add(said / made);
        if (examples.length < KEPT) examples.push(`${place(rows[i])}: ${said}, where ${made} was traded`);
      }
    },
    /** Null where the source has no such column. */
    report(): QuoteReport | null {
      if (compared === 0) return null;
      return { compared, equal, wrong, ratio: wrong === 0 ? null : ratios.quantile(0.5), examples };
    },
  };
}
