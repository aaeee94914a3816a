/** History of one instrument in pieces, the oldest first: pages in memory; files, and a record, that are read when it is their turn. */
import { sliceTrades, tradeAt, type Trade, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { differenceOf } from '../../venues/joiner/recent.ts';
import { openTrades } from '../../files/trades/trade-source.ts';
import type { SourceOptions } from '../../files/trades/source-options.ts';
import type { Recorded } from './recorded.ts';
import { fail } from 'minotaur-core/internal/base/errors';
import { formatTime } from 'minotaur-core/internal/base/time';
import type { IdKind } from 'minotaur-core/internal/trades/venues/profile';

/** Files of trades up to the first that is had otherwise. */
export interface FilePiece {
  readonly files: readonly string[];
  readonly options: SourceOptions;
  /** What comes behind the piece; undefined: nothing. */
  readonly before: Trade | undefined;
}

export type Piece = FilePiece | { readonly block: TradeBlock } | Pick<Recorded, 'read'>;

/** Whether a trade is not before `edge`, in a sequence of such ids. */
export function isBehind(ids: IdKind, trade: Trade, edge: Trade): boolean {
  if (ids === 'unique' || ids === 'none') return trade.id === edge.id;
  return BigInt(trade.id ?? -1) >= BigInt(edge.id ?? -1);
}

/** How many trades of a block come before `edge`. */
function lengthBefore(ids: IdKind, block: TradeBlock, edge: Trade | undefined): number {
  if (edge === undefined || block.length === 0) return block.length;
  if (ids !== 'unique' && !isBehind(ids, tradeAt(block, block.length - 1), edge)) return block.length;
  let at = 0;
  while (at < block.length && !isBehind(ids, tradeAt(block, at), edge)) at++;
  return at;
}

/** The blocks of pieces; each is valid until the next is asked for. */
export async function* blocksOf(ids: IdKind, pieces: readonly Piece[]): AsyncGenerator<TradeBlock> {
  for (const piece of pieces) {
    if ('block' in piece) {
      yield piece.block;
      continue;
    }
    if ('read' in piece) {
      yield* piece.read();
      continue;
    }
    const source = await openTrades(piece.files, piece.options);
    try {
      for await (const { block } of source.blocks()) {
        const length = lengthBefore(ids, block, piece.before);
        if (length > 0) yield sliceTrades(block, 0, length);
        if (length < block.length) break;
      }
    } finally {
      source.close();
    }
  }
}

/** What files of trades are, held against what is had behind them. */
export interface FileEnds {
  /** Before `edge`. */
  readonly trades: number;
  readonly oldest: Trade | undefined;
  /** Of those before `edge`. */
  readonly newest: Trade | undefined;
  /** Whether there is `edge` itself, or a later one. */
  readonly overlaps: boolean;
}

/** Trades that are compared, at most. */
const COMPARED = 1000;

/** Reads files through; `onSame` gets those of their trades that are not before `edge`. */
export async function scanFiles(
  ids: IdKind,
  { files, options, before }: FilePiece,
  onSame: (trade: Trade) => void,
): Promise<FileEnds> {
  let [trades, compared] = [0, 0];
  let oldest: Trade | undefined;
  let newest: Trade | undefined;
  const source = await openTrades(files, options);
  try {
    for await (const { block } of source.blocks()) {
      const length = compared > 0 ? 0 : lengthBefore(ids, block, before);
      if (block.length > 0) oldest ??= tradeAt(block, 0);
      if (length > 0) {
        newest = tradeAt(block, length - 1);
        trades += length;
      }
      for (let i = length; i < block.length && compared < COMPARED; i++, compared++) onSame(tradeAt(block, i));
      if (compared >= COMPARED) break;
    }
  } finally {
    source.close();
  }
  return { trades, oldest, newest, overlaps: compared > 0 };
}

/** A trade, and who says so. */
export interface Origin {
  readonly trade: Trade;
  readonly from: string;
  /** Its time is in whole seconds. */
  readonly isCoarse?: boolean | undefined;
}

/** Two sources of one trade. @throws {MinotaurError} of kind `input`, with both, where they differ in what every source gives alike */
export function requireSame(symbol: string, known: Origin, found: Origin): void {
  const isCoarse = known.isCoarse === true || found.isCoarse === true;
  const field = differenceOf(known.trade, found.trade, isCoarse);
  if (field === undefined) return;
  const shown = ({ trade, from }: Origin): string =>
    `${field} ${field === 'time' ? formatTime(trade.time) : String(trade[field])}, as ${from} has it`;
  fail('input', `${symbol}, trade ${String(known.trade.id)}`, shown(known), shown(found));
}
