/** Missed trades: what to ask a venue, and its answer as trades. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { VenueTrade } from './decoded.ts';
import { parseStrict, shown } from './json.ts';
import type { PageQuestion, PageRequest, Venue } from './venue.ts';

/** A page of trades. */
export interface TradePage {
  /** Oldest first; ids may be missing, and there may be fewer than were asked for: a page is never the end. */
  readonly trades: readonly VenueTrade[];
  /** For the question about the next page. */
  readonly cursor?: string | undefined;
}

/** The request for a page. @throws {MinotaurError} of kind `config` for a venue that is read from recordings alone */
export function pageRequest({ repair, title }: Venue, question: PageQuestion): PageRequest {
  if (repair === undefined) return fail('config', title, 'a venue that can be asked for trades', 'recordings alone');
  return { host: repair.host.value, ...repair.request(question) };
}

/** The answer to a page's request. @throws {MinotaurError} of kind `input` for one without trades, as problems are told */
export function readPage({ messages, repair, title }: Venue, text: string, question: PageQuestion): TradePage {
  const answer = parseStrict(text);
  const trades = messages.answer(answer);
  if (trades === undefined) return fail('input', `answer of ${title}`, 'trades', shown(answer));
  const { symbol } = question;
  const stranger = trades.find((trade) => trade.symbol !== undefined && trade.symbol !== symbol);
  if (stranger !== undefined && repair?.renames !== true)
    fail('input', `answer of ${title}`, `trades of ${symbol}`, `of ${String(stranger.symbol)}`);
  return { trades: trades.map((trade) => ({ ...trade, symbol })), cursor: repair?.cursor?.(answer) };
}
