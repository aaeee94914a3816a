/**
 * The history of one instrument, gathered backwards from where its stream begins: the venue's pages, its files of whole days, files
 * that the user has. What is there is always whole from its oldest trade up to the stream, however early gathering ends.
 */
import { fail } from 'minotaur-core/internal/base/errors';
import { formatTime, MICROS_PER_DAY } from 'minotaur-core/internal/base/time';
import { MICROS_OF_UNIT, type Instrument } from 'minotaur-core/internal/trades/instrument';
import { blockOf, sliceTrades, tradeAt, type Trade } from 'minotaur-core/internal/trades/trade';
import { makeDirectory } from '../../node/writing.ts';
import { dumpOrder, fetchDay } from '../../files/dump-days.ts';
import type { SourceOptions } from '../../files/trades/source-options.ts';
import type { VenueTrade } from '../../venues/contract/decoded.ts';
import type { AskedMarket } from '../../venues/wire/repair.ts';
import { isBehind, requireSame, scanFiles, type FilePiece, type Origin, type Piece } from './pieces.ts';
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

/** What was gathered of one instrument. */
export interface Past {
  readonly instrument: Instrument;
  /** The oldest first. */
  readonly pieces: readonly Piece[];
  /** The oldest trade; undefined: nothing is there yet. */
  readonly oldest: Trade | undefined;
  /** The newest trade. */
  readonly newest: Trade | undefined;
  readonly trades: number;
  /** Days of the venue's files among it. */
  readonly days: number;
  /** Why it goes back no further; undefined: it may. */
  readonly end: string | undefined;
  /** Goes further back by a page, a day, or a file. */
  extend(): Promise<void>;
}

/** All that a history knows. */
interface Gathered extends PastOrder {
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

/** What is gathered comes before the stream; where that is silent, it goes on behind `page`, the newest, which is history. */
export function createPast(order: PastOrder, page: readonly VenueTrade[]): Past {
  const none = {
    first: undefined,
    top: undefined,
    last: undefined,
    oldest: undefined,
    newest: undefined,
    end: undefined,
  };
  const gathered: Gathered = {
    ...order,
    ...none,
    pieces: [],
    edge: new Map(),
    trades: 0,
    days: 0,
    tried: new Set(),
    unread: '',
    fromDay: undefined,
  };
  if (order.recorded !== undefined) beginWithRecord(gathered, order.recorded);
  else if (!beginWithStream(gathered) && page.length > 0) {
    order.seed(page);
    take(gathered, page);
  }
  return {
    instrument: order.instrument,
    get pieces() {
      return gathered.pieces;
    },
    get oldest() {
      return gathered.oldest;
    },
    get newest() {
      return gathered.last;
    },
    get trades() {
      return gathered.trades;
    },
    get days() {
      return gathered.days;
    },
    get end() {
      return gathered.end;
    },
    extend: () => extend(gathered),
  };
}

/** The user's own files, once they are reached; a day of the venue's, where it is over; a page otherwise. */
async function extend(gathered: Gathered): Promise<void> {
  const { files, pages, first } = gathered;
  if (first === undefined) return beginAnyhow(gathered);
  if ((await reachesFiles(gathered)) && (await prepend(gathered, first, files, 'the history'))) {
    gathered.end = 'the history that was given begins there';
    return;
  }
  if (await prependDay(gathered, first)) return;
  const found = await pages?.before(first);
  if (found === undefined) {
    gathered.end = (pages === undefined ? 'REST is not asked' : 'REST goes back no further') + gathered.unread;
    if (files.length > 0) fail('input', files.at(-1) ?? '', `history up to trade ${String(first.id)}`, gathered.end);
    return;
  }
  for (const trade of found.again) compare(gathered, { trade, from: 'REST', isCoarse: trade.isCoarse });
  take(gathered, found.trades);
}

/** What is on record ends where the stream, which was seeded with it, goes on. */
function beginWithRecord(gathered: Gathered, { begun, newest, trades, read }: Recorded): void {
  gathered.pieces.unshift({ read });
  gathered.first = gathered.oldest = begun[0];
  gathered.last = newest;
  gathered.trades += trades;
  gathered.edge = new Map(begun.map((trade) => [trade.id, { trade, from: 'the record' }]));
}

/** Whether the stream has begun: then history ends before its first trade. */
function beginWithStream(gathered: Gathered): boolean {
  const begun = gathered.begun();
  if (begun.length === 0) return false;
  gathered.first = gathered.top = begun[0];
  gathered.edge = new Map(begun.map((trade) => [trade.id, { trade, from: 'the stream' }]));
  return true;
}

/** Neither the stream nor REST has given anything: the stream goes on behind the user's files. */
async function beginAnyhow(gathered: Gathered): Promise<void> {
  const { files, options, instrument } = gathered;
  const piece: FilePiece = { files, options, before: undefined };
  const ends = files.length === 0 ? undefined : await scanFiles(instrument.ids, piece, () => {});
  if (beginWithStream(gathered)) return;
  gathered.end = 'nothing more is known to have been traded';
  if (ends?.oldest === undefined || ends.newest === undefined) return;
  gathered.seed([ends.newest]);
  gathered.pieces.unshift(piece);
  gathered.first = gathered.oldest = ends.oldest;
  gathered.last = ends.newest;
  gathered.trades += ends.trades;
}

/** Whether the user's files may go on where what is there begins. */
async function reachesFiles(gathered: Gathered): Promise<boolean> {
  const { files, options, instrument, first, edge } = gathered;
  if (files.length === 0 || first === undefined) return false;
  gathered.newest ??= (await scanFiles(instrument.ids, { files, options, before: undefined }, () => {})).newest;
  const { newest } = gathered;
  if (newest === undefined) return false;
  if (newest.id === undefined && instrument.ids !== 'none')
    fail('input', files.at(-1) ?? '', 'trades with ids, by which they meet the stream', 'none');
  return instrument.ids === 'dense' ? Number(newest.id) >= Number(first.id) - 1 : edge.has(newest.id);
}

function take(gathered: Gathered, trades: readonly VenueTrade[]): void {
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

function compare({ edge, instrument, acceptRevised }: Gathered, found: Origin): void {
  const known = edge.get(found.trade.id);
  // A venue's files may have finer times than its stream; the chain takes both as coarse as its profile says.
  const unit = MICROS_OF_UNIT[instrument.timeUnit];
  const taken = (one: Origin): Origin => {
    return { ...one, trade: { ...one.trade, time: Math.floor(one.trade.time / unit) * unit } };
  };
  if (known !== undefined && !acceptRevised) requireSame(instrument.symbol, taken(known), taken(found));
}

/** Whether files end where what is there begins, or later: then they are taken, and what both have is theirs. */
async function prepend(
  gathered: Gathered,
  first: Trade,
  files: readonly string[],
  from: string,
  isDayBefore = false,
): Promise<boolean> {
  const { instrument, options } = gathered;
  const piece: FilePiece = { files, options, before: first };
  const { ids } = instrument;
  const again: Trade[] = [];
  const ends = await scanFiles(ids, piece, (trade) => again.push(trade));
  const meets = ids === 'unique' ? isDayBefore : ids === 'dense' && Number(ends.newest?.id) === Number(first.id) - 1;
  const joins = ends.overlaps || meets;
  if (!joins || ends.oldest === undefined) return false;
  for (const trade of again) compare(gathered, { trade, from });
  if (gathered.recorded !== undefined && ids === 'unique') requireAll(gathered, again, from);
  const last = again.findLast(({ id }) => gathered.edge.get(id)?.from === 'REST');
  const before = last === undefined ? first : cutTo(gathered, last);
  if (gathered.pieces.length === 0) gathered.last = last ?? ends.newest;
  gathered.pieces.unshift({ ...piece, before });
  gathered.oldest = gathered.first = ends.oldest;
  gathered.trades += ends.trades + (last === undefined ? 0 : again.indexOf(last) + 1);
  gathered.edge = new Map();
  return true;
}

/** Where ids tell no hole, the file and what is on record have to have the same trades: as far as both are compared. */
function requireAll({ edge, instrument, acceptRevised }: Gathered, again: readonly Trade[], from: string): void {
  if (acceptRevised) return;
  const [ours, theirs] = [[...edge.keys()], again.map(({ id }) => id)];
  const given = new Set(theirs);
  const stranger = theirs
    .slice(
      0,
      theirs.findLastIndex((id) => edge.has(id)),
    )
    .find((id) => !edge.has(id));
  const absent = ours
    .slice(
      0,
      ours.findLastIndex((id) => given.has(id)),
    )
    .find((id) => !given.has(id));
  const where = `${instrument.symbol}, ${from}`;
  if (absent !== undefined)
    fail('input', where, `trade ${String(absent)}, which is on record, from where it begins`, 'none');
  if (stranger !== undefined)
    fail('input', where, 'the trades that are on record', `trade ${String(stranger)} among them`);
}

/** Leaves out of the pages what files have; the first trade that is left, or with which the stream begins. */
function cutTo(gathered: Gathered, last: Trade): Trade | undefined {
  const { pieces, instrument } = gathered;
  const { ids } = instrument;
  for (let piece = pieces[0]; piece !== undefined && 'block' in piece; piece = pieces[0]) {
    const { block } = piece;
    const end = tradeAt(block, block.length - 1);
    let at = 0;
    if (ids !== 'unique' && isBehind(ids, last, end)) at = block.length;
    else while (at < block.length && !(tradeAt(block, at).id === last.id)) at++;
    const cut = Math.min(block.length, at + 1);
    gathered.trades -= cut;
    if (cut < block.length) {
      pieces[0] = { block: sliceTrades(block, cut, block.length) };
      return tradeAt(block, cut);
    }
    pieces.shift();
    if (end.id === last.id) break;
  }
  const next = pieces[0];
  if (next !== undefined && 'block' in next) return tradeAt(next.block, 0);
  return gathered.top;
}

/** The day in which the trade before the oldest one was, as its venue counts days; the day of today is not over. */
async function prependDay(gathered: Gathered, first: Trade): Promise<boolean> {
  const { dumps, market, tried, signal, instrument } = gathered;
  const { dump } = market.venue;
  if (dumps === undefined || dump === undefined) return false;
  const ahead = dump.dayAheadHours.value * 3_600e6;
  const day = formatTime(first.time - 1 + ahead).slice(0, 10);
  const today = Math.floor((market.wall() + ahead) / MICROS_PER_DAY);
  if (Math.floor((first.time - 1 + ahead) / MICROS_PER_DAY) >= today || tried.has(day)) return false;
  tried.add(day);
  const { symbol } = instrument;
  const order = dumpOrder({ dump, profile: market.profile, symbol, day, ...dumps });
  makeDirectory(dumps.directory);
  const { outcome, file, why } = await fetchDay(order, { fetch, signal });
  if (outcome !== 'fetched' && outcome !== 'there') {
    gathered.unread = `; the file of ${day}: ${why ?? outcome}`;
    return false;
  }
  // A file of a day has all of it: where ids only tell trades apart, it meets the one of the day after.
  const isDayBefore = formatTime(first.time - 1 + ahead + MICROS_PER_DAY).slice(0, 10) === gathered.fromDay;
  const joins = await prepend(gathered, first, [file], `the file of ${day}`, isDayBefore);
  if (joins) {
    gathered.days++;
    gathered.fromDay = day;
  } else gathered.unread = `; the file of ${day} has not got trade ${String(first.id)}`;
  return joins;
}
