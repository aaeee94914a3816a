/** The rows that should have gone out as incomplete, because of holes that nobody knew of. */
import type { Hole } from 'minotaur-core/internal/chain/contract';
import { sliceTrades } from 'minotaur-core/internal/trades/trade';
import type { MakeEngine } from '../harness/sides.ts';
import type { Matched } from './shadow-data.ts';
import { createFeeder, refusal, refusalOf } from './shadow-feeder.ts';
import type { VenueHole } from './shadow-holes.ts';
import type { Received } from './shadow-received.ts';

/** Rows of an epoch, from and to one past the last. */
export interface RowRange {
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
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
