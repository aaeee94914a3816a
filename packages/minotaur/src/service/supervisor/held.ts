/** What was held of an instrument while a session began, read back from the disk; and what of it a session that was killed has left. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import type { Hole } from 'minotaur-core/internal/chain/contract';
import { tradeOfRow, type Trade } from 'minotaur-core/internal/trades/trade';
import { segmentNumbers } from '../../journal/epochs.ts';
import { openJournal } from '../../journal/reader.ts';
import type { Arrived } from '../../venues/joiner/contract.ts';

export type Held = { readonly arrived: Arrived } | { readonly hole: Hole };

/** Where the trade is from that a session found, on record or left, and behind which what it holds goes on. */
export const ON_RECORD = 'record';
/** Trades with which a stream begins are compared with what other sources say of them. */
export const COMPARED = 1000;
/** Trades that a joiner remembers, at most. */
const REMEMBERED = 100_000;

/** Of what lies in a part, in order, those that are to be used. */
interface Stretch {
  readonly part: string;
  readonly from: number;
  to: number;
}

/** What a session that was killed has left of an instrument. */
export interface Left {
  readonly stretches: readonly Stretch[];
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

type Found = Held | { readonly onRecord: Trade };

/** What is held in a part, in order; the trade that it goes on behind stands first where there is one, as a trade of that origin. */
function* foundIn(part: string, name?: string): Generator<Found> {
  if (!existsSync(part) || segmentNumbers(part).length === 0) return;
  for (const { record, header } of openJournal(part).records()) {
    if ('instrument' in record && name !== undefined && header.instruments[record.instrument]?.name !== name) return;
    if (record.kind === 'hole') yield { hole: record.hole };
    if (record.kind !== 'trade') continue;
    const [trade, { text: way }] = [tradeOfRow(record), record.origin];
    yield way === ON_RECORD
      ? { onRecord: trade }
      : { arrived: { trade, arrival: record.arrival, way: way as Arrived['way'] } };
  }
}

export function* heldIn(parts: readonly string[]): Generator<Held> {
  for (const part of parts) for (const one of foundIn(part)) if (!('onRecord' in one)) yield one;
}

/** What is left, read back. */
export function* readLeft({ stretches }: Left): Generator<Held> {
  for (const { part, from, to } of stretches) {
    let at = 0;
    for (const one of heldIn([part])) {
      if (at++ >= from) yield one;
      // What stands behind it may be damaged.
      if (at === to) break;
    }
  }
}

interface LeftOrder {
  readonly directory: string;
  /** Its place among those of the session. */
  readonly instrument: number;
  readonly name: string;
  readonly newestOnRecord: Trade | undefined;
  /** Nothing behind a hole is used, which may be filled by now. */
  readonly endsAtHole: boolean;
}

/**
 * What is left of an instrument behind the newest trade on record; undefined where nothing is, or where it goes on behind another: then
 * all of it is on record. A part counts that goes on behind what is known by then, as far as it can be read.
 */
export function leftOf({ directory, instrument, name, newestOnRecord, endsAtHole }: LeftOrder): Left | undefined {
  let stretches: Stretch[] = [];
  let [begun, newest]: Trade[][] = [[], []];
  let isOpen = newestOnRecord === undefined;
  for (const turn of turnsIn(directory)) {
    const part = partOf(directory, turn, instrument);
    let at = 0;
    for (const one of readable(part, name)) {
      const trade = 'hole' in one ? undefined : 'onRecord' in one ? one.onRecord : one.arrived.trade;
      const isNewest = trade !== undefined && newestOnRecord !== undefined && trade.id === newestOnRecord.id;
      if (isNewest) [stretches, begun, newest, isOpen] = [[], [], [], true];
      else if ('onRecord' in one) isOpen = newest.length > 0 && newest[newest.length - 1].id === one.onRecord.id;
      else if ('hole' in one && endsAtHole) isOpen = false;
      if ('onRecord' in one) continue;
      if (isOpen && !isNewest) {
        extend(stretches, part, at);
        if (trade !== undefined && begun.length < COMPARED) begun.push(trade);
        if (trade !== undefined) newest.push(trade);
        if (newest.length >= 2 * REMEMBERED) newest = newest.slice(-REMEMBERED);
      }
      at++;
    }
  }
  const count = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
  return count === 0 ? undefined : { stretches, count, begun, newest };
}

function extend(stretches: Stretch[], part: string, at: number): void {
  const last = stretches.at(-1);
  if (last?.part === part && last.to === at) last.to++;
  else stretches.push({ part, from: at, to: at + 1 });
}

/** What can be read of a part that another process left: what a loss of power damaged ends it, and of another instrument nothing is read. */
function* readable(part: string, name: string): Generator<Found> {
  try {
    for (const one of foundIn(part, name)) yield one;
  } catch (error) {
    if (!(error instanceof MinotaurError) || error.kind !== 'input') throw error;
  }
}
