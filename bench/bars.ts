/** Trades in memory to short dollar bars with all microstructure, on one core. */
import { createEngine } from '../packages/core/src/config/engine.ts';
import { figure, type Figure } from './harness.ts';
import { simulatedBlock } from './trades.ts';

export const title = 'Trades in memory to bars, one core';

const TRADES = 4_000_000;
const short = { bars: 'dollar', threshold: 2_000_000 } as const;
/** Held near the length of the dollar bars, so that what differs is the finding of a bar's end. */
const expected = (bars: string) => ({ bars, expectedTicks: 1700, minTicks: 1200, maxTicks: 2400 });
const times = Object.fromEntries(['1min', '15min', '4hour'].map((every) => [every, { bars: 'time', every } as const]));

export async function benches(): Promise<Figure[]> {
  const block = simulatedBlock(TRADES, 1);
  const run = (clocks: Parameters<typeof createEngine>[0] & object) => (): number => {
    const engine = createEngine(clocks);
    const started = performance.now();
    engine.push(block);
    return TRADES / (performance.now() - started) / 1000;
  };
  return [
    await figure('short dollar bars, all columns', 'million trades/s', 7, run({ clocks: { short } }), {
      asked: { least: 40 },
    }),
    await figure(
      'dollar imbalance bars',
      'million trades/s',
      5,
      run({ clocks: { short: expected('dollarImbalance') } }),
    ),
    await figure('dollar run bars', 'million trades/s', 5, run({ clocks: { short: expected('dollarRun') } })),
    await figure('three time clocks', 'million trades/s', 5, run({ clocks: times })),
    await figure('all six clocks, bar columns', 'million trades/s', 5, () =>
      run({ clocks: { short, medium: { from: 'short', count: 10 }, long: { from: 'medium', count: 16 }, ...times } })(),
    ),
    await figure('the preset, every feature and row', 'million trades/s', 5, () => {
      const engine = createEngine('minotaur', { onRows: () => {} });
      const started = performance.now();
      engine.push(block);
      return TRADES / (performance.now() - started) / 1000;
    }),
  ];
}
