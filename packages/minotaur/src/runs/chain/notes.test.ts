import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import { blockOf } from 'minotaur-core/internal/trades/trade';
import { sourceBlock } from '../../files/trades/source-block.ts';
import { createNotes } from './notes.ts';

const instrument = { name: 'A', ids: 'dense', officialGaps: false, adjustments: [] } as unknown as Instrument;

/** What is said of trades a millisecond apart at these prices, cut into blocks of so many. */
function said(prices: readonly number[], cut: number): string[] {
  const block = blockOf(
    prices.map((price, i) => ({ time: 1.7e15 + i * 1000, id: i, price, quantity: 1, buyerMaker: false })),
  );
  const read = sourceBlock({
    file: 'a.csv',
    member: undefined,
    unit: 'line',
    block,
    numbers: Float64Array.from(prices, (_, i) => i + 2),
    words: new Map(),
    leftOut: {},
  });
  const notes = createNotes([instrument]);
  for (let from = 0; from < prices.length; from += cut)
    notes.hear({ kind: 'trades', instrument: 'A', read, from, to: Math.min(prices.length, from + cut) });
  return notes.report();
}

/** Steps by half up or a third down, one price after the other, those that are none left out. */
function stepsOf(prices: readonly number[]): number {
  const sound = prices.filter((price) => price > 0);
  return sound.filter((price, i) => i > 0 && (price * 1.5 < sound[i - 1] || price > 1.5 * sound[i - 1])).length;
}

test('steps of the price are counted and the first is placed, whatever stands between and however blocks are cut', () => {
  const prices = [100, 0, NaN, 151, 150, -3, 99, -3, 99, NaN, NaN, 0, 149, 10, 0];
  const steps = stepsOf(prices);
  assert.equal(steps, 4);
  const expected = `A: the price steps up by half or down by a third ${steps} times, first from 100 to 151 at a.csv line 5; a split is declared with \`adjustments\``;
  for (let cut = 1; cut <= prices.length; cut++) assert.deepEqual(said(prices, cut), [expected], `blocks of ${cut}`);
});

test('prices that keep near each other, or are none at all, are nothing to tell of', () => {
  assert.deepEqual(said([100, 149, 100, 0, NaN, 100], 4), []);
  assert.deepEqual(said([NaN, 0, -1], 2), []);
  const none = Array.from({ length: 300_000 }, () => NaN);
  const began = performance.now();
  assert.deepEqual(said([100, ...none, 100], none.length + 2), []);
  // Each row that is none is looked back over once: for every row anew it would be minutes.
  assert.ok(performance.now() - began < 20_000);
});
