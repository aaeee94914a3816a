/** A session begins warm over the REST of venues that can be played here: from its first row on its rows are those of a build. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConfigInput } from '../../packages/core/src/config/config.ts';
import type { JournalRecord } from '../../packages/core/src/live/record.ts';
import { blockOf, type Trade } from '../../packages/core/src/trades/trade.ts';
import { simulatedTrades } from '../../packages/minotaur/src/files/simulate.ts';
import { writeTrades } from '../../packages/minotaur/src/files/trades/write-trades.ts';
import { openJournal } from '../../packages/minotaur/src/journal/reader.ts';
import { build } from '../../packages/minotaur/src/runs/chain/build.ts';
import { live } from '../../packages/minotaur/src/runs/serving/live.ts';
import { shadow } from '../../packages/minotaur/src/runs/verification/shadow.ts';
import { openLocalVenue } from '../../packages/minotaur/src/venues/wire/local-venue.ts';
import { processSurroundings } from '../../packages/minotaur/src/venues/wire/surroundings.ts';
import { readRows, temporaryFolder } from '../cli.ts';

const folder = temporaryFolder();
const around = processSurroundings();
const TRADES_A_ROW = 20;
/** Trades before the session, and in it. */
const [BEFORE, DURING] = [9000, 800];

interface Played {
  readonly name: string;
  readonly symbol: string;
  /** Its times are in so many microseconds. */
  readonly unit: number;
}

/** Bitstamp's REST has whole seconds, so that what it warms with is not history's to the bit. */
const MARKETS: readonly Played[] = [
  { name: 'coinbase', symbol: 'BTC-USD', unit: 1 },
  { name: 'kraken', symbol: 'BTC/USD', unit: 1 },
  { name: 'okx', symbol: 'BTC-USDT', unit: 1000 },
  { name: 'deribit', symbol: 'BTC-PERPETUAL', unit: 1000 },
];

const chainOf = (venue: string, symbol: string): ConfigInput => ({
  instruments: { coin: { venue, symbol } },
  clocks: { s: { bars: 'tick', threshold: TRADES_A_ROW }, m: { from: 's', count: 5 } },
  features: { s: ['close', 'rsi(close, 14)', 'sma(close, 200)'], m: ['ema(close, 5)', 'volume'] },
});

/** One market at any hour at which the test runs; its last trade before the session is a minute old. */
function market(unit: number): Trade[] {
  const trades = [...simulatedTrades({ trades: BEFORE + DURING, seed: 5, start: 1_722_848_400_000_000 })];
  const since = around.wall() - 60_000_000 - trades[BEFORE - 1].time;
  return trades.map((trade) => ({ ...trade, time: unit * Math.floor((trade.time + since) / unit) }));
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 60_000; !(await holds()); await pause(30))
    assert.ok(performance.now() < end, `${what} did not come`);
}

/** The id of the oldest trade that it was warmed with, as its events tell it. */
async function firstOf(url: string): Promise<number> {
  const { body } = await fetch(`${url}/v1/events`, { headers: { 'last-event-id': 'none' } });
  let text = '';
  for await (const piece of body ?? []) {
    text += Buffer.from(piece).toString();
    const id = /"event":"bootstrapped".*?"from":\{"[^"]+":\{.*?"id":"?(\d+)/.exec(text)?.[1];
    if (id !== undefined) return Number(id);
  }
  return assert.fail(text);
}

for (const { name, symbol, unit } of MARKETS) {
  test(`${name}: warm over REST, then the stream with faults`, async () => {
    const config = chainOf(name, symbol);
    const venue = await openLocalVenue({ venue: name, markets: { [symbol]: market(unit) }, around, heartbeat: 100 });
    const journal = join(folder, `${name}-journal`);
    const stop = new AbortController();
    let url = '';
    venue.say(symbol, BEFORE);
    const ended = live({
      config,
      journal,
      bootstrap: ['rest'],
      addresses: { [name]: { stream: [venue.streamUrl], rest: venue.restBase } },
      around,
      port: 0,
      onListening: (at) => (url = at),
      signal: stop.signal,
    });
    const statusOf = async () => (await (await fetch(`${url}/v1/status`)).json()) as { state: string; next: string };
    let first = NaN;
    let happened: readonly Trade[] = [];
    try {
      await until('the service', () => Promise.resolve(url !== ''));
      // The stream has to say something before the two can be joined.
      await until('life', async () => {
        venue.say(symbol, 2);
        return (await statusOf()).state === 'live';
      });
      first = await firstOf(url);
      for (const way of ['plainly', 'twice', 'lost', 'plainly'] as const) {
        venue.say(symbol, 60, way);
        await pause(50);
      }
      venue.clients.disconnect('at once');
      for (let i = 0; i < 8; i++) {
        venue.say(symbol, 20);
        await pause(30);
      }
      happened = venue.happened(symbol).filter(({ id }) => Number(id) >= first);
      const rows = Math.floor(happened.length / TRADES_A_ROW);
      await until('the last row', async () => (await statusOf()).next === `0:${rows}`);
    } finally {
      stop.abort();
      assert.equal((await ended).why, 'told');
      await venue.close();
    }
    await compare(name, journal, config, happened);
  });
}

/** Rows on record are the last of those of a build, all of them ready; and the record holds against the venue's trades. */
async function compare(name: string, journal: string, config: ConfigInput, happened: readonly Trade[]): Promise<void> {
  const trades = join(folder, `${name}.csv.gz`);
  await writeTrades(trades, [blockOf(happened)], { contract: name === 'deribit' ? 'inverse' : 'spot' });
  const out = join(folder, name);
  await build({ config, trades: [trades], out });
  const built = await readRows(out);
  const records: JournalRecord[] = [...openJournal(journal).records()].map(({ record }) => record);
  const rows = records.flatMap((record) => (record.kind === 'row' ? [record] : []));
  assert.ok(rows.length >= 15 && rows.every(({ ready }) => ready), `${rows.length} rows`);
  assert.deepEqual(
    rows.map(({ time, values }) => [time, ...values]),
    built.slice(-rows.length),
  );
  assert.ok((await shadow({ journal, config, trades: [trades] })).holds);
}
