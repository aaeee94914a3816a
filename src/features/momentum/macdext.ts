import { composite, period, type Memory } from '../operator.ts';
import { averageMemory, averageType, chainedMemory, checkAverageTypes, longerMemory } from './average-type.ts';

const LINE =
  'average_gap(moving_average(x, fast, fast_matype, slow), moving_average(x, slow, slow_matype, fast), fast, slow).gap';
const SIGNAL = `moving_average(${LINE}, signal, signal_matype)`;

function memory([fast, fastType, slow, slowType, signal, signalType]: readonly number[]): Memory {
  const line = longerMemory(averageMemory(fast, fastType, slow), averageMemory(slow, slowType, fast));
  return chainedMemory(averageMemory(signal, signalType), line);
}

/**
 * MACD with a choice of each average. As in TA-Lib an exponential fast average is seeded late, so that it begins with the
 * slow one; the two periods may come in either order, each with its type; and all outputs begin with the signal.
 *
 * Cost: that of three moving averages and 5 ns.
 */
export const macdext = composite({
  name: 'macdext',
  family: 'momentum',
  version: 1,
  summary: 'MACD with averages of chosen types, its signal line and their difference',
  formula:
    'macdext = ma(x, fast) - ma(x, slow); macdext_signal = ma(macdext, signal); macdext_hist = macdext - macdext_signal',
  source: 'TA-Lib MACDEXT',
  inputs: ['x'],
  outputs: ['macdext', 'macdext_signal', 'macdext_hist'],
  params: [
    period(2, 'rows of the fast average', 'fast'),
    averageType('fast_matype'),
    period(2, 'rows of the slow average', 'slow'),
    averageType('slow_matype'),
    period(1, 'rows of the signal average', 'signal'),
    averageType('signal_matype'),
  ],
  lookback: ([fast, , slow, , signal]) => Math.max(fast, slow) + signal - 2,
  memory,
  nan: 'window',
  check: ([, fastType, , slowType, , signalType]) => checkAverageTypes(fastType, slowType, signalType),
  expand: [`valid(${LINE}, ${SIGNAL})`, SIGNAL, `${LINE} - ${SIGNAL}`],
});
