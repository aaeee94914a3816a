/** A venue's REST backwards: what came before a trade, page by page, each joined to what is there by its ids. */
import type { IdKind } from 'minotaur-core/internal/trades/venues/profile';
import type { Trade } from 'minotaur-core/internal/trades/trade';
import type { VenueTrade } from '../../venues/contract/decoded.ts';
import type { RepairAnswer, RepairRequest } from '../../venues/joiner/contract.ts';
import { repair, type AskedMarket } from '../../venues/wire/repair.ts';
import type { Surroundings } from '../../venues/wire/surroundings.ts';

/** A page is asked for so that it overlaps what is there by this share: both have to say the same. */
const OVERLAP = 0.05;
/** Answers without anything new until it is believed that there is nothing. */
const EMPTY = 4;
const FIRST_PAUSE = 200;
/** Of a venue that is asked by time: the first span before a trade, and the longest in which there may be nothing. Microseconds. */
const SPAN = 60e6;
const LONGEST_SPAN = 30 * 86_400e6;
/** What a venue that is asked by time and gives all at once is asked for. */
const A_DAY = 86_400e6;

/** What came before a trade. */
interface PagesBefore {
  /** The oldest first; joined to the trade that was asked about. */
  readonly trades: readonly VenueTrade[];
  /** Trades that were there already, to be compared. */
  readonly again: readonly VenueTrade[];
}

export interface PastPages {
  /** The newest page. */
  newest(): Promise<readonly VenueTrade[]>;
  /** Nothing: REST goes back no further, or there is a hole that it does not fill. */
  before(first: Trade): Promise<PagesBefore | undefined>;
  /** Answers so far, and milliseconds that they took. */
  readonly requests: number;
  readonly milliseconds: number;
}

export interface PastPagesOrder {
  readonly market: AskedMarket;
  readonly around: Surroundings;
  /** Nothing is asked for behind it. */
  readonly signal: AbortSignal;
}

type After = RepairRequest['after'];

/** All that it knows. */
interface Asked extends PastPagesOrder {
  requests: number;
  milliseconds: number;
  /** Microseconds that are asked for at once, of a venue that is asked by time. */
  span: number;
  /** Whether a venue that has but one page has given it. */
  isOver: boolean;
}

export function createPastPages(order: PastPagesOrder): PastPages {
  const asked: Asked = { ...order, requests: 0, milliseconds: 0, span: SPAN, isOver: false };
  const { ids, venue } = order.market;
  return {
    newest: async () => (await ask(asked, undefined)).trades as readonly VenueTrade[],
    async before(first) {
      if (asked.isOver) return undefined;
      if (ids === 'dense' && venue.repair?.by.value === 'id') return byId(asked, first);
      if (ids === 'dense' && venue.repair?.by.value === 'time') return byTime(asked, first);
      asked.isOver = true;
      return atOnce(asked, first, ids);
    },
    get requests() {
      return asked.requests;
    },
    get milliseconds() {
      return asked.milliseconds;
    },
  };
}

const idOf = (trade: Trade | undefined): number => Number(trade?.id);

export async function pauseFor({ later }: Surroundings, milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve) => {
    const off = later(milliseconds, resolve);
    signal.addEventListener('abort', () => (off(), resolve()), { once: true });
  });
  signal.throwIfAborted();
}

/** Asks until there is an answer, or the signal ends it. */
async function ask(asked: Asked, after: After): Promise<RepairAnswer> {
  const { market, around, signal } = asked;
  for (;;) {
    signal.throwIfAborted();
    const began = around.now();
    const found = await repair(market, { number: 0, reason: 'overlap', after });
    signal.throwIfAborted();
    if (!('failed' in found)) {
      asked.requests++;
      asked.milliseconds += around.now() - began;
      return found;
    }
    await pauseFor(around, Math.max(FIRST_PAUSE, found.retryAfter), signal);
  }
}

/** Pages behind `after`, until the trade before `first` is reached. */
async function upTo(asked: Asked, after: NonNullable<After>, first: Trade): Promise<PagesBefore | undefined> {
  const trades: VenueTrade[] = [];
  const again: VenueTrade[] = [];
  let from = after;
  for (let empty = 0; empty < EMPTY;) {
    const page = (await ask(asked, from)).trades as readonly VenueTrade[];
    const known = trades.length === 0 ? Number(after.id) : idOf(trades.at(-1));
    const fresh = page.filter((trade) => idOf(trade) > known);
    trades.push(...fresh.filter((trade) => idOf(trade) < idOf(first)));
    again.push(...fresh.filter((trade) => idOf(trade) >= idOf(first)));
    const newest = page.at(-1);
    if (idOf(newest) >= idOf(first) - 1) return { trades, again };
    if (fresh.length === 0) await pauseFor(asked.around, FIRST_PAUSE * 2 ** empty++, asked.signal);
    else if (newest?.id !== undefined) from = { id: newest.id, time: newest.time };
  }
  return undefined;
}

async function byId(asked: Asked, first: Trade): Promise<PagesBefore | undefined> {
  const size = asked.market.venue.repair?.pageSize.value ?? 1;
  const id = Math.max(0, idOf(first) - Math.ceil(size * (1 - OVERLAP)) - 1);
  const found = await upTo(asked, { id, time: first.time }, first);
  return found === undefined || found.trades.length === 0 ? undefined : found;
}

async function byTime(asked: Asked, first: Trade): Promise<PagesBefore | undefined> {
  const size = asked.market.venue.repair?.pageSize.value ?? 1;
  for (; asked.span <= LONGEST_SPAN; asked.span *= 8) {
    const found = await upTo(asked, { id: 0, time: first.time - asked.span }, first);
    if (found === undefined) return undefined;
    if (found.trades.length === 0) continue;
    if (found.trades.length < size / 2) asked.span *= 2;
    else if (found.trades.length > 2 * size) asked.span /= 2;
    return found;
  }
  return undefined;
}

/** One answer has all that there is; it has to have `first` too. */
async function atOnce(asked: Asked, first: Trade, ids: IdKind): Promise<PagesBefore | undefined> {
  const { market, around, signal } = asked;
  const after = ids === 'rising' ? { id: 0, time: market.wall() - A_DAY } : undefined;
  for (let tries = 0; tries < EMPTY; tries++) {
    const page = (await ask(asked, after)).trades as readonly VenueTrade[];
    const at = page.findIndex(({ id }) => id === first.id);
    if (at === 0) return undefined;
    if (at > 0) return { trades: page.slice(0, at), again: page.slice(at) };
    await pauseFor(around, FIRST_PAUSE * 2 ** tries, signal);
  }
  return undefined;
}
