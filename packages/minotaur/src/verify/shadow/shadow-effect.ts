/** What differences in the data did to the rows: a session's trades and the venue's, each through the chain, row against row. */
import type { Engine, Hole } from 'minotaur-core/internal/chain/contract';
import { sliceTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { DataFindings, Matched } from './shadow-data.ts';
import { pairByTime, rowDivergence } from './shadow-difference.ts';
import { createFeeder, refusal, refusalOf, type Feeder, type RebuiltRow } from './shadow-feeder.ts';
import { declare } from './shadow-touched.ts';
import type { Received } from './shadow-received.ts';
import { resyncOf, type Resync } from './shadow-resync.ts';
import type { Divergence } from '../harness/divergence.ts';
import type { MakeEngine } from '../harness/sides.ts';

export interface DataEffect {
  /** Rows that the received trades give and that were compared. */
  rows: number;
  /** Of these, rows of other bits than the venue's trades give at the same time, and rows at times at which these give none. */
  changed: number;
  /** Rows of the venue's trades at times at which the received trades give none. */
  lost: number;
  /** Rows, of either side, that were not compared: from a declared hole on until bars are history's again. */
  leftOut: number;
  /** Columns that were not compared behind one, because they remember it. */
  columnsLeftOut: number;
  /** The first of them, in the order of time: expected of the venue's trades, found of the received ones. */
  first: Divergence | { readonly message: string; readonly time: number } | undefined;
}

const BLOCK = 4096;

/** Rebuilds every session both ways. */
export function effectOnRows(
  matched: readonly Matched[],
  official: TradeBlock,
  make: MakeEngine,
  { counts, declared }: DataFindings,
): DataEffect {
  const effect: DataEffect = { rows: 0, changed: 0, lost: 0, leftOut: 0, columnsLeftOut: 0, first: undefined };
  if (declared === 0 && Object.values(counts).every((count) => count === 0)) return effect;
  const [live, venue] = [createFeeder(make, () => {}), createFeeder(make, () => {})];
  const resync = resyncOf(live.engine.plan);
  for (const { received, from, to, others } of matched) {
    const ofVenue = sliceTrades(official, from, to);
    const places = others.map((at) => Math.max(0, at - from));
    const own = received.others.map(({ at }) => at);
    const compared = createComparison(received, resync, live.engine, effect);
    mergeRows(
      rowsOf(venue, received, ofVenue, places, () => {}),
      rowsOf(live, received, received.trades, own, (hole) => compared.hole(hole)),
      compared.take,
    );
  }
  return effect;
}

/** The rows that a session's bars and watermarks give with `trades`, in runs as they come out; its holes are `onHole`'s. */
function* rowsOf(
  feeder: Feeder,
  { epoch, state, rows: before, others }: Received,
  trades: TradeBlock,
  places: readonly number[],
  onHole: (hole: Hole) => void,
): Generator<RebuiltRow[]> {
  const { engine, rows } = feeder;
  feeder.start(epoch, state, before);
  rows.length = 0;
  for (let i = 0, o = 0; i < trades.length || o < others.length;) {
    for (; o < others.length && places[o] <= i; o++) {
      const { event } = others[o];
      if (event.kind === 'hole') onHole(event.hole);
      else refusalOf(engine, event);
    }
    const to = Math.min(trades.length, i + BLOCK, places[o] ?? Infinity);
    if (to > i) {
      const refused = refusal(engine, sliceTrades(trades, i, to), { maxSilence: Infinity });
      i = refused === undefined ? to : i + refused.row + 1;
    }
    if (rows.length > 0) yield rows.splice(0);
  }
}

/** Compares rows of one session with the venue's, but for those that a declared hole has made others. */
function createComparison({ others }: Received, resync: Resync, engine: Engine, effect: DataEffect) {
  const declared = others.flatMap(({ event }) => (event.kind === 'hole' ? [event.hole] : []));
  /** Whether nothing will be history's again. */
  let over = false;
  let resumed = -Infinity;
  const isOut = (venue: RebuiltRow | undefined, live: RebuiltRow | undefined): boolean => {
    if (live !== undefined && !over && live.complete) resumed = live.time;
    if (live !== undefined) return declared.length > 0 && (over || !live.complete) && live.time >= declared[0].from;
    const { time } = venue as RebuiltRow;
    return declared.some(({ from, to }) => from < time && !(resumed > to));
  };
  const seen = (row: RebuiltRow): RebuiltRow => {
    // Whether it is complete speaks of the run, not of the market.
    if (declared.length === 0 || row.time <= declared[0].from) return { ...row, complete: true };
    const values = row.values.map((value, c) => (resync.columns[c] ? value : NaN));
    return { ...row, complete: true, values };
  };
  return {
    /** A hole of the session comes now. */
    hole(hole: Hole): void {
      const until = resync.until(hole);
      if (until === undefined) over = true;
      else declare(engine, until);
      effect.columnsLeftOut = resync.columns.filter((forgets) => !forgets).length;
    },
    take(a: RebuiltRow | undefined, b: RebuiltRow | undefined): void {
      if (isOut(a, b)) return void effect.leftOut++;
      const row = effect.rows;
      if (b !== undefined) effect.rows++;
      if (a !== undefined && b !== undefined) {
        const divergence = rowDivergence(seen(a), seen(b), engine.columns, row);
        if (divergence === undefined) return;
        effect.first ??= divergence;
      }
      if (b === undefined) effect.lost++;
      else effect.changed++;
      const { time } = (a ?? b) as RebuiltRow;
      const whose = b === undefined ? 'the received trades do' : "the venue's trades do";
      effect.first ??= { message: `a row that ${whose} not complete`, time };
    },
  };
}

/** Pairs rows of the same time; both sides are read only as far as the other has come. */
function mergeRows(
  venue: Generator<RebuiltRow[]>,
  live: Generator<RebuiltRow[]>,
  compare: (venue: RebuiltRow | undefined, live: RebuiltRow | undefined) => void,
): void {
  const expected: RebuiltRow[] = [];
  const found: RebuiltRow[] = [];
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
