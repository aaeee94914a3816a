/** What differences in the data did to the rows: a session's trades and the venue's, each through the chain, row against row. */
import type { Engine, Hole } from 'minotaur-core/internal/chain/contract';
import { sliceTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { DataFindings, Matched } from './shadow-data.ts';
import { pairByTime, rowDivergence } from './shadow-difference.ts';
import { createFeeder, refusal, refusalOf, type Feeder, type RebuiltRow } from './shadow-feeder.ts';
import { declare, factsOfLane } from './shadow-touched.ts';
import type { VenueTrades } from './shadow-holes.ts';
import type { Received, Step } from './shadow-received.ts';
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
  official: readonly VenueTrades[],
  make: MakeEngine,
  { counts, declared }: DataFindings,
): DataEffect {
  const effect: DataEffect = { rows: 0, changed: 0, lost: 0, leftOut: 0, columnsLeftOut: 0, first: undefined };
  if (declared === 0 && Object.values(counts).every((count) => count === 0)) return effect;
  const [live, venue] = [createFeeder(make, () => {}), createFeeder(make, () => {})];
  const resync = resyncOf(live.engine.plan);
  const ofVenues = official.map(({ trades }) => trades);
  for (const { received, steps } of matched) {
    const own = received.lanes.map(({ trades }) => trades);
    const compared = createComparison(received, resync, live.engine, effect);
    mergeRows(
      rowsOf(venue, received, steps, ofVenues, () => {}),
      rowsOf(live, received, received.steps, own, compared.hole),
      compared.take,
    );
  }
  return effect;
}

/** The rows that the steps of a session give with these trades, in runs as they come out; its holes are `onHole`'s. */
function* rowsOf(
  feeder: Feeder,
  { epoch, state, rows: before }: Received,
  steps: readonly Step[],
  lanes: readonly TradeBlock[],
  onHole: (hole: Hole, lane: number) => void,
): Generator<RebuiltRow[]> {
  const { engine, rows } = feeder;
  feeder.start(epoch, state, before);
  rows.length = 0;
  for (const step of steps) {
    if ('event' in step) {
      if (step.event.kind === 'hole') onHole(step.event.hole, step.lane);
      else refusalOf(engine, step.event);
      if (rows.length > 0) yield rows.splice(0);
      continue;
    }
    const facts = factsOfLane(engine, step.lane);
    for (let from = step.from; from < step.to;) {
      const to = Math.min(step.to, from + BLOCK);
      const refused = refusal(engine, sliceTrades(lanes[step.lane], from, to), facts);
      from = refused === undefined ? to : from + refused.row + 1;
      if (rows.length > 0) yield rows.splice(0);
    }
  }
}

/** Compares rows of one session with the venue's, but for those that a declared hole has made others. */
function createComparison({ steps }: Received, resync: Resync, engine: Engine, effect: DataEffect) {
  const declared = steps.flatMap((step) => ('event' in step && step.event.kind === 'hole' ? [step.event.hole] : []));
  const first = declared.reduce((least, { from }) => Math.min(least, from), Infinity);
  /** Whether nothing will be history's again. */
  let over = false;
  let resumed = -Infinity;
  const isOut = (venue: RebuiltRow | undefined, live: RebuiltRow | undefined): boolean => {
    if (live !== undefined && !over && live.complete) resumed = live.time;
    if (live !== undefined) return (over || !live.complete) && live.time >= first;
    const { time } = venue as RebuiltRow;
    return declared.some(({ from, to }) => from < time && !(resumed > to));
  };
  const seen = (row: RebuiltRow): RebuiltRow => {
    // Whether it is complete speaks of the run, not of the market.
    if (row.time <= first) return { ...row, complete: true };
    const values = row.values.map((value, c) => (resync.columns[c] ? value : NaN));
    return { ...row, complete: true, values };
  };
  return {
    /** A hole of the session comes now. */
    hole(hole: Hole, lane: number): void {
      const until = resync.until(hole);
      if (until === undefined) over = true;
      else declare(engine, until, lane);
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
