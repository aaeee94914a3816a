/** What was held of an instrument while a session began, read back from the disk; and what of it a session that was killed has left. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Hole } from 'minotaur-core/internal/chain/contract';
import { tradeOfRow, type Trade } from 'minotaur-core/internal/trades/trade';
import { segmentNumbers } from '../../journal/epochs.ts';
import { openJournal } from '../../journal/reader.ts';
import type { Arrived } from '../../venues/joiner/contract.ts';

export type Held = { readonly arrived: Arrived } | { readonly hole: Hole };

/** Where the trade is from that is on record, and behind which what is held goes on. */
export const ON_RECORD = 'record';
/** Trades with which a stream begins are compared with what other sources say of them. */
export const COMPARED = 1000;
/** Trades that a joiner remembers, at most. */
const REMEMBERED = 100_000;

/** What a session that was killed has left of an instrument. */
export interface Left {
  readonly parts: readonly string[];
  /** Of what is in the parts, those that are on record by now; and how many come behind them. */
  readonly skip: number;
  readonly count: number;
  readonly begun: readonly Trade[];
  readonly newest: readonly Trade[];
}

/** Numbers of the turns in a directory, in order. */
export function turnsIn(directory: string): number[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .map(Number)
    .filter((turn) => Number.isInteger(turn))
    .toSorted((a, b) => a - b);
}

export const partOf = (directory: string, turn: number, instrument: number): string =>
  join(directory, String(turn), String(instrument));

/** What is held in parts, in order; the trade on record before it stands first where there is one, as a trade of that origin. */
export function* heldIn(parts: readonly string[]): Generator<Held | { readonly onRecord: Trade }> {
  for (const part of parts) {
    if (segmentNumbers(part).length === 0) continue;
    for (const { record } of openJournal(part).records()) {
      if (record.kind === 'hole') yield { hole: record.hole };
      if (record.kind !== 'trade') continue;
      const [trade, { text: way }] = [tradeOfRow(record), record.origin];
      yield way === ON_RECORD
        ? { onRecord: trade }
        : { arrived: { trade, arrival: record.arrival, way: way as Arrived['way'] } };
    }
  }
}

/**
 * What is left of an instrument behind the newest trade on record; undefined where nothing is, or where it goes on behind another: then
 * all of it is on record, and it is taken away. It ends before a hole, which may be filled by now.
 */
export function leftOf(directory: string, instrument: number, newestOnRecord: Trade | undefined): Left | undefined {
  const parts = turnsIn(directory)
    .map((turn) => partOf(directory, turn, instrument))
    .filter((part) => existsSync(part));
  let skip = newestOnRecord === undefined ? 0 : NaN;
  let [at, begun, newest]: [number, Trade[], Trade[]] = [0, [], []];
  for (const one of heldIn(parts)) {
    if ('hole' in one) break;
    const trade = 'onRecord' in one ? one.onRecord : one.arrived.trade;
    if ('arrived' in one) at++;
    if (newestOnRecord !== undefined && trade.id === newestOnRecord.id) [skip, begun, newest] = [at, [], []];
    else if ('arrived' in one) {
      if (begun.length < COMPARED) begun.push(trade);
      newest.push(trade);
      if (newest.length >= 2 * REMEMBERED) newest = newest.slice(-REMEMBERED);
    }
  }
  if (at > skip) return { parts, skip, count: at - skip, begun, newest };
  for (const part of parts) rmSync(part, { recursive: true, force: true });
  return undefined;
}
