/** The wire against a venue on this machine, with real sockets: refusals, silence and nonsense, each a state and never a loss of trades. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { CALM, play } from './scene.ts';

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
    // Each that was refused, and at most one that is under way.
    const refused = lost().filter((cause) => cause === 'refused').length;
    assert.ok(venue.clients.connected <= 1 + refused + 1, `${venue.clients.connected} connections`);
    venue.faults.subscription = 'taken';
    await say(20);
    await caughtUp();
    assertWhole();
  });
});

test('fault 14: a silent stream is proven to be whole by REST, not by one empty answer', async () => {
  await play(
    { times: { silence: 300, mute: 100 } },
    async ({ listener, venue, symbol, say, caughtUp, until, lost }) => {
      await listener.start();
      await say(20);
      await caughtUp();
      const proven = (): number => listener.status().feeds[0].provenTime;
      const spoke = proven();
      await until('a later proof', () => proven() > spoke + 100_000);
      venue.clients.silence('mute');
      venue.faults.restNext.push({ what: 'empty' });
      const { venueTime: happened } = listener.status().feeds[0];
      const newest = venue.happened(symbol).length + 1;
      venue.say(symbol, 1);
      await until('what is mute to be found', () => {
        const { last } = listener.status().feeds[0];
        const isThere = Number(last?.id) >= Number(venue.happened(symbol)[newest - 1].id);
        if (!isThere) assert.ok(proven() <= happened, 'nothing vouches for what one answer left out');
        return isThere && lost().includes('mute');
      });
    },
  );
});

test('fault 21: a subscription that nobody acknowledges, or that is acknowledged and gives nothing', async () => {
  for (const how of ['ignored', 'mute'] as const)
    for (const cast of ['binance-spot', 'kraken', 'bybit'] as const)
      await play(
        {
          cast,
          times: { deadAfter: 60_000, ...(how === 'ignored' ? { acknowledgement: 200 } : {}) },
          before: (venue) => (venue.faults.subscription = how),
        },
        async (scene) => {
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
        },
      );
});

test('fault 22: an old address that answers and says nothing: REST has newer trades, the next address is taken', async () => {
  await play(
    { paths: ['mute', ''], times: { deadAfter: 60_000 } },
    async ({ listener, venue, symbol, say, caughtUp, assertWhole, lost, until, handed, noted }) => {
      await listener.start();
      await until('a trade', () => venue.say(symbol, 1) === 1 && handed.length > 0);
      await say(20);
      await caughtUp();
      assertWhole();
      // On a busy machine the next one may be mute for a while, too.
      assert.deepEqual(new Set(lost()), new Set(['mute']));
      assert.ok(noted('mute').length >= 1);
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
  await play(CALM, async ({ listener, venue, symbol, say, caughtUp, assertWhole, lost, until, noted }) => {
    await listener.start();
    await say(20);
    venue.say(symbol, 1, 'lost');
    venue.clients.send(['{"stream":"btcusdt@trade","data":{"e":"trade","E":17231'], symbol);
    await say(20);
    await caughtUp();
    const [note] = noted('unknown');
    assert.ok(note.what === 'unknown' && Buffer.from(note.raw).toString().endsWith('"E":17231'));
    assert.deepEqual(lost(), []);
    venue.clients.send(['\u0000', '['.repeat(50_000), '{"e":"trade","__proto__":1}'], symbol);
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
  await play({ around, times: { deadAfter: 60_000 } }, async ({ listener, say, caughtUp, assertWhole, lost }) => {
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
  const times = { deadAfter: 1000 };
  await play({ cast: 'kraken', times }, async ({ listener, venue, say, caughtUp, assertWhole, until, noted }) => {
    const status = (system: string): string => `{"channel":"status","type":"update","data":[{"system":"${system}"}]}`;
    await listener.start();
    await say(20);
    venue.clients.send([status('maintenance')]);
    await until('the halt', () => listener.status().feeds[0].isHalted);
    await pause(1200);
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
    { times: { handshake: 300 }, before: (venue) => (venue.faults.handshakeDelay = 20_000) },
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
