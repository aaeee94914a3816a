/** L6: a value is NaN exactly while its lookback is unfilled, or its inputs say so; a NaN never stays, and nothing is infinite. */
import { COLUMN } from 'minotaur-core/internal/bars/bar';
import { result, sidesOf, type Check, type CheckContext, type CheckResult } from '../harness/check.ts';
import { earlyColumns, watchMissing, type MissingWatch } from './missing.ts';
import { traceEngine, type TracedEngine } from '../harness/trace.ts';

export const readiness: Check = {
  name: 'readiness',
  law: 'L6: a value is NaN exactly while its declared lookback is unfilled, or where its declaration says it is undefined',
  async run(context: CheckContext): Promise<CheckResult> {
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
  watches: readonly MissingWatch[],
  compared: { bars: number; values: number },
): string | undefined {
  for (const [clock, { name, graph }] of engine.plan.clocks.entries()) {
    const { values, times } = trace.bars.get(name)!;
    const width = graph.columns.length;
    const early = earlyColumns(graph);
    for (let r = 0; r < times.length; r++) {
      const ordinal = values[r * width + COLUMN.ordinal];
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
