/** Yesterday against the venue's file of it: published late, revised, incomplete, issued again; and beside a live session. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Trade } from '../packages/core/src/trades/trade.ts';
import { live } from '../packages/minotaur/src/runs/serving/live.ts';
import type { ShadowDay } from '../packages/minotaur/src/runs/serving/shadow-day.ts';
import { startNightly } from '../packages/minotaur/src/runs/serving/shadow-nightly.ts';
import { shadow } from '../packages/minotaur/src/runs/verification/shadow.ts';
import { dailyTime, dayDue } from '../packages/minotaur/src/service/night/schedule.ts';
import { openLocalVenue } from '../packages/minotaur/src/venues/wire/local-venue.ts';
import { processSurroundings } from '../packages/minotaur/src/venues/wire/surroundings.ts';
import { temporaryFolder } from './cli.ts';
import {
  CHAIN,
  DAY,
  MIDNIGHT,
  ofDay,
  openMirror,
  PAIR,
  recordPair,
  recordTrades,
  tradesAround,
  type Mirror,
} from './day-of-trades.ts';

const around = processSurroundings();
/** Four in the morning, and a bit. */
const MORNING = MIDNIGHT + 4.1 * 3_600_000_000;

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 90_000; !(await holds()); await pause(20))
    assert.ok(performance.now() < end, `${what} did not come`);
}

function nightly(journal: string, { baseUrl }: Mirror, chain = CHAIN) {
  const days: ShadowDay[] = [];
  const markets = Object.keys(chain.instruments ?? {}).map((symbol) => {
    return { instrument: symbol, venue: 'binance-spot', symbol, baseUrl };
  });
  const running = startNightly({
    task: { markets, journal, config: { kind: 'value', value: chain } },
    at: dailyTime('daily'),
    around: { ...around, wall: () => MORNING },
    onDay: (day) => days.push(day),
    look: 20,
    again: 50,
  });
  after(() => running.stop());
  return { days, running };
}

const changed = (trades: readonly Trade[], at: number, to: Partial<Trade>): Trade[] =>
  trades.map((trade, i) => (i === at ? { ...trade, ...to } : trade));

test('when a day is due', () => {
  assert.equal(dayDue(MORNING, dailyTime('daily')), DAY);
  assert.equal(dayDue(MORNING, dailyTime('daily@05:00')), '2025-08-07');
  assert.equal(dayDue(MORNING, dailyTime('daily@00:00')), DAY);
  for (const wrong of ['hourly', 'daily@24:00', 'daily@7', 'daily@04:60'])
    assert.throws(() => dailyTime(wrong), /expected daily, or daily@HH:MM \(UTC\)/);
});

test('faults 33, 34: not published, then issued with another price, then as it was: each is told, the last holds', async () => {
  const journal = join(temporaryFolder(), 'journal');
  const trades = tradesAround(2000);
  recordTrades(journal, trades, 20_000);
  const mirror = await openMirror();
  const { days, running } = nightly(journal, mirror);
  await until('the first word', () => days.length === 1);
  assert.deepEqual([days[0].ok, days[0].outcome], [null, 'unpublished']);
  const official = ofDay(trades);
  mirror.stale = 1;
  mirror.publish(changed(official, 700, { price: 61_234.5 }));
  await until('the revised file', () => days.length === 2);
  assert.deepEqual([days[1].ok, days[1].outcome], [false, 'compared']);
  const { id, price } = official[700];
  assert.match(days[1].words, /1 revised \(price 1\)/);
  assert.ok(days[1].words.includes(`first revised: id ${String(id)}`), days[1].words);
  assert.ok(days[1].words.includes(`price 61234.5 received as ${price}`), days[1].words);
  const kept = (): string[] => readdirSync(join(journal, 'shadow'), { recursive: true, encoding: 'utf8' }).sort();
  const file = join('binance-spot', `BTCUSDT-trades-${DAY}.zip`);
  assert.deepEqual(kept(), [`${DAY}.json`, 'binance-spot', file, `${file}.CHECKSUM`]);
  mirror.publish(official);
  await until('the file that was issued again', () => days.length === 3);
  assert.deepEqual([days[2].ok, days[2].day], [true, DAY]);
  assert.ok(days[2].rows >= Math.floor(official.length / 20) - 1, String(days[2].rows));
  assert.deepEqual(kept(), [`${DAY}.json`, 'binance-spot']);
  await running.stop();
  // A service that starts again knows, and asks nobody.
  mirror.publish(undefined);
  const again = nightly(journal, mirror);
  assert.deepEqual(again.days, [days[2]]);
  assert.equal(again.running.isRunning, false);
  await again.running.stop();
});

test('fault 34: trades that only one of the two has, also the first and the last of the day, are named', async () => {
  const trades = tradesAround(2000);
  const official = ofDay(trades);
  const cases: readonly (readonly [Trade[], Trade[], RegExp])[] = [
    [trades, official.filter((_, i) => i !== 900), /1 unknown trades/],
    [trades.filter(({ id }) => id !== official[900].id), official, /1 missed trades/],
    [trades.filter(({ id }) => id !== official[0].id), official, /1 missed trades/],
    [trades.filter(({ id }) => id !== official.at(-1)?.id), official, /1 missed trades/],
  ];
  for (const [received, file, words] of cases) {
    const journal = join(temporaryFolder(), 'journal');
    recordTrades(journal, received);
    const mirror = await openMirror();
    mirror.publish(file);
    const { days, running } = nightly(journal, mirror);
    await until('the result', () => days.length === 1);
    await running.stop();
    assert.equal(days[0].ok, false);
    assert.match(days[0].words, words);
  }
});

test('two instruments: the day waits for both files; what one of them lacks is named with its name', async () => {
  const btc = tradesAround(2000);
  const eth = tradesAround(1500).map((trade) => ({
    ...trade,
    price: 3000 + (Number(trade.id) % 77),
    time: trade.time + 7,
  }));
  const journal = join(temporaryFolder(), 'journal');
  const [lost] = ofDay(eth).slice(700);
  recordPair(
    journal,
    btc,
    eth.filter(({ id }) => id !== lost.id),
  );
  const mirror = await openMirror();
  mirror.publish(ofDay(btc));
  const { days, running } = nightly(journal, mirror, PAIR);
  await until('the first word', () => days.length === 1);
  assert.equal(days[0].outcome, 'unpublished');
  mirror.publish(ofDay(eth), 'ETHUSDT');
  await until('the result', () => days.length === 2);
  await running.stop();
  assert.equal(days[1].ok, false);
  assert.match(days[1].words, /1 missed trades; changed [1-9]\d* of \d+ rows/);
  assert.ok(days[1].words.includes(`first missed of ETHUSDT: id ${lost.id}`), days[1].words);
});

test('a day without trades on record is none to compare', async () => {
  const journal = join(temporaryFolder(), 'journal');
  recordTrades(
    journal,
    tradesAround(2000).filter(({ time }) => time >= MIDNIGHT),
  );
  const { days, running } = nightly(journal, await openMirror());
  await until('the result', () => days.length === 1);
  assert.deepEqual([days[0].ok, days[0].outcome], [null, 'nothing']);
  await running.stop();
});

test('a span of a journal alone is compared; one that is none is refused', async () => {
  const journal = join(temporaryFolder(), 'journal');
  recordTrades(journal, tradesAround(2000), 20_000);
  const all = await shadow({ journal, config: CHAIN });
  const part = await shadow({ journal, config: CHAIN, from: `${DAY}T12:00:00Z`, to: `${DAY}T18:00:00Z` });
  assert.ok(part.holds && all.holds);
  const [rows, of] = [part.checks[0].code.counts.rows, all.checks[0].code.counts.rows];
  assert.ok(rows > of / 5 && rows < of / 2.5, `${rows} of ${of}`);
  await assert.rejects(shadow({ journal, config: CHAIN, from: '2025-08-09', to: DAY }), /expected a span of time/);
  await assert.rejects(shadow({ journal, config: CHAIN, from: 'yesterday' }), /expected a day or time/);
});

test('beside a live session: in its status, its metrics, its readiness; the record goes on meanwhile', async () => {
  const journal = join(temporaryFolder(), 'journal');
  const before = tradesAround(3000, 0);
  const late = before.slice(0, 200).map((trade, i) => ({ ...trade, id: 4001 + i, time: MORNING + 1000 * i }));
  recordTrades(journal, before);
  const mirror = await openMirror();
  mirror.publish(changed(ofDay(before), 500, { quantity: 7 }));
  const markets = { BTCUSDT: [...before, ...late] };
  const venue = await openLocalVenue({ venue: 'binance-spot', markets, around, heartbeat: 100 });
  venue.say('BTCUSDT', before.length, 'lost');
  const stop = new AbortController();
  let url = '';
  const ended = live({
    config: CHAIN,
    journal,
    shadow: 'daily',
    addresses: { 'binance-spot': { stream: [venue.streamUrl], rest: venue.restBase, dumps: mirror.baseUrl } },
    around: { ...around, wall: () => MORNING + 300_000 },
    port: 0,
    onListening: (at) => (url = at),
    signal: stop.signal,
  });
  const statusOf = async () => (await (await fetch(`${url}/v1/status`)).json()) as Record<string, unknown>;
  try {
    await until('the service', () => url !== '');
    await until('live', async () => (await statusOf()).state === 'live');
    while (venue.say('BTCUSDT', 20) > 0) await pause(5);
    await until('all rows', async () => (await statusOf()).next === '0:160');
    await until('the result', async () => (await statusOf()).shadow !== undefined);
    const { shadow: found, reasons } = await statusOf();
    const { ok, day, words } = found as ShadowDay;
    assert.deepEqual([ok, day], [false, DAY]);
    assert.match(words, /1 revised \(quantity 1\)/);
    assert.ok((reasons as { code: string }[]).some(({ code }) => code === 'shadow'));
    const metrics = await (await fetch(`${url}/metrics`)).text();
    assert.match(metrics, /^minotaur_shadow_ok 0$/m);
    assert.match(metrics, /^minotaur_journal_bytes_total [1-9]/m);
    assert.equal((await fetch(`${url}/readyz`)).status, 503);
  } finally {
    stop.abort();
    assert.equal((await ended).why, 'told');
    await venue.close();
  }
  assert.ok(existsSync(join(journal, 'shadow', `${DAY}.json`)));
});
