/** The wire against a venue on this machine, with real sockets: every fault of a connection, and nothing lost or twice. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { madeTrades, play, type Cast } from './scene.ts';

const ALL: readonly Cast[] = ['binance-spot', 'binance-usdm', 'coinbase', 'kraken', 'bitstamp', 'bybit'];

for (const cast of ALL)
  test(`${cast}: trades as they happened, with their bits`, async () => {
    await play({ cast }, async ({ listener, say, caughtUp, assertWhole, handed }) => {
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
  await play({ times: { silence: 60_000 } }, async ({ listener, venue, say, caughtUp, assertWhole, lost, until }) => {
    await listener.start();
    await say(50);
    venue.clients.silence('frozen');
    await say(50);
    await until('the loss', () => lost().includes('silent'));
    await say(50);
    await caughtUp();
    assertWhole();
    assert.deepEqual(lost(), ['silent']);
  });
});

test('fault 2: a quiet market is no dead one: one connection, no reconnect, REST asked ever less often', async () => {
  await play({}, async ({ listener, venue, say, caughtUp, assertWhole, lost }) => {
    await listener.start();
    await say(10);
    await pause(1200);
    assert.deepEqual(lost(), []);
    assert.ok(venue.requests.length >= 2 && venue.requests.length <= 5, `${venue.requests.length} requests`);
    await say(10);
    await caughtUp();
    assertWhole();
    assert.equal(venue.clients.connected, 1);
  });
});

for (const cast of ALL)
  test(`fault 3: ${cast}: a second connection takes the place of the first without a hole or a request`, async () => {
    await play({ cast, times: { life: 300, silence: 5000 }, joining: { auditEvery: 60_000 } }, async (scene) => {
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
    await play(
      { cast, joining: { auditEvery: 60_000 } },
      async ({ listener, venue, say, caughtUp, assertWhole, lost, until }) => {
        await listener.start();
        await say(50);
        venue.goodbye(400);
        await until('the second connection', () => venue.clients.connected === 2);
        await say(100);
        await until('the first to be gone', () => venue.clients.count === 1);
        await say(20);
        await caughtUp();
        assertWhole();
        assert.deepEqual(lost(), ['rotated']);
        assert.deepEqual(venue.requests, []);
      },
    );
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
    { trades: madeTrades(100_000, { step: 0 }) },
    async ({ listener, venue, symbol, until, assertWhole, handed, lost }) => {
      await listener.start();
      for (let i = 0; i < 10; i++) {
        venue.say(symbol, 10_000);
        await pause(1);
        const busy = performance.now() + 30;
        while (performance.now() < busy);
      }
      await until('the last trade', () => handed.length === 100_000, 20_000);
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

test('fault 19: one attempt at a time, and never more than the venue allows', async () => {
  await play({ more: ['ETHUSDT'], before: (venue) => (venue.faults.handshakeStatus = 503) }, async (scene) => {
    const { listener, venue, access, symbol, say, caughtUp, assertWhole, lost, until, noted } = scene;
    const started = listener.start();
    await until('ten attempts', () => lost().length >= 20);
    assert.ok(lost().every((cause) => cause === 'unreachable'));
    assert.match(listener.status().connections[0].lastLoss?.detail ?? '', /503/);
    venue.faults.handshakeStatus = undefined;
    await started;
    await say(20);
    await caughtUp();
    assertWhole();
    assert.equal(venue.clients.connected, 1);
    assert.ok(noted('subscribed').length === 2, `two feeds of one connection, ${symbol}`);
    void access;
  });
});

test('fault 20: a subscription that is refused at the start is fatal, and says what; later it is tried slowly', async () => {
  await play({ listenTo: ['NOSUCH'] }, async ({ listener, venue }) => {
    await assert.rejects(
      listener.start(),
      /Binance spot, subscription: expected NOSUCH to be taken, found no symbol NOSUCH/,
    );
    await pause(300);
    assert.equal(venue.clients.connected, 1);
    assert.equal(listener.status().connections[0].isRefused, true);
  });
  await play({}, async ({ listener, venue, say, caughtUp, assertWhole, lost, until }) => {
    await listener.start();
    await say(20);
    venue.faults.subscription = 'refused';
    venue.clients.disconnect('at once');
    await until('two refusals', () => lost().filter((cause) => cause === 'refused').length === 2);
    assert.equal(venue.clients.connected, 3);
    venue.faults.subscription = 'taken';
    await say(20);
    await caughtUp();
    assertWhole();
  });
});

test('fault 21: a subscription that nobody acknowledges, or that is acknowledged and gives nothing', async () => {
  for (const how of ['ignored', 'mute'] as const)
    for (const cast of ['binance-spot', 'kraken', 'bybit'] as const)
      await play({ cast, before: (venue) => (venue.faults.subscription = how) }, async (scene) => {
        const { listener, venue, symbol, say, caughtUp, assertWhole, lost, until } = scene;
        venue.say(symbol, 5);
        const started = listener.start();
        await until(`the loss of ${cast}, ${how}`, () => {
          venue.say(symbol, 1);
          return lost().length > 0;
        });
        assert.deepEqual(new Set(lost()), new Set([how === 'ignored' ? 'unacknowledged' : 'mute']));
        venue.faults.subscription = 'taken';
        await started;
        await until('the flow', () => venue.say(symbol, 1) === 1 && scene.handed.length > 0);
        await say(20);
        await caughtUp();
        assertWhole();
      });
});

test('fault 22: an old address that answers and says nothing: REST has newer trades, the next address is taken', async () => {
  await play(
    { paths: ['mute', ''] },
    async ({ listener, venue, symbol, say, caughtUp, assertWhole, lost, until, handed, noted }) => {
      await listener.start();
      await until('a trade', () => venue.say(symbol, 1) === 1 && handed.length > 0);
      await say(20);
      await caughtUp();
      assertWhole();
      assert.deepEqual(lost(), ['mute']);
      assert.equal(noted('mute').length, 1);
    },
  );
  await play({}, async ({ listener, venue, say, caughtUp, assertWhole, lost, until }) => {
    await listener.start();
    await say(20);
    venue.clients.silence('mute');
    await say(20);
    await until('the loss', () => lost().includes('mute'));
    await say(20);
    await caughtUp();
    assertWhole();
  });
});

test('fault 23: garbled and partial frames are kept and counted, three in a minute are a loss', async () => {
  await play({}, async ({ listener, venue, symbol, say, caughtUp, assertWhole, lost, until, noted }) => {
    await listener.start();
    await say(20);
    venue.say(symbol, 1, 'lost');
    venue.clients.send(['{"stream":"btcusdt@trade","data":{"e":"trade","E":17231'], symbol);
    await say(20);
    await caughtUp();
    const [note] = noted('unknown');
    assert.ok(note.what === 'unknown' && Buffer.from(note.raw).toString().endsWith('"E":17231'));
    assert.deepEqual(lost(), []);
    venue.clients.send(['\u0000', `${'['.repeat(50_000)}`, '{"e":"trade","__proto__":1}'], symbol);
    await until('the loss', () => lost().includes('garbled'));
    await say(20);
    await caughtUp();
    assertWhole();
    assert.equal(listener.status().connections[0].unknown, 3);
    venue.clients.sendPart('{"stream":"btcusdt');
    venue.clients.disconnect('at once');
    await until('the loss', () => lost().length === 2);
    await say(20);
    await caughtUp();
    assertWhole();
  });
});

test('fault 24: a frame of 100 MB is not read: the connection is closed and followed by another', async () => {
  await play({}, async ({ listener, venue, say, caughtUp, assertWhole, lost, until }) => {
    await listener.start();
    await say(20);
    venue.clients.send([`"${' '.repeat(100_000_000)}"`]);
    await until('the loss', () => lost().includes('broken'));
    await say(20);
    await caughtUp();
    assertWhole();
    assert.match(listener.status().connections[0].lastLoss?.detail ?? '', /Max payload size exceeded/);
  });
});

test('fault 29: trades in another unit of time are refused', async () => {
  const trades = Array.from({ length: 30 }, (_, i) => {
    const time = 1000 * Date.now() + i - (i === 10 ? 3 * 86_400e6 : 0);
    return { id: 1 + i, time, price: 100, quantity: 1, buyerMaker: false };
  });
  await play({ trades }, async ({ listener, say, until, noted }) => {
    await listener.start();
    await say(11);
    await until('the note', () => noted('unknown').length === 1);
  });
});

test('fault 30: a clock that is wrong is measured', async () => {
  const around = { wall: () => 1000 * Date.now() - 5e6 };
  await play({ around }, async ({ listener, say, caughtUp, assertWhole }) => {
    await listener.start();
    await say(100);
    await caughtUp();
    assertWhole();
    const { clockOffset } = listener.status().feeds[0];
    assert.ok(clockOffset < -1.5e6 && clockOffset > -6e6, `${clockOffset}`);
  });
});

test('fault 31: the wall clock jumps: no timer cares', async () => {
  let jump = 0;
  const around = { wall: () => 1000 * Date.now() + jump };
  await play({ around }, async ({ listener, say, caughtUp, assertWhole, lost }) => {
    await listener.start();
    await say(30);
    jump = 3600e6;
    await pause(300);
    await say(30);
    await caughtUp();
    assertWhole();
    assert.deepEqual(lost(), []);
  });
});

test('fault 32: a halt is a state, not a loss', async () => {
  await play({ cast: 'kraken' }, async ({ listener, venue, say, caughtUp, assertWhole, until, noted }) => {
    const status = (system: string): string => `{"channel":"status","type":"update","data":[{"system":"${system}"}]}`;
    await listener.start();
    await say(20);
    venue.clients.send([status('maintenance')]);
    await until('the halt', () => listener.status().feeds[0].isHalted);
    await pause(400);
    venue.clients.send([status('online')]);
    await until('the end of the halt', () => !listener.status().feeds[0].isHalted);
    await say(20);
    await caughtUp();
    assertWhole();
    assert.deepEqual(noted('lost'), []);
  });
});

test('fault 35: an address that there is not, or where nobody listens: the next one, and the cause by name', async () => {
  for (const [url, cause] of [
    ['ws://nowhere.invalid/', /ENOTFOUND|EAI_AGAIN/],
    ['ws://127.0.0.1:9/', /ECONNREFUSED/],
  ] as const) {
    const urls: string[] = [url];
    await play(
      { urls, before: (venue) => void urls.push(venue.streamUrl) },
      async ({ listener, say, caughtUp, assertWhole, lost }) => {
        await listener.start();
        await say(20);
        await caughtUp();
        assertWhole();
        assert.ok(lost().every((one) => one === 'unreachable' || one === 'handshake'));
        assert.match(listener.status().connections[0].lastLoss?.detail ?? '', cause);
      },
    );
  }
});

test('fault 36: a handshake that does not end', async () => {
  await play(
    { before: (venue) => (venue.faults.handshakeDelay = 5000) },
    async ({ listener, venue, say, caughtUp, assertWhole, lost, until }) => {
      const started = listener.start();
      await until('the loss', () => lost().includes('handshake'));
      venue.faults.handshakeDelay = 0;
      await started;
      await say(20);
      await caughtUp();
      assertWhole();
    },
  );
});
