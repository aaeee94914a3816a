/** L3: cut the future off, and garble it, at many points and around every kind of bar close. */
import { COLUMN } from '../bars/bar.ts';
import { result, type Check, type CheckContext } from './check.ts';
import { createRandom } from './random.ts';
import type { Stretch } from './feed.ts';
import { countValues, firstDivergence, traceEngine, type Divergence, type Trace, type TracedEngine } from './trace.ts';

/** Points per stretch taken at random, and per clock around its closes. */
const RANDOM_POINTS = 2;
const CLOSES_PER_CLOCK = 2;
/** Events that share a block with the point: before it, for the code to be in the middle of something; after it, to leak. */
const BEFORE = 400;
const AFTER = 400;
const VARIANTS = 2;

export const causality: Check = {
  name: 'causality',
  law: 'L3: changing or dropping anything after an event changes nothing emitted at or before it',
  async run(context: CheckContext) {
    const random = createRandom(context.seed + 2);
    const scout = traceEngine(context.config);
    const main = traceEngine(context.config);
    const fork = traceEngine(context.config);
    const compared = { events: 0, points: 0, closes: 0, values: 0 };
    for await (const stretch of context.open()) {
      scout.clear();
      const before = scout.engine.counts().trades;
      stretch.push(scout.engine, 0, stretch.length);
      const closes = closingEvents(scout.trace, before, stretch.length, random);
      const points = [
        ...closes,
        ...Array.from({ length: RANDOM_POINTS }, () => 1 + Math.floor(random() * stretch.length)),
      ];
      compared.closes += closes.length;
      const first = checkPoints(points, stretch, main, fork, compared);
      compared.events += stretch.length;
      context.onProgress?.(stretch.length);
      if (first) return result(this, compared, first);
    }
    return result(this, compared, null);
  },
};

/** For some closes of every clock: just before the closing event, and just after it. */
function closingEvents(trace: Trace, before: number, length: number, random: () => number): number[] {
  const points: number[] = [];
  for (const table of trace.bars.values()) {
    const bars = table.times.length;
    for (let k = 0; k < Math.min(CLOSES_PER_CLOCK, bars); k++) {
      const width = table.values.length / bars;
      const event = table.values[Math.floor(random() * bars) * width + COLUMN.event];
      const at = Math.floor(event / 2) - before;
      points.push(at, at + 1);
    }
  }
  return points.filter((point) => point > 0 && point <= length);
}

function checkPoints(
  points: readonly number[],
  stretch: Stretch,
  main: TracedEngine,
  fork: TracedEngine,
  compared: { points: number; values: number },
): Divergence | undefined {
  let at = 0;
  for (const point of points.toSorted((a, b) => a - b)) {
    const start = Math.max(at, point - BEFORE);
    stretch.push(main.engine, at, start);
    at = start;
    const state = main.engine.snapshot();
    const end = Math.min(stretch.length, point + AFTER);
    // The future cut off: what is emitted when there is nothing after the point.
    const cut = forkFrom(fork, state, (engine) => stretch.push(engine, start, point));
    for (let variant = 0; variant < VARIANTS; variant++) {
      const garbled = forkFrom(fork, state, (engine) =>
        stretch.garble(point, end, variant + point).push(engine, start, end),
      );
      compared.points++;
      compared.values += countValues(cut);
      const first = firstDivergence(main.engine.plan, cut, garbled, true);
      if (first) return first;
    }
  }
  stretch.push(main.engine, at, stretch.length);
  return undefined;
}

/** What `fork` emits from `state` on; a copy, because the fork is used again. */
function forkFrom(fork: TracedEngine, state: Uint8Array, drive: (engine: TracedEngine['engine']) => void): Trace {
  fork.engine.restore(state);
  fork.clear();
  drive(fork.engine);
  const copy = ({ values, times }: Trace['rows']): Trace['rows'] => ({ values: [...values], times: [...times] });
  return {
    bars: new Map([...fork.trace.bars].map(([name, table]) => [name, copy(table)])),
    rows: copy(fork.trace.rows),
  };
}
