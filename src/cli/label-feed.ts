/** How trades and bars get from files to labels: through the same intake as a build, so that the same trades count. */
import { fail } from '../core/errors.ts';
import { formatTime } from '../core/time.ts';
import type { BarPrices } from '../dataset/labels-first-touch.ts';
import type { Labeller } from '../dataset/labels.ts';
import { readBars } from '../io/bars-source.ts';
import { expandPaths } from '../io/paths.ts';
import { placeOf } from '../io/source-block.ts';
import { openTradesInThread } from '../io/trade-thread.ts';
import type { Config } from '../pipeline/config.ts';
import { createIntake, INTAKE_SLOTS, type Notice } from '../trades/intake.ts';
import { createTape } from '../trades/tape.ts';
import { createProgress } from './progress.ts';

/** Trades or bars that were used, and the time that they span. */
export interface Span {
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

const TAPE = 4096;

export async function labelTrades(labeller: Labeller, patterns: readonly string[], config: Config): Promise<Span> {
  let notice: Notice | undefined;
  const intake = createIntake(config.trades, new Float64Array(INTAKE_SLOTS), (problem) => (notice = problem));
  const tape = createTape(TAPE);
  const source = await openTradesInThread(patterns, config.input);
  const progress = createProgress('label', 0);
  let first = NaN;
  let last = NaN;
  try {
    for await (const part of source.blocks()) {
      const { block } = part;
      for (let from = 0; from < block.length; from += TAPE) {
        const to = Math.min(block.length, from + TAPE);
        const read = intake.read(block, from, to, tape);
        if (read < to) {
          const where = `${placeOf(part, read)} (${notice?.problem})`;
          fail('input', where, notice?.expected ?? 'a trade in order', notice?.found ?? 'another');
        }
        labeller.addTrades(tape);
        if (tape.length === 0) continue;
        if (first !== first) first = tape.time[0];
        last = tape.time[tape.length - 1];
      }
      progress.add(block.length);
    }
  } finally {
    progress.stop();
    source.close();
  }
  return { count: intake.counts().trades, first, last };
}

export async function labelBars(labeller: Labeller, patterns: readonly string[], config: Config): Promise<Span> {
  let count = 0;
  let first = NaN;
  let last = NaN;
  for (const file of expandPaths(patterns)) {
    const { columns, rows } = await readBars(file, config.input);
    const { openTime, open, high, low, close } = columns;
    const availableAt = columns['availableAt'] ?? columns['closeTime'];
    const bars: BarPrices = { length: rows, openTime, availableAt, open, high, low, close };
    labeller.addBars(bars);
    count += rows;
    if (first !== first) first = openTime[0];
    last = availableAt[rows - 1];
  }
  return { count, first, last };
}

/** Refuses what does not reach over the rows: labels would be wrong before it, and missing after it. */
export function requireCoverage({ first, last }: Span, time: Float64Array, what: string): void {
  const [from, to] = [time[0], time[time.length - 1]];
  if (first <= from && last >= to) return;
  const found = `from ${formatTime(first)} to ${formatTime(last)}`;
  fail(
    'input',
    `--${what}`,
    `${what} from ${formatTime(from)} or earlier to ${formatTime(to)} or later, as the rows`,
    found,
  );
}
