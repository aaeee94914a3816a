import { composite, period, type Memory } from '../../contract/operator.ts';
import { averagesLookback, ma } from '../overlap/ma.ts';
import { chainedMemory, longerMemory, TOLERANCE } from '../../contract/memory.ts';
import { averageType, checkGap, checkTypes } from '../../kernels/average-type.ts';

/** The first `left` values are kept from an average that remembers its start, as TA-Lib does to the shorter of the two. */
function leftOut(n: number, type: number, other: number, otherType: number): number {
  const left = ma.lookback([other, otherType]) - ma.lookback([n, type]);
  return ma.memory([n, type], TOLERANCE).class === 'finite' ? 0 : Math.max(0, left);
}

function average(n: string, type: string, left: number): string {
  return `ma(${left === 0 ? 'x' : `settle(x, ${left})`}, ${n}, ${type})`;
}

function expand([fast, fastType, slow, slowType]: readonly number[]): readonly string[] {
  const a = average('fast', 'fast_matype', leftOut(fast, fastType, slow, slowType));
  const b = average('slow', 'slow_matype', leftOut(slow, slowType, fast, fastType));
  const line = `average_gap(${a}, ${b}, fast, slow).gap`;
  const signal = `ma(${line}, signal, signal_matype)`;
  return [`valid(${line}, ${signal})`, signal, `${line} - ${signal}`];
}

function memory(params: readonly number[], tolerance: number): Memory {
  const [fast, fastType, slow, slowType, signal, signalType] = params;
  const of = (n: number, type: number, left: number): Memory =>
    chainedMemory(ma.memory([n, type], tolerance), { class: 'finite', rows: 1 + left });
  const line = longerMemory(
    of(fast, fastType, leftOut(fast, fastType, slow, slowType)),
    of(slow, slowType, leftOut(slow, slowType, fast, fastType)),
  );
  return chainedMemory(ma.memory([signal, signalType], tolerance), line);
}

/**
 * MACD with a choice of each average. As in TA-Lib an average that remembers its start is seeded late, so that both begin
 * in the same row; the two periods may come in either order, each with its type; and all outputs begin with the signal.
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
  lookback: ([fast, fastType, slow, slowType, signal, signalType]) =>
    Math.max(ma.lookback([fast, fastType]), ma.lookback([slow, slowType])) + averagesLookback([signal, signalType]),
  memory,
  nan: 'window',
  check: ([, fastType, , slowType, , signalType]) => checkGap(fastType, slowType) ?? checkTypes(signalType),
  expand,
});
