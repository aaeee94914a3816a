import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, mean, one, walkingBars } from '../../../../../../test/oracle.ts';

const bars = walkingBars();
const { close } = bars;

test('ma: the average of each number', () => {
  const names = ['sma', 'ema', 'wma', 'dema', 'tema', 'trima', 'kama'];
  names.forEach((name, kind) => assert.deepEqual(one(`ma(close, 6, ${kind})`, bars), one(`${name}(close, 6)`, bars)));
  assert.deepEqual(one('ma(close, 6, 7)', bars), one('mama(close, 0.5, 0.05).mama', bars));
  assert.deepEqual(one('ma(close, 6, 8)', bars), one('t3(close, 6, 0.7)', bars));
  for (let kind = 0; kind <= 8; kind++) assert.deepEqual(one(`ma(close, 1, ${kind})`, bars), close);
});

test('mavp: each row has the average of its own period', () => {
  const periods = close.map((_, i) => ((i * 7) % 12) + 0.9);
  const found = one('mavp(close, periods, 3, 8, 0)', { close, periods });
  const expected = periods.map((p, i) => {
    const n = Math.min(8, Math.max(3, Math.floor(p)));
    return i < 7 ? NaN : mean(close.slice(i - n + 1, i + 1));
  });
  assertClose(found, expected, 1e-12);
  const holed = periods.map((p, i) => (i === 20 ? NaN : p));
  const missing = one('mavp(close, periods, 4, 4, 0)', { close, periods: holed }).flatMap((v, i) =>
    v === v ? [] : [i],
  );
  assert.deepEqual(missing, [0, 1, 2, 20]);
  assert.throws(() => one('mavp(close, periods, 5, 4, 0)', { close, periods }), /at most max_period/);
});
