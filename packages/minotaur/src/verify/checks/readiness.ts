/**
 * L6, readiness: a value is NaN exactly while its lookback is unfilled, or where its inputs say so.
 *
 * A violation: a value that exists before the window it is of is full, or is still missing afterwards; a NaN that never goes
 * away; a NaN that was turned into a number; an infinity. Usual causes: `min_periods`, a seed, a division by a volume of zero, a
 * recursion that a single gap has poisoned.
 *
 * Compared: every value of every bar against its declared lookback; node by node a NaN against the NaNs of its inputs and the
 * declaration of what one does; every value against infinity.
 *
 * Not found: a wrong value where there has to be one. Columns whose lookback the input was too short to fill are counted
 * (`neverFilled`).
 */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import { result, type Check } from '../harness/check.ts';
import { sidesOf } from '../harness/sides.ts';
import { traceEngine, type TracedEngine } from '../harness/trace.ts';
import { earlyColumns, watchMissing, type MissingWatch } from './missing.ts';

/** L6: a value is NaN exactly while its lookback is unfilled, or where it is declared undefined. */
export const readiness: Check = {
  name: 'readiness',
  law: 'L6: a value is NaN exactly while its declared lookback is unfilled, or where its declaration says it is undefined',
  async run(context) {
    const traced = traceEngine(sidesOf(context).historical);
    const compared = { events: 0, bars: 0, values: 0, neverFilled: 0 };
    const watches = traced.engine.plan.clocks.map(({ graph }) => watchMissing(graph));
    for await (const stretch of context.open()) {
      traced.clear();
      stretch.push(traced.engine, 0, stretch.length);
      compared.events += stretch.length;
      context.onProgress?.(stretch.length);
      const first = checkBars(traced, watches, compared);
      if (first !== undefined) return result(this, compared, { message: first });
    }
    compared.neverFilled = countNeverFilled(traced);
    return result(this, compared, null);
  },
};

function checkBars(
  { engine, trace }: TracedEngine,
  watches: MissingWatch[],
  compared: { bars: number; values: number },
): string | undefined {
  for (const [clock, { name, graph }] of engine.plan.clocks.entries()) {
    const { values, times } = trace.bars.get(name)!;
    const width = graph.columns.length;
    const early = earlyColumns(graph);
    for (let r = 0; r < times.length; r++) {
      const ordinal = values[r * width + COLUMN.ordinal];
      // Of what was before the instrument began anew nothing is left.
      if (ordinal === 0) watches[clock] = watchMissing(graph);
      compared.bars++;
      for (let c = 0; c < width; c++) {
        const { text, lookback, undefinedWhen } = graph.columns[c];
        const found = values[r * width + c];
        const missing = Number.isNaN(found);
        compared.values++;
        if (Math.abs(found) === Infinity)
          return `clock ${name}, bar ${ordinal}, ${text}: expected a number, found ${found}`;
        if (missing === ordinal < lookback || (missing ? undefinedWhen !== undefined : early.has(c))) continue;
        const should = ordinal < lookback ? 'NaN' : 'a value';
        return `clock ${name}, bar ${ordinal}, ${text} (lookback ${lookback}): expected ${should}, found ${found}`;
      }
      const message = watches[clock].look(values, r * width);
      if (message !== undefined) return `clock ${name}, bar ${ordinal}, ${message}`;
    }
  }
  return undefined;
}

/** Columns whose lookback the input was too short to fill: said, because nothing about their values was checked. */
function countNeverFilled({ engine }: TracedEngine): number {
  const { bars } = engine.counts();
  return engine.plan.clocks.reduce(
    (sum, { name, graph }) => sum + graph.columns.filter((column) => column.lookback >= bars[name]).length,
    0,
  );
}
