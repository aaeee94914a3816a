import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, assertSkips, many, mean, one, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();

/** Exponential average of x from row `first` on. */
function average(x: readonly number[], n: number, first: number): number[] {
  let value = NaN;
  return x.map((v, i) => {
    if (i < first + n - 1) return NaN;
    value = i === first + n - 1 ? mean(x.slice(first, i + 1)) : value + (2 / (n + 1)) * (v - value);
    return value;
  });
}

test('macd: the fast average starts so late that both have their first value together', () => {
  for (const [fast, slow, signal] of [
    [12, 26, 9],
    [2, 5, 1],
    [4, 4, 7],
  ]) {
    const slowAverage = average(bars.close, slow, 0);
    const line = average(bars.close, fast, slow - fast).map((v, i) => v - slowAverage[i]);
    const signalLine = average(line, signal, slow - 1);
    const found = many(`macd(close, ${fast}, ${slow}, ${signal})`, 3, bars);
    const ready = (column: number[]): number[] => column.map((v, i) => (i < slow + signal - 2 ? NaN : v));
    assertClose(found[0], ready(line));
    assertClose(found[1], signalLine);
    assertClose(found[2], ready(line.map((v, i) => v - signalLine[i])));
  }
});

test('macd: periods in either order', () => {
  assert.deepEqual(one('macd(close, 26, 12, 9).macd', bars), one('macd(close, 12, 26, 9).macd', bars));
});

test('macd: skips NaN', () => assertSkips('macd(close, 3, 6, 4)', 3, bars));
