/** Names in a list, brackets and commas of their own included. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canBeListed, listed } from './listed.ts';

test('names are parted at commas outside of brackets', () => {
  for (const names of [
    ['a', 'b'],
    ['ema(close, 12)', 'rsi'],
    ['max(ema(close,12),3)', 'x', 'f(g(1,2),h(3))'],
    ['a)', 'b'],
  ]) {
    assert.deepEqual(listed(names.join()), names);
    assert.ok(names.every(canBeListed));
  }
  assert.deepEqual(listed(' a , b'), ['a', 'b']);
  assert.deepEqual(['', ' a', 'a ', 'a,b', 'a=b', 'f(a', 'f(1),g'].filter(canBeListed), []);
});
