import { composite, period, type Operator } from '../../contract/operator.ts';
import { dema } from './dema.ts';
import { ema } from './ema.ts';
import { kama } from './kama.ts';
import { mama } from './mama.ts';
import { sma } from './sma.ts';
import { t3 } from './t3.ts';
import { tema } from './tema.ts';
import { trima } from './trima.ts';
import { wma } from './wma.ts';

/** By TA-Lib's number: the average, and how it is called. */
const AVERAGES: readonly (readonly [Operator, string])[] = [
  [sma, 'sma(x, period)'],
  [ema, 'ema(x, period)'],
  [wma, 'wma(x, period)'],
  [dema, 'dema(x, period)'],
  [tema, 'tema(x, period)'],
  [trima, 'trima(x, period)'],
  [kama, 'kama(x, period)'],
  [mama, 'mama(x, 0.5, 0.05).mama'],
  [t3, 't3(x, period, 0.7)'],
];

/**
 * Moving average of a kind given by TA-Lib's number: 0 sma, 1 ema, 2 wma, 3 dema, 4 tema, 5 trima, 6 kama, 7 mama with
 * limits 0.5 and 0.05, whatever the period, 8 t3 with factor 0.7. A period of 1 is the value itself. A NaN does what it does to
 * the average of that kind.
 *
 * Cost: that of the average, which it is.
 */
export const ma = composite({
  name: 'ma',
  family: 'overlap',
  version: 1,
  summary: 'Moving average of the given kind',
  formula: 'sma, ema, wma, dema, tema, trima, kama, mama or t3 by matype 0 to 8; x if period is 1',
  source: 'TA-Lib MA',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1), { name: 'matype', min: 0, max: 8, integer: true, meaning: 'kind of average, 0 to 8' }],
  lookback: ([n, kind]) => (n === 1 ? 0 : AVERAGES[kind][0].lookback([n])),
  memory: ([n, kind], tolerance) => (n === 1 ? { class: 'finite', rows: 1 } : AVERAGES[kind][0].memory([n], tolerance)),
  nan: 'window',
  expand: ([n, kind]) => [n === 1 ? 'x' : AVERAGES[kind][1]],
});

/** Leading rows without a value of averages one upon the other, each a period and a type. */
export function averagesLookback(...averages: readonly (readonly [number, number])[]): number {
  return averages.reduce((rows, average) => rows + ma.lookback(average), 0);
}
