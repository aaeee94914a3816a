/** What is published goes out at once: behind what published it, before anything else that waits for a turn. */
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { parseConfig } from 'minotaur-core/internal/config/config';
import type { WebSocket } from 'ws';
import { createEngine } from '../../node/engine.ts';
import { factsOf } from '../publication/facts.ts';
import type { History } from '../publication/history.ts';
import { createPublication, type Publication } from '../publication/publication.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { createEncoder } from './encoder.ts';
import { createFeed } from './feed.ts';
import { createHub } from './hub.ts';
import { createSubscriber, LIMITS, type SubscriberLimits } from './subscriber.ts';

const { plan } = createEngine(
  parseConfig({ clocks: { s: { bars: 'tick', threshold: 2 } }, features: { s: ['close'] } }),
);

/** A row of the session, published. */
function publish({ sinks, commit }: Publication): void {
  const width = plan.columns.length;
  const one = Float64Array.of(1);
  sinks.onRows?.({ count: 1, width, time: one, values: new Float64Array(width), ready: one, complete: one });
  commit(NaN);
}

/** A session, and a subscriber whose socket says what it was sent, and is as full as it is told to be. */
async function openStream(limits: SubscriberLimits = LIMITS) {
  const publication = createPublication(factsOf(plan, 'test'), { now: () => 0 });
  publication.begin({ epoch: 0, ordinal: 0 });
  publication.open();
  const hub = createHub(publication, await createMetrics());
  const sent: (string | Uint8Array)[] = [];
  const state = { full: false, passOn: (): void => {}, closed: 0 };
  const socket = Object.assign(new EventEmitter(), {
    send(data: string | Uint8Array, done?: () => void) {
      sent.push(data);
      if (done !== undefined) state.passOn = done;
    },
    close: (code: number) => void (state.closed = code),
    terminate() {},
    ping() {},
  }) as unknown as WebSocket;
  Object.defineProperty(socket, 'bufferedAmount', { get: () => (state.full ? 1e9 : 0) });
  const history: History = { first: () => Promise.resolve(undefined), async *read() {} };
  const subscriber = createSubscriber({
    publication,
    feed: createFeed(publication, history, { what: new Set(['rows']), from: { epoch: 0, ordinal: 0 } }),
    socket,
    encoder: createEncoder(),
    format: { binary: true, picks: undefined },
    limits,
    greet: () => 'hello',
    onClose() {},
    onError: (error) => assert.fail(String(error)),
  });
  hub.add(socket, subscriber);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(sent.splice(0), ['hello']);
  return { publication, hub, sent, state };
}

test('rows of one call go out together behind it, without another turn of the loop', async () => {
  const { publication, hub, sent } = await openStream();
  const order: string[] = [];
  setImmediate(() => order.push(`a turn later: ${sent.length}`));
  publish(publication);
  publish(publication);
  order.push(`while it publishes: ${sent.length}`);
  await Promise.resolve();
  order.push(`behind it: ${sent.length}`);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(order, ['while it publishes: 0', 'behind it: 2', 'a turn later: 2']);
  hub.close();
});

test('a socket that is full gets no more until it has passed on what it holds; then all, once and in order', async () => {
  const { publication, hub, sent, state } = await openStream();
  state.full = true;
  for (let i = 0; i < 3; i++) {
    publish(publication);
    await Promise.resolve();
  }
  assert.equal(sent.length, 1);
  state.full = false;
  state.passOn();
  await new Promise((resolve) => setImmediate(resolve));
  const rows = publication.recent.rows.take(0, 9);
  assert.deepEqual(
    sent,
    rows.map(({ frame }) => frame),
  );
  assert.equal(state.closed, 0);
  hub.close();
});

test('who is too far behind is sent away, and gets nothing more', async () => {
  const { publication, sent, state } = await openStream({ rows: 2, bytes: 1e9 });
  state.full = true;
  for (let i = 0; i < 6; i++) {
    publish(publication);
    await Promise.resolve();
  }
  assert.equal(state.closed, 4008);
  state.full = false;
  state.passOn();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(sent.length, 1);
});
