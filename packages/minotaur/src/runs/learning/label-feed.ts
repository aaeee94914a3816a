/** How trades and bars get from files to labels: through the same intake as a build, so that the same trades count. */
import { availableAtOf, handlingOf, stepBackOf, violationOf, type GivenBar } from 'minotaur-core/internal/bars/given';
import { fail } from 'minotaur-core/internal/base/errors';
import { formatTime } from 'minotaur-core/internal/base/time';
import type { Config } from 'minotaur-core/internal/config/config';
import type { Labeller } from 'minotaur-core/internal/labels/labels';
import type { BarPrices } from 'minotaur-core/internal/labels/labels-first-touch';
import { createIntake, INTAKE_SLOTS, intakeWords, type Notice } from 'minotaur-core/internal/trades/intake';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { createTape } from 'minotaur-core/internal/trades/tape';
import { createTradeBlock } from 'minotaur-core/internal/trades/trade';
import { barTelling, openBars, type BarBlock } from '../../files/bars-source.ts';
import { adjustedBar } from 'minotaur-core/internal/bars/adjusted';
import { expandPaths } from '../../files/paths.ts';
import { placeOf } from '../../files/trades/source-block.ts';
import type { SourceOptions } from '../../files/trades/source-options.ts';
import { openTradesInThread } from '../../files/trades/trade-thread.ts';
import { createUsage } from '../chain/usage.ts';
import type { Course } from '../course/options.ts';
import type { Agreement } from './agreement.ts';
import type { BarAgreement } from './bar-agreement.ts';

/** Trades or bars that were used, and the time that they span. */
export interface Span {
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

interface LabelFeed {
  readonly labeller: Labeller;
  readonly config: Config;
  /** Whose trades decide. */
  readonly instrument: Instrument;
  readonly input: SourceOptions;
  readonly course: Course;
}

export interface TradeFeed extends LabelFeed {
  readonly agreement: Agreement;
  /** The least share of the trades that has to be used. */
  readonly minUsed?: number | undefined;
}

export interface BarFeed extends LabelFeed {
  readonly agreement: BarAgreement;
}

const TAPE = 4096;
const NONE = createTradeBlock(0);

export async function labelTrades(patterns: readonly string[], feed: TradeFeed): Promise<Span> {
  const { labeller, config, instrument, input, course, agreement, minUsed } = feed;
  let notice: Notice | undefined;
  const usage = createUsage();
  let place: (row: number) => string = String;
  const intake = createIntake({
    policy: config.trades,
    instrument,
    state: new Float64Array(INTAKE_SLOTS),
    words: new Uint32Array(intakeWords(instrument)),
    report(problem) {
      if (problem.handling === 'reject') notice = problem;
      usage.add(place, problem);
    },
  });
  intake.expect(undefined, Infinity);
  const tape = createTape(TAPE);
  const before = intake.counts();
  const source = await openTradesInThread(patterns, input);
  let first = NaN;
  let last = NaN;
  const use = (): void => {
    agreement.add(tape);
    labeller.addTrades(tape);
    if (tape.length === 0) return;
    if (first !== first) first = tape.time[0];
    last = tape.time[tape.length - 1];
  };
  try {
    for await (const part of source.blocks()) {
      const { block } = part;
      place = (row) => placeOf(part, row);
      for (let from = 0; from < block.length;) {
        from = intake.read(block, from, Math.min(block.length, from + TAPE), tape);
        if (intake.rejected) {
          const where = `${placeOf(part, from)} (${notice?.problem})`;
          fail('input', where, notice?.expected ?? 'a trade in order', notice?.found ?? 'another');
        }
        use();
        while (intake.due > 0) {
          intake.read(NONE, 0, 0, tape);
          use();
        }
      }
      await course.add(block.length);
    }
  } finally {
    source.close();
  }
  agreement.finish();
  usage.require(before, intake.counts(), minUsed);
  return { count: intake.counts().trades, first, last };
}

export async function labelBars(
  patterns: readonly string[],
  { labeller, config, instrument, input, course, agreement }: BarFeed,
): Promise<Span> {
  let count = 0;
  let first = NaN;
  let last = NaN;
  const files = expandPaths(patterns);
  const telling = barTelling(input, files);
  const before = { opened: NaN, closed: NaN };
  for (const file of files) {
    const source = await openBars(file, input, telling);
    for await (const block of source.blocks()) {
      const bars = usedBars(block, config, instrument, before);
      agreement.add(bars);
      labeller.addBars(bars);
      count += bars.length;
      await course.add(block.rows);
      if (bars.length === 0) continue;
      if (first !== first) first = bars.open_time[0];
      last = bars.available_at[bars.length - 1];
    }
  }
  agreement.finish();
  return { count, first, last };
}

/** The bars of a block that a chain takes; `before` is the newest of them. */
function usedBars(
  block: BarBlock,
  { bars: { invalid } }: Config,
  instrument: Instrument,
  before: { opened: number; closed: number },
): BarPrices {
  const used: GivenBar[] = [];
  for (let i = 0; i < block.rows; i++) {
    const bar = block.at(i);
    const violation = violationOf(bar);
    const handling = violation && handlingOf(violation, invalid);
    if (violation && handling === 'reject')
      fail('input', `${block.place(i)} (invalid)`, violation.expected, violation.found);
    // A violation is told of the bar as it was given.
    if (handling === 'drop') continue;
    const stepBack = stepBackOf(bar, before);
    if (stepBack !== undefined) fail('input', block.place(i), ...stepBack);
    [before.opened, before.closed] = [bar.open_time, bar.close_time];
    used.push(adjustedBar(bar, instrument));
  }
  const column = (of: (bar: GivenBar) => number): Float64Array => Float64Array.from(used, of);
  return {
    length: used.length,
    open_time: column((bar) => bar.open_time),
    available_at: column(availableAtOf),
    open: column((bar) => bar.open),
    high: column((bar) => bar.high),
    low: column((bar) => bar.low),
    close: column((bar) => bar.close),
  };
}

/** Refuses what does not reach over the rows: labels would be wrong before it, and missing after it. */
export function requireCoverage({ first, last }: Span, time: Float64Array, what: 'trades' | 'bars'): void {
  const [from, to] = [time[0], time[time.length - 1]];
  if (first <= from && last >= to) return;
  const expected = `${what} from ${formatTime(from)} or earlier to ${formatTime(to)} or later, as the rows`;
  fail('input', what, expected, `from ${formatTime(first)} to ${formatTime(last)}`);
}
