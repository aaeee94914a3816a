import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fed, trade } from '../../../../../test/inspecting.ts';
import { createQuote } from './quote.ts';

test('the quote column against price times quantity', () => {
  const trades = [0.1, 0.2, 0.3].map((quantity, i) => trade(i, { price: 3, quantity }));
  const right = fed(createQuote(), trades, { quote: [0.30000000000000004, 0.6, 0.9] }).report();
  assert.deepEqual([right?.compared, right?.equal, right?.wrong, right?.ratio], [3, 1, 0, null]);
  const wrong = fed(createQuote(), trades, { quote: [0.3, 60, NaN] }).report();
  assert.deepEqual([wrong?.compared, wrong?.wrong], [2, 1]);
  assert.ok(Math.abs((wrong?.ratio ?? 0) / 100 - 1) < 0.02);
  assert.match(wrong?.examples[0] ?? '', /t\.csv line 2: 60, where 0\.6/);
  assert.equal(fed(createQuote(), trades).report(), null);
});
