import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockOf } from 'minotaur-core/internal/trades/trade';
import { createSideNotes } from './side-notes.ts';

/** What is said of trades whose price goes up and down, of which `isRight` says whether the side is that of the tick rule. */
function said(length: number, isRight: (i: number) => boolean, cut: number): string | undefined {
  const notes = createSideNotes();
  for (let from = 0; from < length; from += cut) {
    const rows = Array.from({ length: Math.min(cut, length - from) }, (_, k) => from + k);
    const block = blockOf(
      rows.map((i) => {
        const isUp = i % 2 === 0;
        // Down is sold, where the buyer is the maker.
        return { time: i, id: i, price: isUp ? 101 : 100, quantity: 1, buyerMaker: isUp !== isRight(i) };
      }),
    );
    notes.hear(block, 0, rows.length, (row) => `line ${from + row}`);
  }
  return notes.report();
}

test('sides that turn round from some row on are told, and where', () => {
  for (const cut of [4000, 1000, 700]) {
    const words = said(4000, (i) => i < 2000, cut) ?? '';
    assert.match(words, /say the opposite in (9|10), the first from line (19|20|21)\d\d on/, `blocks of ${cut}`);
  }
  // Later on they are found in samples.
  assert.match(
    said(400_000, (i) => i < 250_000, 32_768) ?? '',
    /say the opposite in \d+, the first from line 2(4|5)\d{4} on/,
  );
});

test('sides that agree, that are drawn by lot, or of which few differ, are nothing to tell of', () => {
  for (const isRight of [() => true, (i: number) => i % 4 < 2, (i: number) => i % 10 > 1])
    assert.equal(said(20_000, isRight, 3000), undefined);
});

test('sides that are the other ones throughout are worse than chance', () => {
  assert.match(said(3000, (i) => i % 10 === 0, 3000) ?? '', /in 10 % of 2,800 changes .* worse than chance/);
});
