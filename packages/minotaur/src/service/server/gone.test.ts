/** Segments that are put away while somebody reads them. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { recordTrades, tradesAround } from '../../../../../test/day-of-trades.ts';
import { segmentName } from '../../journal/format.ts';
import { segmentNumbers } from '../../journal/epochs.ts';
import { createJournalHistory, type History } from '../publication/history.ts';
import type { Publication } from '../publication/publication.ts';
import { createFeed } from './feed.ts';
import { rangeOf } from './past.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-gone-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** 300 rows are on record, of which memory has none; their only segment goes once the first of them is read. */
function scene(name: string) {
  const path = join(folder, name);
  recordTrades(path, tradesAround(6000));
  const history = createJournalHistory(path);
  const going: History = {
    ...history,
    async *read(from, to) {
      for await (const past of history.read(from, to)) {
        for (const number of segmentNumbers(path)) rmSync(join(path, segmentName(number)), { force: true });
        yield past;
      }
    },
  };
  const none = { first: 0, next: 0, at: () => undefined, search: () => 0, take: () => [] };
  const recent = { rows: none, predictions: none, bars: new Map(), events: none };
  const publication = { next: { epoch: 0, ordinal: 300 }, isOpen: true, recent } as unknown as Publication;
  return { history: going, publication };
}
const START = { epoch: 0, ordinal: 0 };

test('a stream gives what was read before a segment went, and is told that the rest is gone', async () => {
  const { history, publication } = scene('stream');
  const given: number[] = [];
  const reading = async (): Promise<void> => {
    for await (const { message } of createFeed(publication, history, { what: new Set(['rows']), from: START }).past())
      if (message.kind === 'row') given.push(message.ordinal);
  };
  await assert.rejects(reading(), { name: 'GoneError' });
  assert.deepEqual(
    given,
    Array.from({ length: 256 }, (_, i) => i),
  );
});

test('a range of which a part went while it was read is gone, not a shorter one', async () => {
  const { history, publication } = scene('range');
  const past = { publication, history, line: <T>(work: () => Promise<T>) => work() };
  await assert.rejects(rangeOf('row', past, { from: START, limit: 300 }), { name: 'GoneError' });
  const again = scene('whole');
  const rows = await rangeOf('row', { ...past, ...again }, { from: START, limit: 256 });
  assert.equal(rows.length, 256);
});
