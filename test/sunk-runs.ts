/** Runs whose rows tests bring into stores: two months as one, and as one that goes on behind the other. */
import { join } from 'node:path';
import type { ConfigInput } from 'minotaur';
import { build } from 'minotaur/runs';
import { temporaryFolder } from './cli.ts';
import { writeMonths } from './cluster-jobs.ts';

const folder = temporaryFolder();
/** A place in the folder of the runs, which lie in `whole`, `first` and `second`. */
export const at = (...parts: readonly string[]): string => join(folder, ...parts);
export const config = {
  symbol: 'AAAUSDT',
  clocks: { bar: { bars: 'tick', threshold: 4 } },
  features: { bar: ['close', 'volume', 'rsi(close, 14)'] },
} satisfies ConfigInput;
export const { AAAUSDT: trades } = await writeMonths({
  folder,
  symbols: ['AAAUSDT'],
  months: ['2024-01', '2024-02'],
  trades: 20_000,
});
export const whole = await build({ config, trades, out: at('whole') });
await build({ config, trades: [trades[0]], out: at('first') });
export const second = await build({ config, trades: [trades[1]], out: at('second'), from: at('first', 'state.bin') });
/** Rows of both months. */
export const COUNT = whole.counts.rows;
