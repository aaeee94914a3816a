/** What the first bars of a file say of its columns: amounts that cannot be turnover, and bars of trades that look like bars of time. */
import { fail } from 'minotaur-core/internal/base/errors';
import { MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import type { Spacing } from './bars-spacing.ts';
import type { TableBlock } from './table-source.ts';

/** Turnover over volume is a price between low and high; this far from it, it is something else. */
const FAR = 2;
/** Where prices are about 1 the two may be turned around and still not be far: then volume over turnover is the price, and the other is not. */
const OFF = 1.01;

/** Of bars of time, amounts differ; where so many lie so near the middle one, they are what ended the bar. */
const ALIKE = 0.9;
const NEAR = 0.1;
const ENOUGH = 30;
/** Of bars of time with one time column, at least so many have the next one right behind them, or nothing is said here. */
const DENSE = 0.9;
const MINUTE = 60 * MICROS_PER_SECOND;

const ENDING = ['num_ticks', 'volume', 'dollar_volume'] as const;

/** Bars of which the volume never falls, and by how much more the close would have to follow the open than the open the close. */
const RISING = 100;
const TURNED = 4;

/**
 * Refuses a volume since the beginning of the day, and open and close that are turned around: a bar opens about where the one before
 * it closed, and does not close where that opened.
 * @throws where the first bars of a file say that a column is another
 */
export function requireColumns({ columns, rows }: TableBlock, file: string): void {
  const { open, close, volume } = columns;
  let isRising = rows >= RISING;
  for (let i = 1; isRising && i < RISING; i++) isRising = volume[i] > volume[i - 1];
  if (isRising)
    fail(
      'input',
      file,
      'volumes of each bar (`accept` takes them as they are)',
      `volumes that rise in each of the first ${RISING} bars, as a volume of the day does`,
    );
  let [follows, turned] = [0, 0];
  for (let i = 1; i < rows; i++) {
    const [own, other] = [Math.abs(open[i] - close[i - 1]), Math.abs(close[i] - open[i - 1])];
    if (own !== own || other !== other) continue;
    follows += own;
    turned += other;
  }
  if (rows < ENOUGH || !(follows > TURNED * turned)) return;
  const expected = 'bars that open about where the one before closed (`accept` takes them as they are)';
  fail(
    'input',
    file,
    expected,
    'bars that close where the one before opened: open and close are turned around, or the rows',
  );
}

/**
 * @param spacing of the bars, where their length is told by that alone
 * @throws where the first bars of a file cannot be what they are read as
 */
export function requireBars({ columns, rows }: TableBlock, spacing: Spacing | undefined, file: string): void {
  requireTurnover(columns, rows, file);
  if (spacing === undefined || spacing.share >= DENSE || rows < ENOUGH) return;
  const { interval, share } = spacing;
  const times = columns['open_time'] ?? columns['time'];
  const isOnGrid = interval >= MINUTE && times.subarray(0, rows).every((time) => time % interval === 0);
  for (const name of ENDING) {
    const amounts = positive(columns[name]?.subarray(0, rows));
    if (!areAlike(amounts, name === 'num_ticks') || (isOnGrid && areLots(amounts))) continue;
    const expected =
      'bars of time where one time says when they opened; those of trades need a close_time, or `input: { barTime: close }` where their time is that of the end; `accept` takes them as bars of time';
    const found = `bars of nearly the same ${name}, ${Math.floor(100 * share)} % of them right behind one another`;
    fail('input', file, expected, found);
  }
}

function requireTurnover(columns: TableBlock['columns'], rows: number, file: string): void {
  const { volume, low, high, dollar_volume: turnover } = columns;
  if (turnover === undefined) return;
  let [asked, far, example] = [0, 0, NaN];
  for (let i = 0; i < rows; i++) {
    if (!(volume[i] > 0 && turnover[i] > 0 && low[i] > 0)) continue;
    asked++;
    const price = turnover[i] / volume[i];
    const isPrice = (value: number, factor: number): boolean => value * factor >= low[i] && value <= factor * high[i];
    const isTurned = isPrice(1 / price, OFF) && !isPrice(price, OFF);
    if (isPrice(price, FAR) && !isTurned) continue;
    far++;
    example = example === example ? example : i;
  }
  if (2 * far <= asked) return;
  const expected =
    'turnover in the quote currency over volume in base units to be a price of the bar (without its column turnover is not known)';
  const found = `${turnover[example]} over ${volume[example]} between ${low[example]} and ${high[example]}: contracts, other units, or the two turned around`;
  fail('input', file, expected, found);
}

/** `equal`: also those that are all the same, as an amount is that stands for none. */
function areAlike(amounts: readonly number[], equal: boolean): boolean {
  if (amounts.length < ENOUGH) return false;
  const middle = amounts[amounts.length >> 1];
  // Nobody makes bars of one trade each: the market is quiet.
  if (equal && middle === 1) return false;
  if (!equal && amounts[0] === amounts[amounts.length - 1]) return false;
  const near = amounts.filter((value) => Math.abs(value - middle) <= NEAR * middle).length;
  return near >= ALIKE * amounts.length;
}

/** Whether most are one and the same amount, as of a thin market whose minutes have one lot each; what ends a bar is passed, not met. */
const areLots = (amounts: readonly number[]): boolean =>
  2 * amounts.filter((value) => value === amounts[amounts.length >> 1]).length >= amounts.length;

/** Those above 0, in order of size. */
const positive = (values: Float64Array | undefined): number[] =>
  [...(values ?? [])].filter((value) => value > 0).toSorted((a, b) => a - b);
