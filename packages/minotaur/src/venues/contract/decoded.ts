/** What a message of a venue says. */
import type { Trade } from 'minotaur-core/internal/trades/trade';

/** A trade as the chain takes it: its time in microseconds floored from the text, its numbers the nearest doubles of theirs. */
export interface VenueTrade extends Trade {
  /** The venue's own symbol; undefined where the message does not say it, as in answers to a question about one. */
  readonly symbol: string | undefined;
  readonly buyerMaker: boolean;
  /** Its time is in whole seconds, while the venue's stream has it finer. */
  readonly isCoarse?: true;
  /** It is the sum of trades that another stream of the venue has one by one: the two together have each twice. */
  readonly isAggregated?: true;
  /** Which of the venue's markets it is of, where two call it the same and their messages tell. */
  readonly market?: string;
}

/** One thing that a message says, told by `kind`. */
export type Decoded =
  /** Trades in the order in which they happened. `mayRepeat`: there may be some from before the subscription among them. */
  | { readonly kind: 'trades'; readonly trades: readonly VenueTrade[]; readonly mayRepeat: boolean }
  /** A trade that the venue's own dumps do not have, and why: no part of history, but its id is no hole. */
  | { readonly kind: 'leftOut'; readonly symbol: string | undefined; readonly id: string; readonly reason: string }
  /** A subscription is taken; which symbols, where it says so. */
  | { readonly kind: 'ack'; readonly symbols?: readonly string[] }
  /** A subscription is refused. */
  | { readonly kind: 'nack'; readonly reason: string }
  /** The connection lives. `lastId`: the newest trade of `symbol`, where the venue tells it. */
  | { readonly kind: 'heartbeat'; readonly symbol?: string; readonly lastId?: string }
  /** The venue wants this text back, or it closes the connection. */
  | { readonly kind: 'respond'; readonly text: string }
  /** The venue is about to close the connection. */
  | { readonly kind: 'reconnect'; readonly reason: string }
  /** Trading halts or goes on. */
  | { readonly kind: 'state'; readonly isOpen: boolean; readonly what: string }
  /** A message of a known form that says nothing of trades. */
  | { readonly kind: 'other'; readonly what: string }
  /** None of those: the caller keeps the message. */
  | { readonly kind: 'unknown'; readonly where: string; readonly expected: string; readonly found: string };

export const trades = (list: readonly VenueTrade[], mayRepeat = false): readonly Decoded[] => [
  { kind: 'trades', trades: list, mayRepeat },
];

export const other = (what: string): readonly Decoded[] => [{ kind: 'other', what }];

/** The trades in the order in which they happened, of a message that has either the newest or the oldest first. */
export function oldestFirst(list: readonly VenueTrade[]): readonly VenueTrade[] {
  const first = list[0];
  const last = list.findLast(({ symbol }) => symbol === first?.symbol);
  return last !== undefined && follows(first, last) ? list.toReversed() : list;
}

/** Whether `a` came after `b`, by time, then by ids that are numbers. */
function follows(a: VenueTrade, b: VenueTrade): boolean {
  if (a.time !== b.time) return a.time > b.time;
  return (
    typeof a.id !== 'string' && typeof b.id !== 'string' && a.id !== undefined && b.id !== undefined && a.id > b.id
  );
}
