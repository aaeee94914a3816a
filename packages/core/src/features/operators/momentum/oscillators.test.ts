import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, many, mean, one, perWindow, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();

test('apo, ppo: fast less slow, in either order of periods', () => {
  for (const [type, average] of [
    [0, 'sma'],
    [1, 'ema'],
  ]) {
    const fast = one(`${average}(close, 3)`, bars);
    const slow = one(`${average}(close, 8)`, bars);
    const gap = fast.map((f, i) => f - slow[i]);
    assertClose(one(`apo(close, 3, 8, ${type})`, bars), gap);
    assertClose(one(`apo(close, 8, 3, ${type})`, bars), gap);
    assertClose(
      one(`ppo(close, 8, 3, ${type})`, bars),
      gap.map((g, i) => (100 * g) / slow[i]),
    );
  }
  assertClose(one('ppo(x, 2, 2, 0)', { x: [0, 0, NaN] }), [NaN, 0, NaN], 0);
});

test('a gap of two averages without a period is refused, and so is a kind that is not there', () => {
  for (const feature of ['apo(close, 3, 8, 7)', 'ppo(close, 3, 8, 7)', 'macdext(close, 3, 7, 8, 7, 2, 5)']) {
    assert.throws(() => many(feature, 1, bars), /types 7 \(mama\) and 10 \(the value itself\) have no period/);
  }
  assert.throws(() => many('stochf(5, 3, 14)', 2, bars), /fastd_matype/);
  assert.throws(() => many('stochf(5, 3, 11)', 2, bars), /kinds of average from 0 to 10, 12 or 13/);
  assert.throws(() => one('ppo(close, 3, 8)', bars), /matype/);
});

test('the kind of average is that of ma: stochf, and bands that begin together', () => {
  const [k, d] = many('stochf(high, low, close, 5, 4, 2)', 2, bars);
  assert.deepEqual(d, one('ma(range_position(close, min(low, 5), max(high, 5)), 4, 2)', bars));
  assert.equal(
    k.findIndex((value) => !Number.isNaN(value)),
    7,
  );
  for (const kind of [3, 7]) {
    const [upper, middle, lower] = many(`bbands(close, 50, 2, 1, ${kind})`, 3, bars);
    const average = one(`ma(close, 50, ${kind})`, bars);
    const width = one('stddev(close, 50, 1)', bars);
    const first = kind === 3 ? 98 : 49;
    const from = (column: number[]): number[] => column.map((value, i) => (i < first ? NaN : value));
    assert.deepEqual(middle, from(average));
    assertClose(upper, from(average.map((value, i) => value + 2 * width[i])), 1e-12);
    assertClose(lower, from(average.map((value, i) => value - width[i])), 1e-12);
  }
});

test('macdext: exponential averages give macd, simple ones their differences', () => {
  const macd = many('macd(close, 12, 26, 9)', 3, bars);
  many('macdext(close, 12, 1, 26, 1, 9, 1)', 3, bars).forEach((found, k) => assertClose(found, macd[k]));
  many('macdext(close, 26, 1, 12, 1, 9, 1)', 3, bars).forEach((found, k) => assertClose(found, macd[k]));
  const line = one('apo(close, 4, 9, 0)', bars);
  const signal = perWindow(line, 3, mean);
  const found = many('macdext(close, 4, 0, 9, 0, 3, 0)', 3, bars);
  assertClose(
    found[0],
    line.map((v, i) => (Number.isNaN(signal[i]) ? NaN : v)),
  );
  assertClose(found[1], signal);
  assertClose(
    found[2],
    line.map((v, i) => v - signal[i]),
  );
});

test('macdfix, trix: a period of 1 is the value itself', () => {
  const [line, signal, rest] = many('macdfix(close, 1)', 3, bars);
  assertClose(signal, line, 0);
  assertClose(
    rest,
    line.map((v) => v - v),
    0,
  );
  assertClose(one('trix(close, 1)', bars), one('roc(close, 1)', bars), 0);
});

test('stochf, stochrsi: place in the range and its average', () => {
  const slow = many('stoch(5, 1, 3)', 2, bars);
  many('stochf(5, 3)', 2, bars).forEach((found, k) => assertClose(found, slow[k]));
  const rsi = one('rsi(close, 14)', bars);
  const place = perWindow(rsi, 5, (w) => (100 * (w[4] - Math.min(...w))) / (Math.max(...w) - Math.min(...w)));
  assertClose(one('stochrsi(close, 14, 5, 3).stochrsi_d', bars), perWindow(place, 3, mean), 1e-9);
});
