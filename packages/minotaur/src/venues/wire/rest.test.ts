/** REST of the wire, certificates, several instruments, and recorded messages: against a venue on this machine. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { Trade } from 'minotaur-core/internal/trades/trade';
import { venues } from '../exchanges.gen.ts';
import { createLineDecoder } from '../recordings.ts';
import type { LocalVenue } from './local-venue.ts';
import type { RestFault } from './local/faults.ts';
import { createListener } from './listener.ts';
import { play, type Scene } from './scene.ts';
import { UNSIGNED } from './unsigned.ts';

/** Loses ten trades with that in the way of their repair; what was asked since. */
async function repairPast(
  faults: readonly RestFault[],
  { listener, venue, symbol, say, caughtUp }: Scene,
): Promise<number> {
  await listener.start();
  await say(20);
  venue.faults.restNext.push(...faults);
  venue.say(symbol, 10, 'lost');
  const asked = venue.requests.length;
  await say(20);
  await caughtUp();
  return venue.requests.length - asked;
}

test('fault 18: 429 and Retry-After: nothing is asked before, then it is', async () => {
  await play({}, async (scene) => {
    const began = performance.now();
    await repairPast([{ what: 'status', status: 429, retryAfter: 1 }], scene);
    assert.ok(performance.now() - began > 990);
    scene.assertWhole();
    assert.equal(scene.listener.status().rest.answers[429], 1);
    assert.ok(scene.noted('not-repaired').some((note) => note.what === 'not-repaired' && note.why === 'status 429'));
  });
});

test('fault 18: 418 without a word stops all questions of the address, for minutes', async () => {
  await play({ more: ['ETHUSDT'] }, async ({ listener, venue, symbol, say, until, access }) => {
    await listener.start();
    venue.faults.restNext.push({ what: 'status', status: 418 });
    for (const name of [symbol, 'ETHUSDT']) {
      venue.say(name, 5);
      venue.say(name, 5, 'lost');
      venue.say(name, 5);
    }
    await until('418', () => access.rest.status().answers[418] === 1);
    const asked = venue.requests.length;
    await say(50);
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.ok(venue.requests.length - asked <= 1);
    assert.ok(access.rest.status().shutFor > 290_000);
  });
});

for (const [what, faults] of Object.entries({
  'errors of the server': [
    { what: 'status', status: 503, retryAfter: 0.1 },
    { what: 'status', status: 502, retryAfter: 0.1 },
  ],
  'empty pages': [{ what: 'empty' }, { what: 'empty' }, { what: 'empty' }],
  'no answer': [{ what: 'hang' }],
  'an answer that is none': [{ what: 'garbled' }],
  'an answer without an end': [{ what: 'endless', bytes: 200 << 20 }],
} satisfies Record<string, readonly RestFault[]>))
  test(`faults 14, 18, 44: ${what}: asked again, nothing lost`, async () => {
    await play({ times: { answer: 500 } }, async (scene) => {
      const before = process.memoryUsage.rss();
      const asked = await repairPast(faults, scene);
      scene.assertWhole();
      assert.ok(asked > faults.length, `${asked} requests`);
      assert.ok(process.memoryUsage.rss() - before < 150 << 20);
    });
  });

test('several instruments of one venue share a connection, and have what is theirs', async () => {
  for (const cast of ['binance-spot', 'kraken'] as const) {
    const other = cast === 'kraken' ? 'ETH/USD' : 'ETHUSDT';
    await play(
      { cast, more: [other], times: { deadAfter: 60_000 } },
      async ({ listener, venue, say, caughtUp, assertWhole, until, noted, lost, handedOf }) => {
        await listener.start();
        for (let i = 0; i < 5; i++) {
          await say(10);
          venue.say(other, 10);
          if (i !== 2) continue;
          venue.clients.disconnect('at once');
          await say(10);
          venue.say(other, 10);
          await until('to be subscribed', () => noted('subscribed').length === 4);
        }
        await caughtUp();
        await until('the last of the other', () => handedOf(other).length === 60);
        assertWhole();
        assert.deepEqual(
          handedOf(other).map(({ trade }) => trade.id),
          venue.happened(other).map(({ id }) => id),
        );
        assert.equal(venue.clients.connected, 2, `${cast}: ${lost().join()}`);
        assert.equal(listener.status().feeds.length, 2);
      },
    );
  }
});

test('fault 36: a certificate that nobody vouches for is refused, and named', async () => {
  const { restBase } = await new Promise<LocalVenue>((resolve, reject) => {
    play({}, async ({ venue }) => resolve(venue)).catch(reject);
  });
  await play({ tls: UNSIGNED, restBase }, async ({ listener, venue, until, lost }) => {
    void listener.start();
    await until('three refusals', () => lost().length >= 3);
    assert.deepEqual(new Set(lost()), new Set(['unreachable']));
    assert.match(listener.status().connections[0].lastLoss?.detail ?? '', /self-signed certificate/);
    assert.equal(venue.clients.connected, 0);
  });
});

test('fault 27: ids that begin anew are asked about, and believed', async () => {
  const time = 1000 * (Date.now() - 2000);
  const trades = Array.from({ length: 60 }, (_, i) => {
    return { id: i < 30 ? 5000 + i : i - 29, time: time + 1000 * i, price: 100, quantity: 1, buyerMaker: false };
  });
  await play({ trades }, async ({ listener, say, handed, until, noted, holes }) => {
    await listener.start();
    await say(60);
    await until('the second count', () => handed.length === 60);
    assert.deepEqual(
      handed.map(({ trade }) => trade.id),
      trades.map(({ id }) => id),
    );
    assert.equal(noted('restarted').length, 1);
    assert.deepEqual(holes, []);
  });
});

test('a joiner goes on behind what was handed over before', async () => {
  await play({}, async ({ venue, symbol, access, handed, until }) => {
    venue.say(symbol, 500);
    const told: Trade[] = [];
    const sinks = {
      onTrade: ({ trade }: { trade: Trade }) => void told.push(trade),
      onHole: () => {},
      onNote: () => {},
    };
    const seed = venue.happened(symbol).slice(0, 100);
    const listener = createListener({
      access,
      profile: 'binance-spot',
      urls: [venue.streamUrl],
      symbols: [{ symbol, sinks, seed }],
    });
    await listener.start();
    venue.say(symbol, 20);
    await until('all behind the seed', () => told.length === 420);
    assert.deepEqual(
      told.map(({ id }) => id),
      venue
        .happened(symbol)
        .slice(100)
        .map(({ id }) => id),
    );
    listener.stop();
    assert.deepEqual(handed, []);
  });
});

const RECORDED = new URL('../../../../../../shared/data/binance/spot_btcusdt_20240808.frames.gz', import.meta.url);

function recorded(count: number): Trade[] {
  const decode = createLineDecoder(venues.binanceSpot.messages);
  const lines = gunzipSync(readFileSync(RECORDED)).toString().split('\n').slice(0, count);
  return lines.flatMap((line) => decode(line).flatMap((one) => (one.kind === 'trades' ? one.trades : [])));
}

test(
  'recorded messages, played faster with a disconnect every so often: the same trades, the same bits',
  { skip: existsSync(RECORDED) ? false : 'no recorded messages beside this checkout' },
  async () => {
    const trades = recorded(5000);
    const last = trades[trades.length - 1];
    const seconds = (last.time - trades[0].time) / 1e6;
    let time = (): number => trades[0].time;
    await play({ trades, around: { wall: () => time() } }, async (scene) => {
      const { listener, venue, handed, holes, until, lost } = scene;
      time = venue.time;
      await listener.start();
      venue.play(Math.max(1, seconds / 3));
      while (handed.at(-1)?.trade.id !== last.id) {
        await new Promise((resolve) => setTimeout(resolve, 150));
        if (venue.happened('BTCUSDT').length < trades.length) venue.clients.disconnect('at once');
        else await until('the last trade', () => handed.at(-1)?.trade.id === last.id);
      }
      const bits = ({ id, time: at, price, quantity, buyerMaker }: Trade) => [id, at, price, quantity, buyerMaker];
      assert.deepEqual(
        handed.map(({ trade }) => bits(trade)),
        trades.map(bits),
      );
      assert.deepEqual(holes, []);
      // How many there are in the time that it takes is the machine's.
      assert.ok(lost().length > 0);
      assert.ok(handed.some(({ way }) => way === 'repair'));
    });
  },
);
