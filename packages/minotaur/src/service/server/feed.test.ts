/** A subscriber who resumes: what comes while the journal is read to him. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { createEngine } from '../../node/engine.ts';
import { frameRow } from '../protocol/frame.ts';
import { factsOf } from '../publication/facts.ts';
import type { History } from '../publication/history.ts';
import { createPublication } from '../publication/publication.ts';
import { createFeed } from './feed.ts';

const { plan } = createEngine(
  parseConfig({ clocks: { s: { bars: 'tick', threshold: 2 } }, features: { s: ['close'] } }),
);
const WIDTH = plan.columns.length;
/** Rows that memory holds. */
const HELD = 4;

test('a row that comes between the last of the journal and the first of memory is not left out unsaid', async () => {
  const publication = createPublication(factsOf(plan, 'test'), { now: () => 0, items: HELD });
  publication.begin({ epoch: 0, ordinal: 0 });
  publication.open();
  const one = Float64Array.of(1);
  const publish = (): void => {
    publication.sinks.onRows?.({
      count: 1,
      width: WIDTH,
      time: one,
      values: new Float64Array(WIDTH),
      ready: one,
      complete: one,
    });
    publication.commit(NaN);
  };
  for (let i = 0; i < 10; i++) publish();
  const flags = { kind: 'row', epoch: 0, time: 1, arrival: NaN, ready: true, complete: true } as const;
  const history: History = {
    first: () => Promise.resolve({ epoch: 0, ordinal: 0 }),
    async *read(from, to) {
      for (let { ordinal } = from; ordinal < to.ordinal; ordinal++)
        yield Promise.resolve(frameRow({ ...flags, ordinal, values: new Float64Array(WIDTH) }));
    },
  };
  const feed = createFeed(publication, history, { what: new Set(['rows']), from: { epoch: 0, ordinal: 0 } });
  const seen: number[] = [];
  for await (const { message } of feed.past()) if (message.kind === 'row') seen.push(message.ordinal);
  // Memory is full: with it the row that is due is dropped.
  publish();
  assert.deepEqual(seen, [0, 1, 2, 3, 4, 5]);
  assert.throws(() => feed.take(), { name: 'GoneError' });
});
