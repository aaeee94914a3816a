import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { createEngine } from '../../node/engine.ts';
import { factsOf } from './facts.ts';
import { createPublication } from './publication.ts';

test('a place of a session is said once the session is on record: until then who comes is told of the one before', () => {
  const config = parseConfig({ clocks: { s: { bars: 'tick', threshold: 1 } }, features: { s: ['close'] } });
  const publication = createPublication(factsOf(createEngine(config).plan, 'test'), { now: () => 0 });
  const engine = createEngine(config, publication.sinks);
  const push = (i: number): void => {
    engine.push({ time: 1e15 + i, price: 1 + i, quantity: 1 });
    publication.commit(NaN);
  };
  publication.begin({ epoch: 0, ordinal: 0 });
  publication.open();
  push(0);
  assert.deepEqual(publication.next, { epoch: 0, ordinal: 1 });
  publication.begin({ epoch: 1, ordinal: 7 });
  push(1);
  assert.deepEqual([publication.next, publication.recent.rows.next], [{ epoch: 0, ordinal: 1 }, 1]);
  publication.open();
  assert.deepEqual(
    [publication.next, publication.recent.rows.at(1)?.position],
    [
      { epoch: 1, ordinal: 8 },
      { epoch: 1, ordinal: 7 },
    ],
  );
});
