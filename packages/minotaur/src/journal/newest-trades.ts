/** The newest trades of each instrument on record, read from the end, so that what it costs does not grow with the journal. */
import { readFileSync } from 'node:fs';
import type { ReceivedTrade } from 'minotaur-core/internal/live/record';
import { decodeRecord } from './decode.ts';
import { KIND } from './format.ts';
import { rawRecords } from './raw-records.ts';
import type { Journal } from './reader.ts';

/** Segments that are looked through for more than the newest trade of an instrument. */
const SEGMENTS = 4;

/**
 * The newest trades by instrument, in the order in which they came, at most `most[i]` of instrument i: all of them where the last
 * segments have as many, at least one wherever the journal has any.
 */
export function newestTrades({ segments }: Journal, most: readonly number[]): readonly (readonly ReceivedTrade[])[] {
  const backwards = most.map((): ReceivedTrade[] => []);
  const isFull = (i: number): boolean => backwards[i].length >= most[i];
  const isEnough = (seen: number): boolean =>
    backwards.every(({ length }, i) => isFull(i) || (seen >= SEGMENTS && length > 0));
  for (let seen = 0; seen < segments.length && !isEnough(seen); seen++) {
    const segment = segments[segments.length - 1 - seen];
    for (const trade of tradesFromTheEnd(segment)) {
      if (!isFull(trade.instrument)) backwards[trade.instrument].push(trade);
      else if (most.every((_, i) => isFull(i))) break;
    }
  }
  return backwards.map((trades) => trades.toReversed());
}

function* tradesFromTheEnd(segment: string): Generator<ReceivedTrade> {
  const bytes = readFileSync(segment);
  // Places, because as many objects would cost more than the trades.
  const ends: number[] = [];
  const isTrade = (kind: number): boolean => kind === KIND.trade || kind === KIND.trades;
  for (const { kind, body } of rawRecords(bytes, segment))
    if (isTrade(kind)) ends.push(kind, body.byteOffset, body.length);
  for (let i = ends.length - 3; i >= 0; i -= 3) {
    const body = new Uint8Array(bytes.buffer, ends[i + 1], ends[i + 2]);
    const trades = decodeRecord(ends[i], body, new Map()) ?? [];
    for (const record of trades.toReversed()) if (record.kind === 'trade') yield record;
  }
}
