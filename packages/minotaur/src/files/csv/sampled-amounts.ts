/** Amounts that stand beside the quantities of a text table, held against them in rows from its start to its end. */
import { numberOf } from 'minotaur-core/internal/base/texts';
import { requireAmounts, type Counting, type SaidAmounts } from '../trades/contracts.ts';
import type { Cells } from './csv.ts';
import { textOf } from './parse.ts';

/** Where a row has them; -1 where it has none. */
export interface AmountColumns {
  readonly price: number;
  readonly quantity: number;
  readonly base: number;
  readonly quote: number;
  readonly counting: Counting;
  /** What they are called. */
  readonly names: {
    readonly quantity: string;
    readonly base?: string | undefined;
    readonly quote?: string | undefined;
  };
}

export interface SampledAmounts {
  /** How many rows may be taken before the next one that is looked at, of `rows` that have been. */
  until(rows: number): number;
  /** Looks at the row at hand, the last of `rows`, where it is time to. @throws where the latest ones say that quantities are counted otherwise */
  look(rows: number, where: () => string): void;
}

/** Rows from one that is looked at to the next: a share of those so far, and never more than cost nothing. */
const LEAST = 64;
const MOST = 4096;
const SHARE = 64;
/** The latest, which typically have to fit. */
const LATEST = 8;

export function sampledAmounts(cells: Cells, { counting, names, ...at }: AmountColumns): SampledAmounts {
  const latest: SaidAmounts[] = [];
  let next = LEAST;
  const number = (column: number): number =>
    column < 0 ? NaN : numberOf(textOf(cells.bytes, cells.starts[column], cells.ends[column]).trim());
  return {
    until: (rows) => next - rows - 1,
    look(rows, where) {
      if (rows < next) return;
      next = rows + Math.min(MOST, Math.max(LEAST, Math.floor(rows / SHARE)));
      const [price, quantity] = [number(at.price), Math.abs(number(at.quantity))];
      latest.push({ price, quantity, base: number(at.base), quote: number(at.quote) });
      if (latest.length > LATEST) latest.shift();
      if (latest.length === LATEST) requireAmounts(latest, counting, names, where());
    },
  };
}
