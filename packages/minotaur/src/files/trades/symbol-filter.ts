/**
 * Which trades of a source are the instrument's. A file or stream may hold several symbols: those of others are left out
 * where the instrument is named, and a second symbol is refused where it is not.
 */
import { fail } from 'minotaur-core/internal/base/errors';
import type { InstrumentInput } from 'minotaur-core/internal/trades/instrument';

export interface SymbolFilter {
  /** Symbols that are the instrument's; empty as long as none is known. */
  readonly wanted: ReadonlySet<string>;
  /** Symbols of others that were met, some twenty at most. */
  readonly others: ReadonlySet<string>;
  /** Whether trades of `symbol` are the instrument's. @throws at a second one where none is declared */
  takes(symbol: string, where: () => string): boolean;
}

/** A filter for all files of one source. */
export function createSymbolFilter(instrument: InstrumentInput | undefined): SymbolFilter {
  const declared = instrument?.symbol;
  const wanted = new Set(declared === undefined ? [] : [declared, ...(instrument?.formerly ?? [])]);
  const others = new Set<string>();
  return {
    wanted,
    others,
    takes(symbol, where) {
      if (wanted.has(symbol)) return true;
      if (declared === undefined) {
        if (wanted.size > 0) failSeveral([...wanted, symbol], where());
        wanted.add(symbol);
        return true;
      }
      if (others.size < 20) others.add(symbol);
      return false;
    },
  };
}

/** Refuses a source of several symbols. */
export function failSeveral(symbols: readonly string[], where: string): never {
  const found = symbols.length > 20 ? [...symbols.slice(0, 20), '...'] : symbols;
  fail('input', where, 'one symbol, or `symbol` in the configuration, to say which is meant', found.join(', '));
}
