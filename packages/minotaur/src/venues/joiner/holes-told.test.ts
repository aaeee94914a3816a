/** What is told of a hole: that it is waited for, and what became of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JoinerEvent } from './contract.ts';
import { idsOf, listened, trade } from './listened.ts';

/** Of what each hole became. */
const fates = (events: readonly JoinerEvent[]): unknown[] =>
  events.filter(({ what }) => ['waiting', 'came', 'repaired'].includes(what)).map(({ what }) => what);

test('what was waited for is told once it is there, whoever gave it', () => {
  const swapped = listened('dense');
  for (const id of [1, 3, 2, 4, 6, 5]) swapped.joiner.stream([trade(id)], 0, id);
  assert.deepEqual(swapped.events, [
    { what: 'waiting', first: 2, next: 3 },
    { what: 'came', first: 2, last: 3 },
    { what: 'waiting', first: 5, next: 6 },
    { what: 'came', first: 5, last: 6 },
  ]);

  const leftOut = listened('dense');
  for (const id of [1, 3]) leftOut.joiner.stream([trade(id)], 0, id);
  leftOut.joiner.leftOut(2, 4);
  assert.deepEqual(fates(leftOut.events), ['waiting', 'came']);

  const seeded = listened('dense');
  for (const id of [1, 3]) seeded.joiner.stream([trade(id)], 0, id);
  seeded.joiner.seed([trade(2), trade(3)]);
  assert.deepEqual(
    [fates(seeded.events), seeded.joiner.joining(), seeded.joiner.due()],
    [['waiting', 'came'], false, Infinity],
  );
});

test('a counter that begins anew while older trades are waited for: these are a hole, and those behind it are handed over', () => {
  const { joiner, handed, holes, events, requests } = listened('dense');
  joiner.stream([trade(1000), trade(1003), trade(1005)], 0, 0);
  const anew = [1, 2, 3].map((id) => trade(id, 2_000_000 + 1000 * id));
  joiner.stream(anew, 0, 10);
  joiner.answer({ number: requests[0].number, trades: anew, arrival: 0 }, 20);
  assert.deepEqual(idsOf(handed), [1000, 1003, 1005, 1, 2, 3]);
  assert.deepEqual(
    holes.map(({ kind, ids }) => [kind, ids]),
    [
      ['open', [1001, 1002]],
      ['open', [1004, 1004]],
    ],
  );
  assert.deepEqual([events.at(-1)?.what, joiner.joining()], ['restarted', false]);
});
