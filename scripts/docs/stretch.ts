/** The stretch of bars that every page shows its operator on: simulated, so that it is the same everywhere. */
import { BAR_COLUMNS } from '../../packages/core/src/bars/bar.ts';
import { simulate } from '../../packages/minotaur/src/files/simulate.ts';
import { createEngine } from '../../packages/core/src/config/engine.ts';

const TRADES = 3_000_000;
const TRADES_PER_BAR = 1500;
const SEED = 11;
/** 2024-08-08T16:00Z, a Thursday: it becomes Saturday among the newest bars, which the calendar operators show. */
const START = 1_723_132_800_000_000;

/** All bar columns, in their order. */
export function docStretch(): Float64Array[] {
  const columns: number[][] = BAR_COLUMNS.map(() => []);
  const engine = createEngine(
    { clocks: { bars: { bars: 'tick', threshold: TRADES_PER_BAR } }, features: { bars: ['close'] } },
    {
      onBars({ data, from, to }) {
        columns.forEach((column, c) => column.push(...data[c].subarray(from, to)));
      },
    },
  );
  for (const block of simulate({ trades: TRADES, seed: SEED, start: START })) engine.push(block);
  return columns.map((column) => Float64Array.from(column));
}
