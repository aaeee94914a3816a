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

test('a topic that nobody knows is waited for some seconds, whoever asks, and then said to be missing', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 0 });
  const of = { where: 'kafka://test', onTrouble: () => {} };
  let asked = 0;
  // An outage before it counts for nothing.
  const ask = async (): Promise<never> => {
    t.mock.timers.setTime(2000 * ++asked);
    throw new Error(asked < 4 ? 'nobody there' : 'Unknown topic desk.rows.');
  };
  for (const signal of [undefined, new AbortController().signal]) {
    asked = 0;
    await assert.rejects(
      patiently(ask, { ...of, signal }),
      /expected the topics of the bus \(minotaur bus init makes them\), found Unknown topic desk\.rows\./,
    );
    assert.equal(asked, 6);
    t.mock.timers.setTime(0);
  }
});

test('who ends a command need not wait until brokers are given up', async () => {
  const stop = new AbortController();
  let asked = 0;
  const ask = (): Promise<never> => {
    if (++asked === 2) stop.abort();
    return Promise.reject(new Error('connect ECONNREFUSED'));
  };
  const began = performance.now();
  await assert.rejects(patiently(ask, { where: 'kafka://x', onTrouble: () => {}, stop: stop.signal }), {
    name: 'AbortError',
  });
  assert.equal(asked, 2);
  assert.ok(performance.now() - began < 10_000, 'patience is of 20 s');
});
