/** A chain of several instruments as jobs: months end for all of them at once, and the rows are those of one long build. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { blockOf, type Trade } from 'minotaur-core/internal/trades/trade';
import type { ConfigInput } from 'minotaur';
import { build, buildJob, mergeJobs, planJobs, type BuildOptions } from 'minotaur/runs';
import { simulatedTrades } from '../packages/minotaur/src/files/simulate.ts';
import { writeTrades } from '../packages/minotaur/src/files/trades/write-trades.ts';
import type { Manifest } from '../packages/minotaur/src/store/manifest.ts';
import { minotaur, temporaryFolder } from './cli.ts';
import { cutJobs, listOf, outcomes } from './cluster-jobs.ts';

const folder = temporaryFolder();
const at = (...parts: readonly string[]): string => join(folder, ...parts);
const MONTHS = ['2023-11', '2023-12', '2024-01'] as const;
/** A month's files are told by their names: these follow each other after half a minute and more, which is soon read. */
const START = Date.parse('2023-11-30T23:59:00Z') * 1000;
const [DECEMBER, JANUARY] = [START + 75e6, START + 125e6];
const STARTS = [0, DECEMBER, JANUARY, Infinity];

type Files = Record<string, string[]>;

/** Some 25 a second. */
const market = (seed: number): Trade[] => [...simulatedTrades({ trades: 4500, seed, start: START + seed * 1e5 })];

/** One of so many, without a gap in its ids. */
const thinned = (trades: readonly Trade[], one: number): Trade[] =>
  trades.filter((_, i) => i % one === 0).map((trade, i) => ({ ...trade, id: i + 1 }));

/** Nothing happened for some seconds from a time on: no id is missing. */
const silent = (trades: readonly Trade[], from: number, seconds: number): Trade[] =>
  without(trades, from, seconds).map((trade, i) => ({ ...trade, id: i + 1 }));

/** Without those of some seconds from a time on, whose ids are missing then. */
const without = (trades: readonly Trade[], from: number, seconds: number): Trade[] =>
  trades.filter(({ time }) => time < from || time >= from + seconds * 1e6);

/** Without those of a span but the first, whose ids are missing then. */
const onlyFirst = (trades: readonly Trade[], from: number, to: number): Trade[] => {
  const first = trades.find(({ time }) => time >= from && time < to);
  return trades.filter((trade) => trade === first || trade.time < from || trade.time >= to);
};

async function writeMonths(name: string, all: Readonly<Record<string, readonly Trade[]>>, shift = 0): Promise<Files> {
  const files: Files = {};
  for (const [symbol, trades] of Object.entries(all)) {
    files[symbol] = [];
    const late = symbol === 'ETHUSDT' ? shift : 0;
    for (const [m, month] of MONTHS.entries()) {
      const own = trades.filter(({ time }) => time >= STARTS[m] + late && time < STARTS[m + 1] + late);
      const path = at(name, `${symbol}-trades-${month}.parquet`);
      await writeTrades(path, blocksOf(own));
      files[symbol].push(path);
    }
  }
  return files;
}

async function* blocksOf(trades: readonly Trade[]) {
  yield await Promise.resolve(blockOf(trades));
}

const chain = (drive: string, other: string): ConfigInput => ({
  instruments: { [drive]: { ids: 'dense' }, [other]: { ids: 'dense', latency: '250ms' } },
  clocks: {
    bar: { of: drive, bars: 'tick', threshold: 7 },
    other: { of: other, bars: 'tick', threshold: 3, suffix: '_o' },
    slow: { of: other, bars: 'time', every: '5s', suffix: '_s' },
  },
  features: { bar: ['close', 'rsi(close, 14)'], other: ['close', 'ema(close, 5)'], slow: ['volume'] },
});

const dense = market(1);
const quiet = thinned(market(2), 25);
/** Of the driving instrument and another: what their feeds are like at the ends of months. */
const FEEDS = {
  'both loud': [dense, market(3)],
  'the other silent for longer than feeds wait': [dense, silent(market(7), DECEMBER - 55e6, 60)],
  'the driving one silent for longer than feeds wait': [silent(dense, DECEMBER - 55e6, 65), market(8)],
  'the other misses trades across an end': [dense, without(market(4), DECEMBER - 8e6, 15)],
  'the driving one misses trades across an end': [without(dense, JANUARY - 4e6, 9), market(6)],
  'the other misses all of a month but its first trade': [dense, onlyFirst(market(3), DECEMBER, JANUARY)],
} as const;

const wholeOf = (config: ConfigInput, trades: Files): Promise<Manifest> =>
  build({ config, trades, out: at('whole') } satisfies BuildOptions);

for (const [name, [driving, other]] of Object.entries(FEEDS)) {
  test(`${name}: months apart give the digest of one long build`, async () => {
    const trades = await writeMonths(name, { BTCUSDT: driving, ETHUSDT: other });
    const config = chain('BTCUSDT', 'ETHUSDT');
    const whole = await wholeOf(config, trades);
    assert.ok(whole.counts.rows > 10, JSON.stringify(whole.counts));
    const jobs = at(`${name}.json`);
    const own = { config, trades, out: at(name, 'rows'), jobs };
    const { symbols } = await planJobs(own);
    assert.deepEqual(
      symbols.map(({ symbol, months, files }) => [symbol, months, files]),
      [['BTCUSDT+ETHUSDT', 3, 6]],
    );
    if (name === 'both loud') {
      assert.equal(outcomes(await buildJob({ job: jobs, index: 0 })), 'built built built', 'one after the other');
      assert.equal((await mergeJobs({ jobs, rows: true })).symbols[0].digest, whole.digest);
      rmSync(own.out, { recursive: true });
    }
    // Each from the state that the one before left.
    for (const index of cutJobs(jobs).jobs.keys())
      assert.equal(outcomes(await buildJob({ job: jobs, index })), 'built');
    const apart = await mergeJobs({ jobs, rows: true });
    const [{ digest, rows, completeRows, readyRows }] = apart.symbols;
    assert.deepEqual(
      { digest, rows, completeRows, readyRows },
      {
        digest: whole.digest,
        rows: whole.counts.rows,
        completeRows: whole.counts.completeRows,
        readyRows: whole.counts.readyRows,
      },
    );
    assert.equal(outcomes(await buildJob({ job: jobs, index: 1 })), 'there');
  });
}

test('with --accept, trades that are missing across an end are missing in the months as in one long build', async () => {
  const config = chain('BTCUSDT', 'ETHUSDT');
  // What of December is before it was taken with November, in which others go ahead: the next run begins with what is missing.
  const gap = without(market(4), DECEMBER + 24e6, 24);
  const trades = await writeMonths('accepted', { BTCUSDT: dense, ETHUSDT: gap });
  const own = { config, trades, accept: true };
  const whole = await build({ ...own, out: at('accepted', 'whole') });
  assert.ok(whole.counts.holes > 0 && whole.counts.completeRows < whole.counts.readyRows);
  const jobs = at('accepted.json');
  await planJobs({ ...own, out: at('accepted', 'rows'), jobs });
  for (const index of cutJobs(jobs).jobs.keys()) await buildJob({ job: jobs, index });
  const [{ digest, completeRows }] = (await mergeJobs({ jobs, rows: true })).symbols;
  assert.deepEqual({ digest, completeRows }, { digest: whole.digest, completeRows: whole.counts.completeRows });
});

test('files that are not cut at one time, other months and other names are refused', async () => {
  const config = chain('BTCUSDT', 'ETHUSDT');
  // Those of the other end later: its November goes on when that of the driving one is over.
  const trades = await writeMonths('ragged', { BTCUSDT: dense, ETHUSDT: market(3) }, 50e6);
  const own = { config, trades, out: at('ragged', 'rows'), jobs: at('ragged.json') };
  await planJobs(own);
  await assert.rejects(
    buildJob({ job: own.jobs, index: 0 }),
    /ETHUSDT-trades-2023-11\.parquet: expected files of all instruments that are cut at one time, found trades of ETHUSDT/,
  );
  const [, ...later] = trades['ETHUSDT'];
  const plan = (files: Files) => planJobs({ ...own, trades: files });
  await assert.rejects(
    plan({ ...trades, ETHUSDT: later }),
    /trades of ETHUSDT: expected files of 2023-11 to 2024-01, as of BTCUSDT, found 2023-12 to 2024-01/,
  );
  await assert.rejects(
    plan({ BTCUSDT: trades['BTCUSDT'] }),
    /expected files of every instrument .*found none of ETHUSDT/,
  );
  await assert.rejects(plan({ ...trades, X: later }), /expected an instrument of the configuration .*found 'X'/);
});

test('a month that follows is looked into, so it belongs to the key; the command line takes the names of instruments', async () => {
  const config = chain('BTCUSDT', 'ETHUSDT');
  const trades = await writeMonths('named', { BTCUSDT: dense, ETHUSDT: quiet });
  const [yaml, jobs, out] = [at('named', 'chain.json'), at('named', 'jobs.json'), at('named', 'rows')];
  writeFileSync(yaml, JSON.stringify(config));
  const files = Object.entries(trades).flatMap(([symbol, own]) => own.map((file) => `${symbol}=${file}`));
  const planned = minotaur('plan', '--trades', ...files, '--config', yaml, '--out', out, '--jobs', jobs);
  assert.equal(planned.status, 0, planned.stderr);
  const [first, , last] = listOf(jobs).jobs[0].months;
  assert.deepEqual([first.ahead?.length, last.ahead], [2, undefined]);
  const built = minotaur('build', '--job', jobs, '--index', '0');
  assert.equal(built.status, 0, built.stderr);
  const manifest = JSON.parse(
    readFileSync(join(out, 'symbol=BTCUSDT+ETHUSDT', 'month=2023-11', 'manifest.json'), 'utf8'),
  ) as Manifest;
  assert.deepEqual(
    manifest.inputs.map(({ of, path }) => [of, /\d{4}-\d\d/.exec(path)?.[0]]),
    ['BTCUSDT', 'ETHUSDT'].flatMap((symbol) => MONTHS.slice(0, 2).map((month) => [symbol, month])),
  );
  // Another December makes another November.
  await writeTrades(
    trades['ETHUSDT'][1],
    blocksOf(quiet.filter(({ time }) => time > DECEMBER + 1e6 && time < JANUARY)),
  );
  const again = minotaur('plan', '--trades', ...files, '--config', yaml, '--out', out, '--jobs', jobs);
  assert.equal(again.status, 0, again.stderr);
  await assert.rejects(
    buildJob({ job: jobs, index: 0 }),
    /expected rows of .*ETHUSDT-trades-2023-12\.parquet as it is/,
  );
});
