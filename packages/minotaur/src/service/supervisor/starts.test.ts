/**
 * Every venue that can be played here, in every way in which a session begins or goes on: cold, from its record, over a reconnect,
 * warm over REST; its rows are those of a build. And where REST has not what lies between: a hole that is told, never a row that hides it.
 * docs/venues.md has the table.
 */
import assert from 'node:assert/strict';
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { scanHeader } from '../../journal/scan.ts';
import { createEngine } from '../../node/engine.ts';
import { openLocalVenue, type LocalVenue } from '../../venues/wire/local-venue.ts';
import { madeTrades } from '../../venues/wire/scene.ts';
import { createPublication } from '../publication/publication.ts';
import { factsOf } from '../publication/facts.ts';
import { readOnRecord } from './on-record.ts';
import { hasRecord } from './session-chain.ts';
import { startSupervisor, type Supervisor } from './supervisor.ts';
import { begin, built, endedLast, finish, folder, recorded, surroundings, until } from './warm-scene.ts';

interface Cast {
  readonly venue: string;
  readonly profile: string;
  readonly symbol: string;
  readonly ids: 'dense' | 'rising' | 'unique';
  /** Trades of a row. */
  readonly every: number;
  /** REST has the newest trades alone, so many. */
  readonly newest?: number;
}

const dense = (venue: string, symbol: string): Cast => ({ venue, profile: venue, symbol, ids: 'dense', every: 20 });

const CASTS: readonly Cast[] = [
  dense('binance-spot', 'BTCUSDT'),
  dense('binance-usdm', 'BTCUSDT'),
  dense('coinbase', 'BTC-USD'),
  dense('kraken', 'BTC/USD'),
  dense('okx', 'BTC-USDT'),
  dense('deribit', 'BTC-PERPETUAL'),
  { venue: 'bitstamp', profile: 'bitstamp', symbol: 'btcusd', ids: 'rising', every: 20 },
  { venue: 'bybit', profile: 'bybit-linear', symbol: 'BTCUSDT', ids: 'unique', every: 20, newest: 1000 },
  { venue: 'bybit', profile: 'bybit-spot', symbol: 'BTCUSDT', ids: 'rising', every: 1, newest: 60 },
];

/** Warm after 30 rows: of fewer trades than the newest page of any of them has. */
const inputOf = ({ profile, symbol, every }: Cast): ConfigInput => ({
  instruments: { coin: { venue: profile, symbol } },
  clocks: { s: { bars: 'tick', threshold: every } },
  features: { s: ['close', 'volume', 'sma(close, 30)'] },
});

const QUICK = { ping: 50, deadAfter: 300, firstPause: 10, longestPause: 100, stable: 100, silence: 200, mute: 100 };

/** A session without history: cold, or where its record ends. */
async function goOn(
  cast: Cast,
  local: LocalVenue,
  journal: string,
  { holeDeadline = 30_000 } = {},
): Promise<Supervisor> {
  const config = parseConfig(inputOf(cast));
  const { plan } = createEngine(config);
  const { instruments } = plan;
  const record = hasRecord(journal) ? readOnRecord(journal, instruments, { predicts: false }) : undefined;
  let subscribed = false;
  const supervisor = await startSupervisor({
    config,
    instruments,
    publication: createPublication(factsOf(plan, 'test'), { now: surroundings.wall }),
    journal,
    around: surroundings,
    addresses: addressesOf(cast, local),
    record,
    seeds: () => record?.seeds ?? new Map(),
    onOpenHole: 'degrade',
    onNote: (note) => (subscribed ||= note.what === 'subscribed'),
    joining: { swapWait: 20, holeDeadline, auditEvery: 60_000 },
    times: QUICK,
  });
  await until('to be subscribed', () => subscribed);
  return endedLast(supervisor);
}

const addressesOf = ({ venue }: Cast, local: LocalVenue) => ({
  [venue]: { stream: [local.streamUrl], rest: local.restBase, restHeaders: { 'x-mbx-apikey': 'played' } },
});

const open = ({ venue, symbol, ids, profile }: Cast): Promise<LocalVenue> => {
  const trades = [...madeTrades(60_000, { ids })];
  // Digits that a double has not.
  const market = profile === 'bybit-spot' ? trades.map((one) => ({ ...one, id: LONG + BigInt(one.id ?? 0) })) : trades;
  return openLocalVenue({ venue, markets: { [symbol]: market }, around: surroundings, heartbeat: 50 });
};
const LONG = 2_290_000_000_000_000_000n;

const used = (supervisor: Supervisor, trades: number): Promise<void> =>
  until(`trade ${trades}`, () => supervisor.chain.counts().trades === trades);

/** While the connection is broken so many happen, which REST has. */
async function reconnect(local: LocalVenue, symbol: string, missed: number): Promise<void> {
  const before = local.clients.connected;
  local.clients.disconnect('at once');
  local.say(symbol, missed);
  await until('another connection', () => local.clients.connected > before);
}

async function end(supervisor: Supervisor): Promise<void> {
  supervisor.stop();
  assert.deepEqual(await supervisor.ended, { why: 'told' });
}

type Row = ReturnType<typeof recorded>[number];

/** What Bitstamp's REST gives has whole seconds, which no other row of this chain depends on. */
function compare({ venue }: Cast, rows: readonly Row[], truth: readonly Row[]): void {
  const shown = (list: readonly Row[]) => (venue === 'bitstamp' ? list.map((row) => ({ ...row, time: 0 })) : list);
  assert.deepEqual(shown(rows), shown(truth));
}

for (const cast of CASTS) {
  const { profile, symbol, every, newest: reach } = cast;
  test(`${profile}: cold, over a reconnect, from its record: the rows of a build`, async () => {
    const local = await open(cast);
    const journal = join(folder, `${profile}-goes-on`);
    try {
      const cold = await goOn(cast, local, journal);
      local.say(symbol, 15 * every);
      await used(cold, 15 * every);
      await reconnect(local, symbol, 7 * every);
      local.say(symbol, 8 * every);
      await used(cold, 30 * every);
      await end(cold);
      local.say(symbol, 10 * every);
      const again = await goOn(cast, local, journal);
      local.say(symbol, 10 * every);
      await used(again, 50 * every);
      await end(again);
      const rows = recorded(journal);
      assert.deepEqual([rows.length, rows.findIndex(({ ready }) => ready)], [50, 29]);
      assert.ok(rows.every(({ complete }) => complete));
      compare(cast, rows, built(inputOf(cast), local.happened(symbol)));
    } finally {
      await local.close();
    }
  });

  test(`${profile}: warm over REST: every row is ready, and that of a build`, async () => {
    const local = await open(cast);
    const journal = join(folder, `${profile}-warm`);
    try {
      local.say(symbol, 100 * every);
      const wall = (): number => 5000 + (local.happened(symbol).at(-1)?.time ?? 0);
      const order = { addresses: addressesOf(cast, local) };
      const session = await begin({ input: inputOf(cast), venues: {}, journal, wall, order });
      const { warmth, supervisor } = session;
      assert.ok(warmth.isReady, warmth.why);
      local.say(symbol, 10 * every);
      // Some greet with trades of before: these are the stream's, and history ends before them.
      const happened = local.happened(symbol);
      const truth = happened.slice(happened.findIndex(({ id }) => id === warmth.from['coin'].id));
      await used(supervisor, truth.length);
      await finish(session);
      const rows = recorded(journal);
      assert.ok(rows.length >= 9 && rows.every(({ ready, complete }) => ready && complete), `${rows.length}`);
      compare(cast, rows, built(inputOf(cast), truth).slice(-rows.length));
    } finally {
      await local.close();
    }
  });

  test(`${profile}: REST has not what was missed: rows say so until every window is past it`, async () => {
    const local = await open(cast);
    const journal = join(folder, `${profile}-hole`);
    try {
      const cold = await goOn(cast, local, journal, { holeDeadline: 400 });
      local.say(symbol, 15 * every);
      await used(cold, 15 * every);
      const before = local.clients.connected;
      local.clients.disconnect('at once');
      await until('the loss', () => local.clients.count === 0);
      if (reach !== undefined) local.say(symbol, 1.2 * reach, 'lost');
      else {
        local.say(symbol, 100, 'lost');
        // It answers, and has none of them.
        local.faults.restNext.push(...Array.from({ length: 1000 }, () => ({ what: 'empty' }) as const));
      }
      await until('another connection', () => local.clients.connected > before);
      for (let said = 0; said < 50; said += 2.5) {
        local.say(symbol, Math.ceil(2.5 * every));
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
      const newest = (): unknown => [...cold.status().values()][0].feeds[0].last?.id;
      await until('the newest', () => newest() === local.happened(symbol).at(-1)?.id);
      await end(cold);
      const rows = recorded(journal);
      const [first, last] = [
        rows.findIndex(({ complete }) => !complete),
        rows.findLastIndex(({ complete }) => !complete),
      ];
      assert.ok(first >= 14 && first <= 16, `${first}`);
      assert.ok(last - first >= 29 && last < rows.length - 1, `${first} to ${last} of ${rows.length}`);
      const truth = local.happened(symbol);
      assert.deepEqual(rows.slice(0, first), built(inputOf(cast), truth.slice(0, 15 * every)).slice(0, first));
    } finally {
      await local.close();
    }
  });
}

test('of a cold session the head of its segment alone is on record: the next one begins behind it', async () => {
  const [cast] = CASTS;
  const local = await open(cast);
  const journal = join(folder, 'head-alone');
  const segment = join(journal, '00000001.journal');
  try {
    await end(await goOn(cast, local, journal));
    truncateSync(segment, (await scanHeader(segment))?.end);
    const again = await goOn(cast, local, journal);
    assert.equal(again.chain.epoch(), 1);
    local.say(cast.symbol, 300);
    await used(again, 300);
    await end(again);
    compare(cast, recorded(journal), built(inputOf(cast), local.happened(cast.symbol)));
  } finally {
    await local.close();
  }
});
