/** Holes that are found after the fact, and the rows that should have gone out as incomplete because of them. */
import type { Hole } from 'minotaur-core/internal/chain/contract';
import { sliceTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { MakeEngine } from '../harness/sides.ts';
import type { Matched } from './shadow-data.ts';
import { createFeeder, refusal, refusalOf } from './shadow-feeder.ts';
import type { Received } from './shadow-received.ts';

/** Trades in a row that the venue has and a session never had. */
export interface VenueHole extends Hole {
  readonly missing: number;
  /** Who knew of it while the session ran: its feed, the chain by the ids, or nobody. */
  readonly known: 'declared' | 'ids' | null;
  /** Ordinal among the trades that the session received, of the one behind it. */
  readonly trade: number;
  /** Index of its first trade among the venue's. */
  readonly official: number;
}

/** Rows of an epoch, from and to one past the last. */
export interface RowRange {
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
}

/** Runs of official trades [from, to) for which none came; `came` counts received trades from 1. */
export function holesIn(
  official: TradeBlock,
  came: Float64Array,
  from: number,
  to: number,
  received: Received,
): VenueHole[] {
  const holes: VenueHole[] = [];
  const { time } = official;
  const declared = received.others.flatMap(({ event }) => (event.kind === 'hole' ? [event.hole] : []));
  for (let at = from, trade = 0; at < to; at++) {
    if (came[at] > 0) {
      trade = came[at];
      continue;
    }
    const first = at;
    while (at + 1 < to && came[at + 1] === 0) at++;
    const span = { from: time[Math.max(from, first - 1)], to: time[Math.min(to - 1, at + 1)] };
    const covers = (hole: Hole): boolean => hole.from <= time[first] && time[at] <= hole.to;
    const known = declared.some(covers) ? 'declared' : received.gaps.some(covers) ? 'ids' : null;
    holes.push({ ...span, missing: at + 1 - first, known, trade, official: first });
  }
  return holes;
}

/** Rows that went out as complete, and would not have if the holes that nobody knew of had been declared. */
export function rowsTouched(matched: readonly Matched[], make: MakeEngine): RowRange[] {
  const ranges: RowRange[] = [];
  const feeder = createFeeder(make, () => {});
  for (const { received, holes } of matched) {
    const unknown = holes.filter(({ known }) => known === null);
    if (unknown.length === 0) continue;
    feeder.start(received.epoch, received.state, received.rows);
    feeder.rows.length = 0;
    const epoch = feeder.engine.epoch();
    for (const { at, what } of inOrder(received, unknown)) {
      if (typeof what === 'function') what(feeder.engine);
      else refusal(feeder.engine, sliceTrades(received.trades, at, what), { maxSilence: Infinity });
      for (const { ordinal, complete } of feeder.rows.splice(0))
        if (!complete && !received.incomplete.has(ordinal)) addRow(ranges, epoch, ordinal);
    }
  }
  return ranges;
}

function addRow(ranges: RowRange[], epoch: number, row: number): void {
  const last = ranges.at(-1);
  if (last?.epoch === epoch && last.to === row) ranges[ranges.length - 1] = { ...last, to: row + 1 };
  else ranges.push({ epoch, from: row, to: row + 1 });
}

type Engine = ReturnType<MakeEngine>;

/** Everything that a session received, with holes at their places: trades up to an index, or what is done with the engine. */
function* inOrder(
  { trades, others }: Received,
  holes: readonly VenueHole[],
): Generator<{ at: number; what: number | ((engine: Engine) => void) }> {
  const steps = [
    ...holes.map((hole) => ({ at: hole.trade, take: (engine: Engine) => declare(engine, hole) })),
    ...others.map(({ at, event }) => ({ at, take: (engine: Engine) => void refusalOf(engine, event) })),
  ].sort((a, b) => a.at - b.at);
  let at = 0;
  for (const step of steps) {
    if (step.at > at) yield { at, what: step.at };
    at = step.at;
    yield { at, what: step.take };
  }
  if (at < trades.length) yield { at, what: trades.length };
}

/** What is learned late reaches until now. */
export function declare(engine: Engine, { from, to, missing }: Hole): void {
  const now = engine.lastEvent()?.time ?? to;
  engine.hole({ from, to: Math.max(to, now), missing }, { maxSilence: Infinity });
}
