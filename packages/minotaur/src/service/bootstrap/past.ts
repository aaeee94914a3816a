/**
 * The history of one instrument, gathered backwards from where its stream begins: the venue's pages, its files of whole days, files
 * that the user has. What is there is always whole from its oldest trade up to the stream, however early gathering ends.
 */
import { fail } from 'minotaur-core/internal/base/errors';
import { formatTime, MICROS_PER_DAY } from 'minotaur-core/internal/base/time';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import type { Trade } from 'minotaur-core/internal/trades/trade';
import { makeDirectory } from '../../node/writing.ts';
import { dumpOrder, fetchDay } from '../../files/dump-days.ts';
import type { VenueTrade } from '../../venues/contract/decoded.ts';
import { compare, take, type Gathered, type PastOrder } from './gathered.ts';
import { scanFiles, type FilePiece, type Piece } from './pieces.ts';
import { prepend } from './prepend.ts';
import type { Recorded } from './recorded.ts';

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
