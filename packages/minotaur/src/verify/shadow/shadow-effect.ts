/** What differences in the data did to the rows: a session's trades and the venue's, each through the chain, row against row. */
import type { Engine } from 'minotaur-core/internal/chain/contract';
import { sliceTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { DataFindings, Matched, Received } from './shadow-data.ts';
import { pairByTime, rowDivergence } from './shadow-difference.ts';
import { createFeeder, refusal, refusalOf, type Feeder, type RebuiltRow } from './shadow-feeder.ts';
import type { Divergence, MakeEngine } from '../harness/trace.ts';

export interface DataEffect {
  /** Rows that the received trades give. */
  rows: number;
  /** Of these, rows of other bits than the venue's trades give at the same time, and rows at times at which these give none. */
  changed: number;
  /** Rows of the venue's trades at times at which the received trades give none. */
  lost: number;
  /** The first of them, in the order of time: expected of the venue's trades, found of the received ones. */
  first: Divergence | { readonly message: string; readonly time: number } | undefined;
}

const BLOCK = 4096;

/** Rebuilds every session both ways. */
export function effectOnRows(
  matched: readonly Matched[],
  official: TradeBlock,
  make: MakeEngine,
  { counts }: DataFindings,
): DataEffect {
  const effect: DataEffect = { rows: 0, changed: 0, lost: 0, first: undefined };
  if (Object.values(counts).every((count) => count === 0)) return effect;
  const [live, venue] = [createFeeder(make, () => {}), createFeeder(make, () => {})];
  for (const { received, from, to, others } of matched) {
    const ofVenue = sliceTrades(official, from, to);
    const places = others.map((at) => Math.max(0, at - from));
    const ownPlaces = received.others.map(({ at }) => at);
    mergeRows(
      rowsOf(venue, received, ofVenue, places, undefined),
      rowsOf(live, received, received.trades, ownPlaces, received.more),
      live.engine,
      effect,
    );
  }
  return effect;
}

/** The rows that a session's bars and watermarks give with `trades`, in runs as they come out. */
function* rowsOf(
  feeder: Feeder,
  { state, others }: Received,
  trades: TradeBlock,
  places: readonly number[],
  more: Uint8Array | undefined,
): Generator<RebuiltRow[]> {
  const { engine, rows } = feeder;
  feeder.start(state);
  rows.length = 0;
  for (let i = 0, o = 0; i < trades.length || o < others.length;) {
    for (; o < others.length && places[o] <= i; o++) refusalOf(engine, others[o].event);
    const to = Math.min(trades.length, i + BLOCK, places[o] ?? Infinity);
    if (to > i) {
      const refused = refusal(engine, sliceTrades(trades, i, to));
      i = refused === undefined ? to : i + refused.row + 1;
      // The rest of the push that was refused did not reach the chain.
      if (refused !== undefined && more !== undefined) for (; i < trades.length && more[i - 1] === 1;) i++;
    }
    if (rows.length > 0) yield rows.splice(0);
  }
}

/** Compares rows of the same time; both sides are read only as far as the other has come. */
function mergeRows(
  venue: Generator<RebuiltRow[]>,
  live: Generator<RebuiltRow[]>,
  engine: Engine,
  effect: DataEffect,
): void {
  const expected: RebuiltRow[] = [];
  const found: RebuiltRow[] = [];
  const compare = (a: RebuiltRow | undefined, b: RebuiltRow | undefined): void => {
    const row = effect.rows;
    if (b !== undefined) effect.rows++;
    if (a !== undefined && b !== undefined) {
      const divergence = rowDivergence(a, b, engine.columns, row);
      if (divergence === undefined) return;
      effect.first ??= divergence;
    }
    if (b === undefined) effect.lost++;
    else effect.changed++;
    const { time } = (a ?? b) as RebuiltRow;
    const who =
      b === undefined
        ? 'a row that the received trades do not complete'
        : "a row that the venue's trades do not complete";
    effect.first ??= { message: who, time };
  };
  for (;;) {
    const more = expected.length === 0 ? pull(venue, expected) : true;
    const other = found.length === 0 ? pull(live, found) : true;
    if (!more || !other) break;
    pairByTime(expected, found, compare, false);
  }
  for (const rows of venue) expected.push(...rows);
  for (const rows of live) found.push(...rows);
  pairByTime(expected, found, compare, true);
}

function pull(from: Generator<RebuiltRow[]>, into: RebuiltRow[]): boolean {
  const next = from.next();
  if (next.done === true) return false;
  into.push(...next.value);
  return true;
}
