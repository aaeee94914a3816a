/** The wire against a venue on this machine, with real sockets: whatever a connection does, nothing is lost or twice. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { CALM, madeTrades, play, type Cast } from './scene.ts';

const ALL: readonly Cast[] = [
  'binance-spot',
  'binance-usdm',
  'coinbase',
  'kraken',
  'bitstamp',
  'bybit',
  'okx',
  'deribit',
];

for (const cast of ALL)
  test(`${cast}: trades as they happened, with their bits`, async () => {
    await play({ cast, ...CALM }, async ({ listener, say, caughtUp, assertWhole, handed }) => {
      await listener.start();
      await say(200);
      await caughtUp();
      assertWhole();
      assert.equal(handed.length, 200);
      assert.ok(handed.every(({ way, arrival }) => way === 'stream' && Math.abs(arrival - 1000 * Date.now()) < 60e6));
      const { connections, feeds } = listener.status();
      assert.deepEqual(
        connections.map(({ isConnected, symbols }) => [isConnected, symbols.length]),
        [[true, 1]],
      );
      assert.equal(feeds[0].counts.duplicates, 0);
      assert.ok(feeds[0].clockOffset > 0 && feeds[0].clockOffset < 10e6);
    });
  });

test('fault 1: a half-open connection is noticed by its pongs, and what it kept back is fetched', async () => {
  await play(
    { times: { silence: 60_000, deadAfter: 1000 } },
    async ({ listener, venue, say, caughtUp, assertWhole, lost, until }) => {
      await listener.start();
      await say(50);
      venue.clients.silence('frozen');
      await say(50);
      await until('the loss', () => lost().includes('silent'));
      await say(50);
      await caughtUp();
      assertWhole();
      assert.deepEqual(lost(), ['silent']);
    },
  );
});

test('fault 2: a quiet market is no dead one: one connection, no reconnect, REST asked ever less often', async () => {
  // Longer than it may be without a proof of life, which a busy machine has to give in time.
  await play({ times: { deadAfter: 1000 } }, async ({ listener, venue, say, caughtUp, assertWhole, lost, until }) => {
    await listener.start();
    await say(10);
    await pause(1200);
    assert.ok(venue.requests.length <= 5, `${venue.requests.length} requests`);
    await until('another question', () => venue.requests.length >= 2);
    assert.deepEqual(lost(), []);
    await say(10);
    await caughtUp();
    assertWhole();
    assert.equal(venue.clients.connected, 1);
  });
});

for (const cast of ALL)
  test(`fault 3: ${cast}: a second connection takes the place of the first without a hole or a request`, async () => {
    await play({ cast, times: { ...CALM.times, life: 300 }, joining: CALM.joining }, async (scene) => {
      const { listener, venue, say, caughtUp, assertWhole, lost, until, handed } = scene;
      await listener.start();
      for (let i = 0; i < 60 && venue.clients.connected < 3; i++) {
        await say(10);
        await pause(10);
      }
      await until('the first to be gone', () => venue.clients.count <= 2);
      await say(10);
      await caughtUp();
      assertWhole();
      assert.ok(venue.clients.connected >= 3);
      assert.ok(
        lost().every((cause) => cause === 'rotated'),
        lost().join(),
      );
      assert.deepEqual(venue.requests, []);
      assert.ok(handed.every(({ way }) => way === 'stream'));
    });
  });

for (const cast of ['binance-spot', 'bitstamp'] as const)
  test(`fault 4: ${cast} announces that it closes: the next connection is there before`, async () => {
    await play({ cast, ...CALM }, async ({ listener, venue, say, caughtUp, assertWhole, lost, until }) => {
      await listener.start();
      await say(50);
      venue.goodbye(10_000);
      await until('the second connection', () => venue.clients.connected === 2);
      await say(100);
      await until('the first to be gone', () => venue.clients.count === 1);
      await say(20);
      await caughtUp();
      assertWhole();
      assert.deepEqual(lost(), ['rotated']);
      assert.deepEqual(venue.requests, []);
    });
  });

for (const cast of ALL)
  test(`faults 5, 6, 7: ${cast}: what happened between two connections is fetched, what comes again is dropped`, async () => {
    await play(
      { cast, joining: { auditEvery: 60_000 } },
      async ({ listener, venue, say, caughtUp, assertWhole, noted, until, handed }) => {
        await listener.start();
        for (let i = 0; i < 4; i++) {
          await say(40);
          venue.clients.disconnect(i % 2 === 0 ? 'at once' : 'politely');
          // Some on the way down, some while nobody listens.
          await say(30);
          await until('to be subscribed', () => noted('subscribed').length === i + 2);
          await say(40);
        }
        await caughtUp();
        assertWhole();
        assert.ok(handed.some(({ way }) => way === 'repair') || cast === 'kraken');
      },
    );
  });

test('fault 5: the newest trades are fetched though nothing follows them', async () => {
  await play({ times: { silence: 60_000 } }, async ({ listener, venue, say, caughtUp, assertWhole, until, noted }) => {
    await listener.start();
    await say(40);
    venue.clients.disconnect('at once');
    await say(30);
    await until('to be subscribed', () => noted('subscribed').length === 2);
    await caughtUp();
    assertWhole();
  });
});

for (const cast of ['kraken', 'coinbase'] as const)
  test(`fault 7: ${cast} greets with trades of before: none comes twice`, async () => {
    await play({ cast }, async ({ listener, venue, symbol, say, caughtUp, assertWhole, until, noted }) => {
      venue.say(symbol, 60);
      await listener.start();
      await say(20);
      venue.clients.disconnect('at once');
      await until('to be subscribed', () => noted('subscribed').length === 2);
      await say(20);
      await caughtUp();
      assertWhole();
      assert.ok(listener.status().feeds[0].counts.duplicates > 0);
    });
  });

test('faults 8, 9, 12, 14, 15: lost, swapped and repeated trades, REST that lags and halves its pages', async () => {
  for (const cast of ['binance-spot', 'coinbase', 'kraken'] as const)
    await play({ cast }, async ({ listener, venue, symbol, say, caughtUp, assertWhole, holes }) => {
      venue.faults.restLag = 60;
      venue.faults.restHalf = true;
      await listener.start();
      await say(20);
      for (const way of ['lost', 'swapped', 'twice', 'lost', 'plainly'] as const) {
        venue.say(symbol, 17, way);
        await say(5);
      }
      await caughtUp();
      assert.deepEqual(holes, [], cast);
      assertWhole();
    });
});

test('faults 10, 11: a burst of 100,000 trades is taken while whoever listens works', async () => {
  await play(
    { trades: madeTrades(100_000, { step: 0 }), times: { deadAfter: 2000 } },
    async ({ listener, venue, symbol, until, assertWhole, handed, lost }) => {
      await listener.start();
      for (let i = 0; i < 10; i++) {
        venue.say(symbol, 10_000);
        await pause(1);
        const busy = performance.now() + 30;
        while (performance.now() < busy);
      }
      await until('the last trade', () => handed.length === 100_000);
      assertWhole();
      assert.deepEqual(lost(), []);
    },
  );
});

test('fault 13: thousands of trades of one time: pages go on by id, or by what the page gave', async () => {
  for (const cast of ['binance-spot', 'kraken'] as const) {
    const time = 1000 * (Date.now() - 2000);
    const trades = Array.from({ length: 4000 }, (_, i) => {
      return { id: 1 + i, time: time + Math.floor(i / 1500), price: 100, quantity: 1 + i, buyerMaker: false };
    });
    await play({ cast, trades }, async ({ listener, venue, symbol, say, caughtUp, assertWhole }) => {
      await listener.start();
      await say(10);
      venue.say(symbol, 3500, 'lost');
      await say(10);
      await caughtUp();
      assertWhole();
    });
  }
});

test('fault 16: ids that nobody has: an official hole, confirmed, and trades of the insurance fund are none', async () => {
  const time = 1000 * (Date.now() - 2000);
  const trades = Array.from({ length: 200 }, (_, i) => i + 1)
    .filter((id) => id !== 50 && (id < 100 || id > 103))
    .map((id) => ({ id, time: time + 1000 * id, price: 100, quantity: 1, buyerMaker: false }));
  for (const cast of ['binance-usdm', 'coinbase'] as const)
    await play({ cast, trades }, async ({ listener, venue, symbol, say, caughtUp, assertWhole, noted }) => {
      await listener.start();
      await say(49);
      if (cast === 'binance-usdm') {
        const apart = { id: 50, time: time + 50_000, price: 1, quantity: 1, buyerMaker: true };
        venue.leaveOut(symbol, apart);
      }
      await say(150);
      await caughtUp();
      assertWhole(cast === 'binance-usdm' ? ['official 100-103'] : ['official 50-50', 'official 100-103']);
      assert.equal(noted('left-out').length, cast === 'binance-usdm' ? 1 : 0);
    });
});

test('fault 17: a hole that cannot be filled is told as open', async () => {
  await play(
    { cast: 'bybit', joining: { auditEvery: 60_000 } },
    async ({ listener, venue, say, symbol, holes, handed, until, noted, caughtUp }) => {
      await listener.start();
      await say(30);
      venue.clients.disconnect('at once');
      await until('the loss', () => noted('lost').length === 1);
      // More than the newest page of this venue.
      venue.say(symbol, 1200, 'lost');
      await until('to be subscribed', () => noted('subscribed').length === 2);
      await say(30);
      await caughtUp();
      assert.deepEqual(
        holes.map(({ kind }) => kind),
        ['open'],
      );
      assert.equal(new Set(handed.map(({ trade }) => trade.id)).size, handed.length);
    },
  );
});
