/** The trades that were handed over last: what comes again has to be the same. */
import type { TradeId } from 'minotaur-core/internal/trades/id';
import type { Trade } from 'minotaur-core/internal/trades/trade';

/** Fields that every source of a venue gives alike. */
const CANONICAL = ['price', 'quantity', 'buyerMaker', 'time'] as const;

/** A field of a trade, as {@link Recent.difference} names it. */
export type CanonicalField = (typeof CANONICAL)[number];

export interface Recent {
  /** The id that is forgotten next; undefined where nothing is remembered. */
  readonly oldest: TradeId | undefined;
  add(trade: Trade): void;
  get(id: TradeId | undefined): Trade | undefined;
}

/** Remembers `capacity` trades by their ids. */
export function createRecent(capacity: number): Recent {
  const byId = new Map<TradeId, Trade>();
  const ring = new Array<TradeId | undefined>(capacity);
  let next = 0;
  return {
    get oldest() {
      return byId.size < capacity ? ring[0] : ring[next];
    },
    add(trade) {
      if (trade.id === undefined) return;
      const oldest = ring[next];
      if (oldest !== undefined) byId.delete(oldest);
      ring[next] = trade.id;
      next = (next + 1) % capacity;
      byId.set(trade.id, trade);
    },
    get: (id) => (id === undefined ? undefined : byId.get(id)),
  };
}

/** Whether one number is below another; exact above 2^53 too, where one of them is a bigint. */
export function isBelow(a: TradeId | undefined, b: TradeId | undefined): boolean {
  return a !== undefined && b !== undefined && typeof a !== 'string' && typeof b !== 'string' && a < b;
}

/** Orders ids that are numbers. */
export function inIdOrder({ id: a }: Trade, { id: b }: Trade): number {
  return isBelow(a, b) ? -1 : Number(isBelow(b, a));
}

/** The first canonical field in which two trades of one id differ; `coarse`: times are not compared. */
export function differenceOf(a: Trade, b: Trade, coarse = false): CanonicalField | undefined {
  return CANONICAL.find((field) => (field !== 'time' || !coarse) && !Object.is(a[field], b[field]));
}
