/** What has been gathered of one instrument so far, the oldest first. */
import { MICROS_OF_UNIT, type Instrument } from 'minotaur-core/internal/trades/instrument';
import { blockOf, type Trade } from 'minotaur-core/internal/trades/trade';
import type { SourceOptions } from '../../files/trades/source-options.ts';
import type { VenueTrade } from '../../venues/contract/decoded.ts';
import type { AskedMarket } from '../../venues/wire/repair.ts';
import { requireSame, type Origin, type Piece } from './pieces.ts';
import type { PastPages } from './past-pages.ts';
import type { Recorded } from './recorded.ts';

/** Trades of the oldest that are remembered, to be compared with what comes before them. */
const EDGE = 2000;

export interface PastOrder {
  readonly instrument: Instrument;
  readonly market: AskedMarket;
  /** Undefined: REST is not asked. */
  readonly pages: PastPages | undefined;
  /** Days of the venue's files; undefined: they are not taken. */
  readonly dumps: { readonly directory: string; readonly baseUrl: string | undefined } | undefined;
  readonly files: readonly string[];
  /** What is on record of it, behind which the stream goes on. */
  readonly recorded: Recorded | undefined;
  /** The trades with which the stream began; none yet: empty. */
  readonly begun: () => readonly Trade[];
  /** The stream, which has said nothing, goes on behind these. */
  readonly seed: (trades: readonly Trade[]) => void;
  readonly options: SourceOptions;
  readonly acceptRevised: boolean;
  readonly signal: AbortSignal;
}

/** All that a history knows. */
export interface Gathered extends PastOrder {
  pieces: Piece[];
  /** What is known of the oldest trades, by id: the stream's first, until there are older. */
  edge: Map<Trade['id'], Origin>;
  /** The oldest trade that is there or comes by the stream; undefined: there is none. */
  first: Trade | undefined;
  last: Trade | undefined;
  oldest: Trade | undefined;
  trades: number;
  days: number;
  end: string | undefined;
  readonly tried: Set<string>;
  /** What is wrong with a file of the venue's; empty: nothing. */
  unread: string;
  /** The day whose file begins what is there; undefined: another source does. */
  fromDay: string | undefined;
  /** With which the stream begins. */
  top: Trade | undefined;
  /** The newest trade of the user's files; not read yet: undefined. */
  newest: Trade | undefined;
}

/** Trades of REST that come before all of it. */
export function take(gathered: Gathered, trades: readonly VenueTrade[]): void {
  gathered.fromDay = undefined;
  gathered.pieces.unshift({ block: blockOf(trades) });
  gathered.first = gathered.oldest = trades[0];
  gathered.last ??= trades.at(-1);
  gathered.trades += trades.length;
  const known = trades.map((trade): [Trade['id'], Origin] => [
    trade.id,
    { trade, from: 'REST', isCoarse: trade.isCoarse },
  ]);
  gathered.edge = new Map([...known, ...gathered.edge].slice(0, EDGE));
}

/** What two sources have has to be the same. */
export function compare({ edge, instrument, acceptRevised }: Gathered, found: Origin): void {
  const known = edge.get(found.trade.id);
  // A venue's files may have finer times than its stream; the chain takes both as coarse as its profile says.
  const unit = MICROS_OF_UNIT[instrument.timeUnit];
  const taken = (one: Origin): Origin => {
    return { ...one, trade: { ...one.trade, time: Math.floor(one.trade.time / unit) * unit } };
  };
  if (known !== undefined && !acceptRevised) requireSame(instrument.symbol, taken(known), taken(found));
}
