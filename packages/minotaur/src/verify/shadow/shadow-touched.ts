/** The rows that should have gone out as incomplete, because of holes that nobody knew of. */
import type { EventFacts, Hole } from 'minotaur-core/internal/chain/contract';
import { sliceTrades, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import type { MakeEngine } from '../harness/sides.ts';
import type { Matched } from './shadow-data.ts';
import { createFeeder, refusal, refusalOf } from './shadow-feeder.ts';
import type { VenueHole } from './shadow-holes.ts';
import type { Received, Step, TradeStep } from './shadow-received.ts';

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
    for (const step of withHoles(received, unknown)) {
      take(feeder.engine, step, received);
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

interface HoleStep {
  readonly lane: number;
  readonly hole: Hole;
}

function take(engine: Engine, step: Step | HoleStep, { lanes }: Received): void {
  if ('hole' in step) declare(engine, step.hole, step.lane);
  else if ('event' in step) refusalOf(engine, step.event);
  else pushAll(engine, lanes[step.lane].trades, step);
}

/** Goes on behind each trade that the chain refuses. */
function pushAll(engine: Engine, trades: TradeBlock, { lane, from, to }: TradeStep): void {
  const facts = factsOfLane(engine, lane);
  for (let at = from; at < to;) {
    const refused = refusal(engine, sliceTrades(trades, at, to), facts);
    at = refused === undefined ? to : at + refused.row + 1;
  }
}

/**
 * Everything that a session received, with the holes of each instrument in their places among its trades; before a watermark behind
 * their beginning, which let rows out that nobody knew to be incomplete.
 */
function* withHoles({ steps, lanes }: Received, holes: readonly VenueHole[]): Generator<Step | HoleStep> {
  const left = lanes.map((_, lane) => holes.filter((hole) => hole.lane === lane));
  const seen = lanes.map(() => 0);
  for (const step of steps) {
    const { lane } = step;
    const own = left[lane];
    if ('event' in step) {
      const until = step.event.kind === 'advance' ? step.event.time : -Infinity;
      while (own.length > 0 && own[0].trade <= seen[lane] && own[0].from < until)
        yield { lane, hole: own.shift() as VenueHole };
      yield step;
      continue;
    }
    let { from } = step;
    while (own.length > 0 && own[0].trade <= step.to) {
      const hole = own.shift() as VenueHole;
      if (hole.trade > from) yield { lane, from, to: hole.trade };
      from = Math.max(from, hole.trade);
      yield { lane, hole };
    }
    if (from < step.to) yield { lane, from, to: step.to };
    seen[lane] = step.to;
  }
}

/** What the trades of an instrument are pushed with: they may be silent for as long as they like. */
export function factsOfLane({ plan }: Engine, lane: number): EventFacts {
  return { instrument: plan.instruments[lane].name, maxSilence: Infinity };
}

/** What is learned late reaches until now. */
export function declare(engine: Engine, { from, to, missing }: Hole, lane: number): void {
  const now = engine.lastEvent()?.time ?? to;
  engine.hole({ from, to: Math.max(to, now), missing }, factsOfLane(engine, lane));
}
