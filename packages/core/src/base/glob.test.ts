import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnMatchers, globMatcher } from './glob.ts';

const cases: readonly (readonly [glob: string, matching: readonly string[], others: readonly string[]])[] = [
  ['close', ['close'], ['close_s', 'a close', 'Close']],
  ['*', ['', 'close', 'a\nb'], []],
  ['*_s', ['_s', 'close_s', 'a_s_s'], ['close_m', '_s ']],
  ['ema_?', ['ema_9', 'ema_?'], ['ema_', 'ema_12']],
  ['a.b+(c)', ['a.b+(c)'], ['axb+(c)', 'a.bb(c)']],
  ['rsi_*_?', ['rsi_14_s', 'rsi__s'], ['rsi_14_db']],
];
for (const [glob, matching, others] of cases) {
  test(`pattern ${glob}`, () => {
    for (const name of matching) assert.ok(globMatcher(glob)(name), name);
    for (const name of others) assert.ok(!globMatcher(glob)(name), name);
  });
}

test('a pattern that matches no column is refused, and the nearest name is given', () => {
  assert.equal(columnMatchers(['*', 'ema_?'], ['ema_9'], 'x').length, 2);
  assert.throws(
    () => columnMatchers(['*', 'ema_8'], ['ema_9'], 'selection.exclude'),
    /selection\.exclude: expected a pattern that matches a column, found 'ema_8', which matches none of 1 \(did you mean 'ema_9'\?\)/,
  );
});
