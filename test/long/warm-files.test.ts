/** A session that begins with the venue's files of days, or with the user's: joined to REST and to the stream by ids, or refused with both values. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConfigInput } from '../../packages/core/src/config/config.ts';
import { blockOf, type Trade } from '../../packages/core/src/trades/trade.ts';
import { openJournal } from '../../packages/minotaur/src/journal/reader.ts';
import { createEngine } from '../../packages/minotaur/src/node/engine.ts';
import { writeTrades } from '../../packages/minotaur/src/files/trades/write-trades.ts';
import type { LiveOptions } from '../../packages/minotaur/src/runs/serving/live-options.ts';
import { live, type LiveReport } from '../../packages/minotaur/src/runs/serving/live.ts';
import { openLocalVenue, type LocalVenue } from '../../packages/minotaur/src/venues/wire/local-venue.ts';
import { madeTrades } from '../../packages/minotaur/src/venues/wire/scene.ts';
import { processSurroundings } from '../../packages/minotaur/src/venues/wire/surroundings.ts';
import { temporaryFolder } from '../cli.ts';
import { zipOf } from '../zip-of.ts';

const folder = temporaryFolder();
const MIDNIGHT = Date.UTC(2024, 7, 8) * 1000;
/** Trades of the day before. */
const BEFORE = 20_000;
/** Five a second. */
const market: readonly Trade[] = [...madeTrades(24_000)].map((trade, i) => ({
  ...trade,
  time: MIDNIGHT + 200_000 * (i - BEFORE),
}));
const config: ConfigInput = {
  instruments: { BTCUSDT: { venue: 'binance-spot' } },
  clocks: { s: { bars: 'tick', threshold: 20 } },
  features: { s: ['close', 'sma(close, 400)', 'rsi(close, 14)'] },
};

/** Serves the file of 2024-08-07. */
async function openMirror(trades: readonly Trade[]): Promise<{ url: string; asked: string[] }> {
  const rows = trades.map(({ id, price, quantity, time, buyerMaker }) => {
    const [is, quote] = [buyerMaker === true ? 'True' : 'False', (price * quantity).toFixed(8)];
    return `${id},${price.toFixed(8)},${quantity.toFixed(8)},${quote},${time / 1000},${is},True`;
  });
  const name = 'BTCUSDT-trades-2024-08-07';
  const zip = zipOf({ [`${name}.csv`]: `${rows.join('\n')}\n` });
  const digest = createHash('sha256').update(zip).digest('hex');
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    if (!url.includes(name)) response.writeHead(404).end();
    else response.end(url.endsWith('.CHECKSUM') ? `${digest}  ${name}.zip\n` : zip);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

interface Bootstrapped {
  readonly from: Readonly<Record<string, { readonly id: number }>>;
  readonly trades: number;
  readonly requests: number;
  readonly days: number;
  readonly ready: boolean;
}

/** Runs a session until it has used `more` trades of the stream. */
async function session(
  local: LocalVenue,
  journal: string,
  options: Partial<LiveOptions>,
): Promise<{ report: LiveReport; told: Bootstrapped }> {
  const around = { ...processSurroundings(), wall: () => 5000 + (local.happened('BTCUSDT').at(-1)?.time ?? 0) };
  const controller = new AbortController();
  let told: Bootstrapped | undefined;
  const follow = async (url: string): Promise<void> => {
    const { body } = await fetch(`${url}/v1/events`);
    let text = '';
    for await (const piece of body ?? []) {
      text += Buffer.from(piece).toString();
      const line = text.split('\n').find((one) => one.startsWith('data:') && one.includes('"event":"bootstrapped"'));
      if (line === undefined || !text.includes('"state":"live"')) continue;
      told = (JSON.parse(line.slice(5)) as { data: Bootstrapped }).data;
      break;
    }
    for (let i = 0; i < 20; i++) {
      local.say('BTCUSDT', 20, i % 5 === 4 ? 'lost' : 'plainly');
      await pause(10);
    }
    local.say('BTCUSDT', 1);
    const from = told?.from.BTCUSDT.id ?? NaN;
    const rows = Math.floor(local.happened('BTCUSDT').filter(({ id }) => Number(id) >= from).length / 20);
    const nextOf = async (): Promise<string> =>
      ((await (await fetch(`${url}/v1/status`)).json()) as { next: string }).next;
    for (const end = performance.now() + 60_000; (await nextOf()) !== `0:${rows}`; await pause(20))
      assert.ok(performance.now() < end, `row ${rows} did not come`);
    controller.abort();
  };
  const report = await live({
    config,
    journal,
    around,
    port: 0,
    signal: controller.signal,
    onListening: (url) => void follow(url).catch(() => controller.abort()),
    ...options,
    addresses: {
      'binance-spot': { stream: [local.streamUrl], rest: local.restBase, ...options.addresses?.['binance-spot'] },
    },
  });
  assert.ok(told !== undefined);
  return { report, told };
}

/** Rows on record are those of a build from the first trade on. */
function compare(journal: string, trades: readonly Trade[]): void {
  const built: unknown[] = [];
  const engine = createEngine(config, {
    onRows({ count, width, time, ready, values }) {
      for (let r = 0; r < count; r++)
        built.push([time[r], ready[r] === 1, [...values.subarray(r * width, (r + 1) * width)]]);
    },
  });
  for (const trade of trades) engine.push(trade, { maxSilence: Infinity });
  const rows: unknown[] = [];
  for (const { record } of openJournal(journal).records())
    if (record.kind === 'row') rows.push([record.time, record.ready, [...record.values]]);
  assert.ok(rows.length >= 20, `${rows.length} rows`);
  assert.deepEqual(rows, built.slice(-rows.length));
  assert.ok(rows.every((row) => (row as [number, boolean])[1]));
}

async function open(): Promise<LocalVenue> {
  const local = await openLocalVenue({
    venue: 'binance-spot',
    markets: { BTCUSDT: market },
    around: processSurroundings(),
  });
  local.say('BTCUSDT', BEFORE + 2000);
  return local;
}

test("REST back to midnight, then yesterday's file", async () => {
  const [local, mirror] = [await open(), await openMirror(market.slice(0, BEFORE))];
  const journal = join(folder, 'dumps');
  try {
    const { told } = await session(local, journal, { addresses: { 'binance-spot': { dumps: mirror.url } } });
    assert.deepEqual([told.ready, told.days, told.from.BTCUSDT.id], [true, 1, market[0].id]);
    assert.ok(told.requests <= 6, `${told.requests} requests`);
    compare(journal, local.happened('BTCUSDT'));
  } finally {
    await local.close();
  }
});

test('a file that has a trade otherwise than REST is refused with both; accepted, it is right', async () => {
  const revised = market.slice(0, BEFORE).map((trade, i) => (i === BEFORE - 5 ? { ...trade, price: 61_000 } : trade));
  const [local, mirror] = [await open(), await openMirror(revised)];
  const addresses = { 'binance-spot': { dumps: mirror.url } };
  try {
    await assert.rejects(
      session(local, join(folder, 'refused'), { addresses }),
      /BTCUSDT, trade 20996: expected price [\d.]+, as REST has it, found price 61000, as the file of 2024-08-07 has it/,
    );
    const journal = join(folder, 'accepted');
    const { told } = await session(local, journal, { addresses, acceptRevised: true });
    assert.deepEqual([told.ready, told.days], [true, 1]);
    compare(journal, [...revised, ...local.happened('BTCUSDT').slice(BEFORE)]);
  } finally {
    await local.close();
  }
});

test("the user's files, joined over REST; those that REST does not reach are refused", async () => {
  const local = await open();
  const [near, far] = [join(folder, 'near.csv.gz'), join(folder, 'far.csv.gz')];
  await writeTrades(near, [blockOf(market.slice(4000, BEFORE + 500))]);
  await writeTrades(far, [blockOf(market.slice(0, 400))]);
  const journal = join(folder, 'history');
  try {
    const { told } = await session(local, journal, { history: [near], bootstrap: [] });
    assert.deepEqual([told.ready, told.from.BTCUSDT.id], [true, market[4000].id]);
    compare(journal, local.happened('BTCUSDT').slice(4000));
    // All of it is among what a page of REST has too.
    const whole = join(folder, 'whole');
    const { told: all } = await session(local, whole, { history: [far], bootstrap: [] });
    assert.deepEqual([all.ready, all.from.BTCUSDT.id], [true, market[0].id]);
    compare(whole, local.happened('BTCUSDT'));
    local.faults.restNext.push(...Array.from({ length: 100 }, () => ({ what: 'hang' }) as const));
    await assert.rejects(
      session(local, join(folder, 'far'), { history: [far], bootstrapSeconds: 2 }),
      /history: expected history that the venue's trades of 2 seconds of asking reach .*, found no answer/,
    );
  } finally {
    await local.close();
  }
});
