/**
 * L3, causality: a row is known before the next event is, and nothing that comes later changes it.
 *
 * A violation: a row holds something that nobody could have known at its time. Usual causes: a centred window, a gap that is
 * filled from its other end, a peak confirmed by what follows it, a maximum or a mean of the whole file.
 *
 * Compared, first: every row is replayed. Events go in one at a time, each in a buffer of its own that holds nothing else and is
 * overwritten afterwards, and the row has to have come out before the next event exists in this process. A row of the historical
 * side that has the same bits can hold nothing that its own trades do not say. That is a proof, for every row and column, of all
 * that the chain computes from trades, and nothing needs to be sampled for it.
 *
 * Compared, second: at points around bar closes of every clock the future is cut off, and then replaced (prices, sizes, sides,
 * times, trades left out) inside the same block: nothing emitted up to the point may change. Where the stretch has few closes
 * that is every one of them. It finds a live side that is wrong in the same way as history, to which a replay is blind.
 *
 * Of several instruments a row has to be out with the event after which nothing more can come for it, not before and not later; and the
 * future of another instrument begins a latency before the row: what could not have arrived is other too, and changes nothing.
 *
 * Not found: what does not come from trades at all, such as a table keyed by time (`purity` looks for that); a constant chosen
 * with the whole history in view; a venue that stamps trades earlier than it sends them.
 */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import type { EventFacts, Feed } from 'minotaur-core/internal/chain/contract';
import { copyTrade, createTradeBlock, TRADE_VALUES, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { result, type Check } from '../harness/check.ts';
import { firstDivergence } from '../harness/compare.ts';
import type { Divergence } from '../harness/divergence.ts';
import { inOrder } from '../harness/in-order.ts';
import { sidesOf } from '../harness/sides.ts';
import { HISTORY, type Stretch } from '../harness/stretch.ts';
import type { Table } from '../harness/table.ts';
import { countValues, traceEngine, type Trace, type TracedEngine } from '../harness/trace.ts';
import { eventsIn, pushInTurn, type Turn } from '../harness/turns.ts';
import { createDueRows, type DueRows } from './due-rows.ts';
import { tryOtherFutures, type Forks } from './other-futures.ts';

/** Points per stretch taken at random, and per clock around its closes. */
const RANDOM_POINTS = 2;
const CLOSES_PER_CLOCK = 3;
/** Events that share a block with the point: before it, for the code to be in the middle of something; after it, to leak. */
const BEFORE = 100;
const AFTER = 200;
const VARIANTS = 3;

/** L3: every row is known before the next event is, and nothing later changes it. */
export const lookahead: Check = {
  name: 'lookahead',
  law: 'L3: every row is known before the next event is; other events after it change nothing up to it',
  async run(context) {
    const random = mulberry32(context.seed + 2);
    const sides = sidesOf(context);
    const built = traceEngine(sides.historical);
    const replayed = traceEngine(sides.live);
    // Of several instruments futures are parted by time, which what puts trades in order would move.
    const behind = context.plan.instruments.length > 1 ? inOrder(context) : undefined;
    const fork = (): TracedEngine => traceEngine((behind ?? sides).historical);
    const forks = { main: fork(), cut: fork(), garbled: fork() };
    const due = createDueRows(context.plan);
    const compared = { events: 0, rows: 0, points: 0, values: 0 };
    for await (const stretch of context.open()) {
      built.clear();
      const before = built.engine.counts().trades;
      stretch.push(built.engine, 0, stretch.length);
      const late =
        stretch.turns === undefined ? replay(stretch, replayed) : replayTurns(stretch.turns.list, replayed, due);
      compared.events += stretch.length;
      compared.rows += built.trace.rows.times.length;
      compared.values += countValues(built.trace);
      const tryFutures = (): Divergence | undefined => {
        if (behind !== undefined) return tryOtherFutures(behind.stretch(stretch), built.trace, forks, random, compared);
        const points = [
          ...closingEvents(built.trace, before, stretch.length, random),
          ...Array.from({ length: RANDOM_POINTS }, () => 1 + Math.floor(random() * stretch.length)),
        ];
        return checkPoints(points, stretch, forks, compared);
      };
      const first = firstDivergence(built.engine.plan, replayed.trace, built.trace) ?? late ?? tryFutures();
      context.onProgress?.(stretch.length);
      if (first) return result(this, compared, first);
    }
    return result(this, compared, null);
  },
};

/** Hands in one event at a time, sealed; says the first row that did not come with the event that closed its bar. */
function replay(stretch: Stretch, { engine, trace, clear }: TracedEngine): { message: string } | undefined {
  clear();
  const push = sealed(stretch, engine);
  const { name, graph } = engine.plan.clocks[engine.plan.drive];
  const closes = trace.bars.get(name) as Table;
  let late: { message: string } | undefined;
  for (let i = 0; i < stretch.length; i++) {
    const rows = trace.rows.times.length;
    const bars = closes.times.length;
    push(i);
    if (trace.rows.times.length - rows === closes.times.length - bars || late !== undefined) continue;
    const event = closes.values[bars * graph.columns.length + COLUMN.event];
    late = {
      message: `event ${i} of a stretch closed ${closes.times.length - bars} bars of clock ${name} (event ${event}): expected as many rows before the next event, found ${trace.rows.times.length - rows}`,
    };
  }
  return late;
}

/** The same of several instruments: a row may wait, until nothing more can come for it and no event longer. */
function replayTurns(
  turns: readonly Turn[],
  { engine, trace, clear }: TracedEngine,
  due: DueRows,
): { message: string } | undefined {
  clear();
  const { plan } = engine;
  const closes = trace.bars.get(plan.clocks[plan.drive].name) as Table;
  // Where trades are put in order, nobody outside knows how far a feed has come.
  const isKnown = plan.config.trades.reorder === undefined;
  const one = createTradeBlock(1);
  one.length = 1;
  let late: { message: string } | undefined;
  for (const [index, { turn, i, time }] of eventsIn(turns).entries()) {
    const rows = trace.rows.times.length;
    const bars = closes.times.length;
    const { dropped } = engine.counts();
    if (turn.kind === 'trades') pushSealed(engine, one, turn.block, i, { instrument: turn.instrument, ...HISTORY });
    else pushInTurn(engine, turn, i, HISTORY);
    if (turn.kind !== 'hole' && turn.kind !== 'series' && engine.counts().dropped === dropped)
      due.see(turn.instrument, time);
    due.close(closes.times.slice(bars));
    const [expected, found] = [due.take(), trace.rows.times.length - rows];
    if (expected === found || !isKnown || late !== undefined) continue;
    late = {
      message: `event ${index} of a stretch, of ${turn.instrument}: expected ${expected} rows before the next event, for which nothing more can come, found ${found}`,
    };
  }
  return late;
}

/** Pushes event `i` from a buffer that never holds another, and spoils it afterwards: whoever kept it keeps nonsense. */
function sealed(stretch: Stretch, engine: Feed): (i: number) => void {
  const { trades } = stretch;
  if (trades === undefined) return (i) => stretch.push(engine, i, i + 1);
  const one = createTradeBlock(1);
  one.length = 1;
  return (i) => pushSealed(engine, one, trades, i, HISTORY);
}

function pushSealed(engine: Feed, one: TradeBlock, trades: TradeBlock, i: number, facts: EventFacts): void {
  copyTrade(one, 0, trades, i);
  engine.push(one, facts);
  for (const name of TRADE_VALUES) one[name][0] = NaN;
  one.id.fill(0);
}

/** For some closes of every clock: just before the closing event, and just after it. */
function closingEvents(trace: Trace, before: number, length: number, random: () => number): number[] {
  const points: number[] = [];
  for (const table of trace.bars.values()) {
    const bars = table.times.length;
    for (let k = 0; k < Math.min(CLOSES_PER_CLOCK, bars); k++) {
      const width = table.values.length / bars;
      const bar = bars <= CLOSES_PER_CLOCK ? k : Math.floor(random() * bars);
      const at = Math.floor(table.values[bar * width + COLUMN.event] / 2) - before;
      points.push(at, at + 1);
    }
  }
  return points.filter((point) => point > 0 && point <= length);
}

function checkPoints(
  points: readonly number[],
  stretch: Stretch,
  { main, cut, garbled }: Forks,
  compared: { points: number; values: number },
): Divergence | undefined {
  let at = 0;
  main.muted = true;
  for (const point of [...new Set(points)].toSorted((a, b) => a - b)) {
    const start = Math.max(at, point - BEFORE);
    stretch.push(main.engine, at, start);
    at = start;
    const state = main.save();
    const around = stretch.slice(start, Math.min(stretch.length, point + AFTER));
    // The future cut off: what is emitted when there is nothing after the point.
    rewind(cut, state);
    around.push(cut.engine, 0, point - start);
    for (let variant = 0; variant < VARIANTS; variant++) {
      rewind(garbled, state);
      around.garble(point - start, around.length, variant + point).push(garbled.engine, 0, around.length);
      compared.points++;
      compared.values += countValues(cut.trace);
      const first = firstDivergence(main.engine.plan, cut.trace, garbled.trace, 'expected');
      if (first) return first;
    }
  }
  stretch.push(main.engine, at, stretch.length);
  return undefined;
}

function rewind(fork: TracedEngine, state: Uint8Array): void {
  fork.engine.restore(state);
  fork.clear();
}
