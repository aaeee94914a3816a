/** What bars of a clock hold, typically: a sample of trades, cut as the clock would cut them. */
import type { Plan } from './plan.ts';

/** Trades that follow each other. */
export interface TradeSample {
  /** Base units. */
  readonly volume: Float64Array;
  /** Quote units. */
  readonly turnover: Float64Array;
}

/** Of one bar, in the mean. */
export interface TypicalBar {
  readonly trades: number;
  /** Base units. */
  readonly volume: number;
  /** Quote units. */
  readonly turnover: number;
}

/** Bars of a sample, one after the other; trades are bars of one. */
interface Cut extends TradeSample {
  readonly bars: Float64Array;
  readonly trades: Float64Array;
}

/** Fewer bars say nothing about the others. */
const LEAST = 5;

/**
 * A bar holds more than its threshold, as the trade that closes it belongs to it whole: by half of the threshold and more where trades
 * are large beside it. Undefined for clocks that amounts do not close, and where too few bars come of the sample.
 */
export function typicalBar(
  { config }: Pick<Plan, 'config'>,
  clock: string,
  sample: TradeSample,
): TypicalBar | undefined {
  const cut = cutBy(config, clock, sample);
  const count = cut?.bars.length ?? 0;
  if (cut === undefined || count < LEAST) return undefined;
  const mean = (column: Float64Array): number => column.reduce((total, value) => total + value, 0) / count;
  return { trades: mean(cut.trades), volume: mean(cut.volume), turnover: mean(cut.turnover) };
}

function cutBy(config: Plan['config'], name: string, sample: TradeSample): Cut | undefined {
  const clock = config.clocks[name];
  if ('from' in clock) {
    const bars = cutBy(config, clock.from, sample);
    if (bars === undefined) return undefined;
    if (clock.count !== undefined) return cutAt({ ...bars, bars: ones(bars.bars.length) }, 'bars', clock.count);
    if (clock.dollarVolume !== undefined) return cutAt(bars, 'turnover', clock.dollarVolume);
    return clock.volume === undefined ? undefined : cutAt(bars, 'volume', clock.volume);
  }
  if (!('threshold' in clock)) return undefined;
  const each = ones(sample.volume.length);
  const unit = clock.bars === 'tick' ? 'trades' : clock.bars === 'volume' ? 'volume' : 'turnover';
  return cutAt({ ...sample, bars: each, trades: each }, unit, clock.threshold);
}

const ones = (length: number): Float64Array => new Float64Array(length).fill(1);

/** Bars that close once so much of the unit is in them; what is left at the end is none. */
function cutAt(rows: Cut, unit: keyof Cut, threshold: number): Cut {
  const amounts = rows[unit];
  const ends: number[] = [];
  let open = 0;
  for (let i = 0; i < amounts.length; i++) {
    open += amounts[i];
    if (open < threshold) continue;
    ends.push(i + 1);
    open = 0;
  }
  const column = (key: keyof Cut): Float64Array => sumsUpTo(rows[key], ends);
  return { bars: column('bars'), trades: column('trades'), volume: column('volume'), turnover: column('turnover') };
}

/** Of the values from each end to the next. */
function sumsUpTo(values: Float64Array, ends: readonly number[]): Float64Array {
  const sums = new Float64Array(ends.length);
  for (let k = 0, i = 0; k < ends.length; k++) {
    let sum = 0;
    for (const end = ends[k]; i < end; i++) sum += values[i];
    sums[k] = sum;
  }
  return sums;
}
