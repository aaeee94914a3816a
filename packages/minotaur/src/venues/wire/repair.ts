/** What a joiner asks, as a question to the venue, and the venue's answer as the joiner takes it. */
import type { IdKind } from 'minotaur-core/internal/trades/venues/profile';
import type { RepairAnswer, RepairRequest } from '../joiner/contract.ts';
import type { PageQuestion, Venue } from '../contract/venue.ts';
import type { VenueTrade } from '../contract/decoded.ts';
import type { Rest, RestFailure, RestPage } from './rest.ts';

/** Pages of trades that are known already, until it is given up: thousands of one microsecond. */
const MOST_PAGES = 10;

export interface AskedMarket {
  readonly venue: Venue;
  readonly profile: string;
  readonly symbol: string;
  readonly ids: IdKind;
  readonly rest: Rest;
  readonly wall: () => number;
}

const isFailure = (page: RestPage | RestFailure): page is RestFailure => 'failed' in page;

/** Asks for what is missing. */
export async function repair(
  market: AskedMarket,
  { number, after }: RepairRequest,
): Promise<RepairAnswer | RestFailure> {
  const { ids, rest, venue } = market;
  const question = questionOf(market, after);
  let page = await rest.page(question);
  if (ids === 'dense' && venue.repair?.by.value === 'time') page = await beyond(rest, question, page, after);
  if (ids === 'dense' && venue.repair?.by.value === 'id') page = await fromBelow(market, question, page);
  if (isFailure(page)) return page;
  const { arrival } = page;
  const trades = ids === 'dense' ? page.trades.filter(({ id }) => !(Number(id) <= Number(after?.id))) : page.trades;
  const coarse = trades.some(({ isCoarse }) => isCoarse === true);
  return { number, arrival, coarse, trades };
}

/** The newest page. */
export async function newest(market: AskedMarket): Promise<readonly VenueTrade[] | RestFailure> {
  const page = await market.rest.page(questionOf(market, undefined));
  return isFailure(page) ? page : page.trades;
}

function questionOf({ symbol, profile, ids, wall }: AskedMarket, after: RepairRequest['after']): PageQuestion {
  const about = { symbol, profile, now: wall() };
  if (after === undefined) return about;
  const fromId = ids === 'dense' ? Number(after.id) + 1 : undefined;
  return { ...about, since: after.time, fromId };
}

/** More trades may have the time of the last than a page has room for: its own cursor leads on. */
async function beyond(
  rest: Rest,
  question: PageQuestion,
  first: RestPage | RestFailure,
  after: RepairRequest['after'],
): Promise<RestPage | RestFailure> {
  let page = first;
  for (let pages = 1; pages < MOST_PAGES; pages++) {
    if (isFailure(page) || page.cursor === undefined || page.trades.length === 0) return page;
    if (page.trades.some(({ id }) => Number(id) > Number(after?.id))) return page;
    page = await rest.page({ ...question, cursor: page.cursor });
  }
  return page;
}

/**
 * A page that begins later than it should may have been cut at either end: that there is nothing before its first trade is
 * believed once the pages that end there say so too.
 */
async function fromBelow(
  { rest, venue }: AskedMarket,
  question: PageQuestion,
  page: RestPage | RestFailure,
): Promise<RestPage | RestFailure> {
  if (isFailure(page)) return page;
  const size = venue.repair?.pageSize.value ?? 0;
  let { trades } = page;
  for (let pages = 1; pages < MOST_PAGES; pages++) {
    const first = Number(trades[0]?.id);
    if (!(first > Number(question.fromId))) return { ...page, trades };
    const below = await rest.page({ ...question, fromId: Math.max(0, first - size) });
    if (isFailure(below)) return below;
    const older = below.trades.filter(({ id }) => Number(id) < first);
    if (older.length === 0) return { ...page, trades };
    trades = [...older, ...trades];
  }
  return { failed: `not whole in ${MOST_PAGES} pages`, retryAfter: 0 };
}
