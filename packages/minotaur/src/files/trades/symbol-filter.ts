/**
 * Which trades of a source are the instrument's. A file or stream may hold several symbols: those of others are left out
 * where the instrument is named, and a second symbol is refused where it is not.
 */
import { fail } from 'minotaur-core/internal/base/errors';
import type { InputOptions } from '../csv/layout.ts';
import { kindTest } from '../csv/row-kinds.ts';
import { createTelling, type Telling } from '../csv/telling.ts';

/** What a filter goes by. */
type FilterOptions = Pick<InputOptions, 'instrument' | 'inspect' | 'accept'>;

export interface SymbolFilter extends Telling {
  /** Symbols that are the instrument's; empty as long as none is known. */
  readonly wanted: ReadonlySet<string>;
  /** Symbols of others that were met, a thousand at most, and how many rows each had. */
  readonly others: ReadonlyMap<string, number>;
  /** Whether `rows` trades of `symbol` are the instrument's. @throws at a second one where none is declared, unless it only inspects */
  takes(symbol: string, where: () => string, rows?: number): boolean;
  /** Refuses aggregated trades beside single ones, which have each trade twice. */
  requireKind(isAggregated: boolean, where: () => string): void;
  /** Refuses trades of another of a venue's markets than those before. */
  requireMarket(market: string, where: () => string): void;
}

/** Symbols of others that are remembered. */
const OTHERS = 1000;

/** A filter for all files of one source. */
export function createSymbolFilter({ instrument, inspect = false, accept = false }: FilterOptions): SymbolFilter {
  const declared = instrument?.symbol;
  const wanted = new Set(declared === undefined ? [] : [declared, ...(instrument?.formerly ?? [])]);
  const others = new Map<string, number>();
  let aggregated: boolean | undefined;
  let ownMarket: string | undefined;
  const telling = createTelling();
  const requireKindOfRow = kindTest();
  return {
    requireSame(column, text, where) {
      if (column.says !== 'kind') telling.requireSame(column, text, where);
      else if (!accept) requireKindOfRow(column, text, where);
    },
    wanted,
    others,
    takes(symbol, where, rows = 1) {
      if (wanted.has(symbol)) return true;
      if (declared === undefined && wanted.size === 0) {
        wanted.add(symbol);
        return true;
      }
      if (declared === undefined && !inspect) failSeveral([...wanted, symbol], where());
      const known = others.get(symbol);
      if (known !== undefined || others.size < OTHERS) others.set(symbol, (known ?? 0) + rows);
      return false;
    },
    requireKind(isAggregated, where) {
      aggregated ??= isAggregated;
      if (aggregated === isAggregated) return;
      const [before, found] = isAggregated ? ['single', 'aggregated'] : ['aggregated', 'single'];
      const mend = 'the two have each trade twice: filter the messages of one of them out';
      fail('input', where(), `${before} trades, as in the messages before (${mend})`, `${found} trades`);
    },
    requireMarket(market, where) {
      ownMarket ??= market;
      if (ownMarket === market) return;
      const expected = `trades of ${ownMarket}, as in the messages before: those of each market in files of their own`;
      fail('input', where(), expected, `trades of ${market}`);
    },
  };
}

/** Refuses a source of several symbols. */
export function failSeveral(symbols: readonly string[], where: string): never {
  const found = symbols.length > 20 ? [...symbols.slice(0, 20), '...'] : symbols;
  fail('input', where, 'one symbol, or `symbol` in the configuration, to say which is meant', found.join(', '));
}
