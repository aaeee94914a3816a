import { composite, period, type Memory, type Operator } from '../../contract/operator.ts';
import { averageType, checkTypes } from '../../kernels/average-type.ts';
import { dema } from './dema.ts';
import { ema } from './ema.ts';
import { hma } from './hma.ts';
import { kama } from './kama.ts';
import { mama } from './mama.ts';
import { rma } from './rma.ts';
import { sma } from './sma.ts';
import { t3 } from './t3.ts';
import { tema } from './tema.ts';
import { trima } from './trima.ts';
import { wma } from './wma.ts';
import { zlema } from './zlema.ts';

/** The value without an average. */
const itself = { lookback: (): number => 0, memory: (): Memory => ({ class: 'finite', rows: 1 }) };

/** By TA-Lib's number: the average, and how it is called. */
const AVERAGES: readonly (readonly [Pick<Operator, 'lookback' | 'memory'>, string])[] = [
  [sma, 'sma(x, period)'],
  [ema, 'ema(x, period)'],
  [wma, 'wma(x, period)'],
  [dema, 'dema(x, period)'],
  [tema, 'tema(x, period)'],
  [trima, 'trima(x, period)'],
  [kama, 'kama(x, period)'],
  [mama, 'mama(x, 0.5, 0.05).mama'],
  [t3, 't3(x, period, 0.7)'],
  [hma, 'hma(x, period)'],
  [itself, 'x'],
  // 11 is refused.
  [itself, 'x'],
  [zlema, 'zlema(x, period)'],
  [rma, 'rma(x, period)'],
];

/**
 * Moving average of a kind given by TA-Lib's number: 0 sma, 1 ema, 2 wma, 3 dema, 4 tema, 5 trima, 6 kama, 7 mama with
 * limits 0.5 and 0.05, whatever the period, 8 t3 with factor 0.7, 9 hma, 10 the value itself, 12 zlema, 13 rma. A period of 1 is the value itself. A NaN does what it does to
 * the average of that kind.
 *
 * Cost: that of the average, which it is.
 */
export const ma = composite({
  name: 'ma',
  family: 'overlap',
  version: 1,
  summary: 'Moving average of the given kind',
  formula:
    'sma, ema, wma, dema, tema, trima, kama, mama, t3 or hma by matype 0 to 9, x by 10, zlema by 12, rma by 13; x if period is 1',
  source: 'TA-Lib MA',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1), averageType()],
  lookback: ([n, kind]) => (n === 1 ? 0 : AVERAGES[kind][0].lookback([n])),
  memory: ([n, kind], tolerance) => (n === 1 ? { class: 'finite', rows: 1 } : AVERAGES[kind][0].memory([n], tolerance)),
  nan: 'window',
  check: ([, kind]) => checkTypes(kind),
  expand: ([n, kind]) => [n === 1 ? 'x' : AVERAGES[kind][1]],
});

/** Leading rows without a value of averages one upon the other, each a period and a type. */
export function averagesLookback(...averages: readonly (readonly [number, number])[]): number {
  return averages.reduce((rows, average) => rows + ma.lookback(average), 0);
}
