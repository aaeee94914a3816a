import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createInstrument } from 'minotaur-core/internal/trades/instrument';
import { sourceOf, trade } from '../../../../../test/inspecting.ts';
import { createTaker } from './taken.ts';
import { createWords } from './words.ts';

test('words that are not known, with the place of the first of each', () => {
  const words = createWords();
  const source = sourceOf([trade(0), trade(1, { buyerMaker: null }), trade(2, { buyerMaker: null })], {
    words: new Map([
      [1, 'Ask'],
      [2, 'Ask'],
    ]),
  });
  createTaker(createInstrument('X', { ids: 'none' }), () => undefined).take(source, (taken) => words.add(taken));
  assert.deepEqual(words.report(), [{ word: 'Ask', rows: 2, place: 't.csv line 2, side "Ask"' }]);
});
