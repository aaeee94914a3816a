/** L6 and L5: a value is NaN exactly while its lookback is unfilled, and a row holds nothing that was not available. */
import { COLUMN } from '../bars/bar.ts';
import { result, type Check, type CheckContext, type CheckResult } from './check.ts';
import { rowColumns, traceEngine, type TracedEngine } from './trace.ts';

export const readiness: Check = {
  name: 'readiness',
  law: 'L6: a value is NaN exactly while its declared lookback is unfilled, or where its declaration says it is undefined',
  async run(context: CheckContext): Promise<CheckResult> {
    const traced = traceEngine(context.config);
    const compared = { events: 0, bars: 0, values: 0, ages: 0, neverFilled: 0 };
    for await (const stretch of context.open()) {
      traced.clear();
      stretch.push(traced.engine, 0, stretch.length);
      compared.events += stretch.length;
      context.onProgress?.(stretch.length);
      const first = checkBars(traced, compared) ?? checkAges(traced, compared);
      if (first !== undefined) return result(this, compared, { message: first });
    }
    compared.neverFilled = countNeverFilled(traced);
    return result(this, compared, null);
  },
};

function checkBars({ engine, trace }: TracedEngine, compared: { bars: number; values: number }): string | undefined {
  for (const { name, graph } of engine.plan.clocks) {
    const { values, times } = trace.bars.get(name)!;
    const width = graph.columns.length;
    for (let r = 0; r < times.length; r++) {
      const ordinal = values[r * width + COLUMN.ordinal];
      compared.bars++;
      for (let c = 0; c < width; c++) {
        const { text, lookback, undefinedWhen } = graph.columns[c];
        const missing = Number.isNaN(values[r * width + c]);
        compared.values++;
        if (missing === ordinal < lookback || (missing && undefinedWhen !== undefined)) continue;
        const should = ordinal < lookback ? 'NaN' : 'a value';
        const found = missing ? 'NaN' : String(values[r * width + c]);
        return `clock ${name}, bar ${ordinal}, ${text} (lookback ${lookback}): expected ${should}, found ${found}`;
      }
    }
  }
  return undefined;
}

/** A negative age is a value from the future of its row. */
function checkAges({ engine, trace }: TracedEngine, compared: { ages: number }): string | undefined {
  const columns = rowColumns(engine.plan);
  const ages = columns.flatMap((name, i) => (name.startsWith('age') ? [i] : []));
  for (let r = 0; r < trace.rows.times.length; r++) {
    for (const i of ages) {
      const age = trace.rows.values[r * columns.length + i];
      compared.ages++;
      if (age < 0)
        return `row at ${trace.rows.times[r]}: ${columns[i]} is ${age} s, so the row holds a bar from its future`;
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
