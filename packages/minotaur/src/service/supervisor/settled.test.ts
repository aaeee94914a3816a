/** A venue that says several trades at once, then nothing: a bus beside the session has all of them. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { memoryLog } from '../../../../../test/memory-log.ts';
import { open as opened } from '../../bus/codec/envelope.ts';
import { decodeEvents } from '../../bus/codec/events.ts';
import { followJournal } from '../../bus/follower/follow.ts';
import { openJournal } from '../../journal/reader.ts';
import { createEngine } from '../../node/engine.ts';
import { madeTrades } from '../../venues/wire/scene.ts';
import { factsOf } from '../publication/facts.ts';
import { createPublication } from '../publication/publication.ts';
import { startSupervisor } from './supervisor.ts';
import { clockOf, endedLast, folder, open, surroundings, until } from './warm-scene.ts';

test('the newest push of several trades is in the bus, however silent the market is then', async () => {
  const local = await open(madeTrades(100, { ids: 'unique' }), 'bybit');
  const journal = join(folder, 'settled');
  const config = parseConfig({
    instruments: { BTCUSDT: { venue: 'bybit-linear' } },
    clocks: { s: { bars: 'tick', threshold: 5 } },
    features: { s: ['close'] },
  });
  const { plan } = createEngine(config);
  const around = { ...surroundings, wall: clockOf([local, 'BTCUSDT']) };
  let subscribed = false;
  const supervisor = endedLast(
    await startSupervisor({
      config,
      instruments: plan.instruments,
      publication: createPublication(factsOf(plan, 'test'), { now: around.wall }),
      journal,
      around,
      addresses: { bybit: { stream: [local.streamUrl], rest: local.restBase } },
      seeds: () => new Map(),
      onOpenHole: 'stop',
      onNote: ({ what }) => (subscribed ||= what === 'subscribed'),
    }),
  );
  const log = memoryLog();
  const ending = new AbortController();
  const { signal } = ending;
  const followed = followJournal({ log, journal, bus: 'desk', follows: true, batch: 40, signal, end: signal });
  try {
    await until('a subscription', () => subscribed);
    local.say('BTCUSDT', 7);
    const given = (): number =>
      log
        .records('events')
        .flatMap(({ value }) => decodeEvents(opened(value, 'test'), 'test').events)
        .reduce((sum, event) => sum + (event.kind === 'trades' ? event.block.length : 0), 0);
    await until('all trades in the bus', () => given() === 7);
    const kinds = [...openJournal(journal).records()].map(({ record }) => record.kind);
    assert.ok(!kinds.includes('advance'), 'nothing has followed them');
  } finally {
    ending.abort();
    await followed.catch(() => {});
    supervisor.stop();
    await supervisor.ended;
    await local.close();
  }
});
