import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, assertSkips, flatBars, mean, one, walkingBars } from '../../../../../../test/oracle.ts';
import { runFeatures } from '../../../../../../test/run-features.ts';

const bars = walkingBars();

/** From the definition: gains and losses averaged apart. */
function naive(x: readonly number[], n: number): number[] {
  const gains = x.map((v, i) => Math.max(0, v - x[i - 1]));
  const losses = x.map((v, i) => Math.max(0, x[i - 1] - v));
  let gain = 0;
  let loss = 0;
  return x.map((_, i) => {
    if (i < n) return NaN;
    gain = i === n ? mean(gains.slice(1, n + 1)) : (gain * (n - 1) + gains[i]) / n;
    loss = i === n ? mean(losses.slice(1, n + 1)) : (loss * (n - 1) + losses[i]) / n;
    return (100 * gain) / (gain + loss);
  });
}

test('rsi: share of gains in movement', () => {
  for (const n of [3, 7, 14]) assertClose(one(`rsi(close, ${n})`, bars), naive(bars.close, n), 1e-12);
});

test('rsi: 100 when all rises, 0 when all falls or nothing moves', () => {
  assertClose(one('rsi(x, 2)', { x: [1.1, 1.3, 1.4, 1.9] }), [NaN, NaN, 100, 100], 0);
  assertClose(one('rsi(x, 2)', { x: [1.9, 1.4, 1.3, 1.1] }), [NaN, NaN, 0, 0], 0);
  assertClose(one('rsi(close, 2)', flatBars(5, 4)), [NaN, NaN, 0, 0], 0);
});

test('rsi: skips NaN', () => assertSkips('rsi(close, 5)', 1, bars));

test('rsi, cmo: held to the bit while the price stands still; stochrsi is 0 there', () => {
  const prices = Array.from({ length: 60 }, (_, i) => 100 + Math.sin(i * i) / 3);
  const x = Float64Array.of(...prices, ...new Array<number>(40).fill(prices[59]));
  const found = runFeatures(['rsi(x, 14) as rsi', 'cmo(x, 14) as cmo', 'stochrsi(x, 14, 5, 3, 0) as k, d'], { x }, [7]);
  for (const name of ['rsi', 'cmo']) {
    const value = found[name][59];
    assert.ok(Math.abs(value) > 0.1, `${name} of the moving price: ${value}`);
    for (let i = 60; i < 100; i++) assert.equal(found[name][i], value, `${name}, row ${i}`);
  }
  // Five rows of the index, then three of its place.
  assert.deepEqual(new Set(found.k.subarray(63)), new Set([0]));
  assert.deepEqual(new Set(found.d.subarray(65)), new Set([0]));
});

test('rsi, cmo: a silence of a day changes nothing', () => {
  const x = Float64Array.of(100, 101, 100.5, 102, ...new Array<number>(86_400).fill(102));
  for (const name of ['rsi', 'cmo']) {
    for (const n of [2, 3]) {
      const found = one(`${name}(x, ${n})`, { x });
      assert.ok(found[4] > 1 && found[4] < 99, `${name}: ${found[4]}`);
      assert.equal(found[x.length - 1], found[4], `${name}(${n})`);
    }
  }
});
