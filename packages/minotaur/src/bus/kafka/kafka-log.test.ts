import assert from 'node:assert/strict';
import { test } from 'node:test';
import { patiently } from './kafka-log.ts';

test('what has a signal asks until it says so, however long an outage is; what has none gives up', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 0 });
  const heard: string[] = [];
  const of = { where: 'kafka://test', onTrouble: (words: string): void => void heard.push(words) };
  let asked = 0;
  const ask = async (): Promise<string> => {
    t.mock.timers.setTime(60_000 * ++asked);
    if (asked % 4 !== 0) throw new Error('nobody there');
    return 'an answer';
  };
  const stop = new AbortController();
  assert.equal(await patiently(ask, { ...of, signal: stop.signal }), 'an answer');
  assert.equal(heard.length, 3);
  await assert.rejects(patiently(ask, of), /kafka:\/\/test: expected brokers that answer, found nobody there/);
  const asking = patiently(() => Promise.reject(new Error('nobody there')), { ...of, signal: stop.signal });
  stop.abort();
  await assert.rejects(asking, { name: 'AbortError' });
});
