/** When of two connections with the same subscription the older may go: once it has reached where the newer began, symbol by symbol. */
import type { TradeId } from 'minotaur-core/internal/trades/id';
import type { VenueTrade } from '../contract/decoded.ts';

/** Ids of one symbol that are remembered of each. */
const REMEMBERED = 10_000;

/** What both gave of one symbol. */
interface Both {
  readonly older: Set<TradeId>;
  readonly newer: Set<TradeId>;
  /** Where the newer began; NaN where ids are no numbers, or it gave none. */
  first: number;
  met: boolean;
}

export interface Overlapping {
  /** Trades of either. */
  take(trades: readonly VenueTrade[], side: 'older' | 'newer'): void;
  /** Whether all that the older gave since, the newer gives too, and there was something. */
  met(): boolean;
  /** Symbols of which the older gave something and the newer nothing. */
  missing(): string[];
}

export function createOverlapping(): Overlapping {
  const symbols = new Map<string, Both>();
  const bothOf = (symbol: string): Both => {
    const known = symbols.get(symbol);
    if (known !== undefined) return known;
    const made: Both = { older: new Set(), newer: new Set(), first: NaN, met: false };
    symbols.set(symbol, made);
    return made;
  };
  const order = (id: TradeId): number => (typeof id === 'string' ? NaN : Number(id));
  const reaches = ({ first, older, newer }: Both, id: TradeId, side: 'older' | 'newer'): boolean => {
    if (side === 'older') return newer.has(id) || order(id) >= first;
    // It begins here, and the older may be beyond.
    return older.has(id) || [...older].some((one) => order(one) >= first);
  };
  return {
    take(trades, side) {
      for (const { symbol = '', id } of trades) {
        const both = bothOf(symbol);
        if (both.met || id === undefined || both[side].size >= REMEMBERED) continue;
        const isFirst = side === 'newer' && both.newer.size === 0;
        if (isFirst) both.first = order(id);
        both[side].add(id);
        if (side === 'older' || isFirst || typeof id === 'string') both.met = reaches(both, id, side);
      }
    },
    met() {
      const all = [...symbols.values()];
      return all.some(({ met }) => met) && all.every(({ met, older }) => met || older.size === 0);
    },
    missing: () =>
      [...symbols].flatMap(([name, { older, newer }]) => (older.size > 0 && newer.size === 0 ? [name] : [])),
  };
}
