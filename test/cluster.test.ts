/** A long build as jobs: planned, built apart, proved to be one. */
import assert from 'node:assert/strict';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ConfigInput } from 'minotaur';
import { build, buildJob, mergeJobs, planJobs } from 'minotaur/runs';
import { minotaur, temporaryFolder } from './cli.ts';
import { cutJobs, listOf, outcomes, symbolsOf, writeMonths } from './cluster-jobs.ts';

const folder = temporaryFolder();
const at = (...parts: readonly string[]): string => join(folder, ...parts);
const config = {
  clocks: { bar: { bars: 'tick', threshold: 50 }, slow: { bars: 'dollar', threshold: 1_000_000 } },
  features: { bar: ['close', 'rsi(close, 14)', 'ema(close, 12)'], slow: ['obv(close, volume)'] },
} satisfies ConfigInput;
const symbols = symbolsOf(3);
const months = ['2023-11', '2023-12', '2024-01'];
const trades = await writeMonths({ folder, symbols, months, trades: 3000, ending: 'csv.gz' });
// One begins later, and so has a month less.
trades[symbols[0]].shift();

const rows = at('rows');
const jobs = at('jobs.json');
const plan = (own: object = {}) => planJobs({ config, trades, out: rows, jobs, ...own });

test('months of a symbol follow each other, symbols do not wait for each other', async () => {
  const planned = await plan();
  assert.equal(planned.count, 3, 'small months are one job');
  assert.deepEqual(
    planned.symbols.map(({ months: own, jobs: each }) => [own, each]),
    [
      [2, 1],
      [3, 1],
      [3, 1],
    ],
  );
  const { jobs: list, out, waves } = cutJobs(jobs);
  assert.equal(list.length, 8);
  assert.deepEqual(waves, [
    { from: 0, count: 3 },
    { from: 3, count: 3 },
    { from: 6, count: 2 },
  ]);
  assert.equal(out, 'rows', 'from the folder of the list on');
  for (const [index, { symbol, months: own, before }] of list.entries()) {
    const [{ month }] = own;
    assert.equal(own.length, 1);
    if (before === null) assert.equal(month, symbol === symbols[0] ? '2023-12' : '2023-11');
    else {
      assert.ok(before < index);
      assert.equal(list[before].symbol, symbol);
      assert.equal(months.indexOf(list[before].months[0].month) + 1, months.indexOf(month));
    }
  }
});

test('built as jobs the rows are those of one long build; done twice, nothing is done; what changed is refused', async () => {
  await plan();
  const { jobs: list } = cutJobs(jobs);
  await assert.rejects(
    buildJob({ job: jobs, index: 3 }),
    /symbol=SYM01USDT\/month=2023-11\/manifest\.json: expected the month before, SYM01USDT 2023-11 \(job 0\), found none/,
  );
  const late = buildJob({ job: jobs, index: 3, wait: '1min' });
  assert.equal(outcomes(await buildJob({ job: jobs, index: 0 })), 'built');
  assert.equal(outcomes(await late), 'built', 'it waited for the month before');
  for (const index of list.keys()) await buildJob({ job: jobs, index });

  const { symbols: merged, digest, proved } = await mergeJobs({ jobs, rows: true });
  assert.equal(proved, 'rows');
  assert.equal(merged.length, 3);
  for (const { symbol, digest: own, rows: count, trades: seen } of merged) {
    const whole = await build({ config: { ...config, symbol }, trades: trades[symbol], out: at('whole') });
    assert.equal(own, whole.digest, symbol);
    assert.equal(count, whole.counts.rows);
    assert.equal(seen, whole.counts.trades);
  }

  const manifest = join(rows, 'symbol=SYM02USDT', 'month=2024-01', 'manifest.json');
  const written = readFileSync(manifest, 'utf8');
  for (const index of list.keys()) assert.equal(outcomes(await buildJob({ job: jobs, index })), 'there');
  assert.equal(readFileSync(manifest, 'utf8'), written);

  // What a killed job leaves beside, and a manifest that is not there yet: it is done again, to the same bits.
  rmSync(manifest);
  writeFileSync(join(rows, 'symbol=SYM02USDT', 'month=2024-01', 'rows.parquet'), 'half of it');
  mkdirSync(join(rows, 'symbol=SYM02USDT', 'month=2024-01', '.partial-999999'));
  await assert.rejects(mergeJobs({ jobs }), /expected 8 months done, found none of SYM02USDT 2024-01 \(job 7\)/);
  assert.equal(outcomes(await buildJob({ job: jobs, index: 7 })), 'built');
  assert.equal((await mergeJobs({ jobs, rows: true })).digest, digest);

  // Another configuration over the same rows.
  const changed = { ...config, features: { bar: ['close'] } } satisfies ConfigInput;
  const other = at('other.json');
  await planJobs({ config: changed, trades, out: rows, jobs: other });
  cutJobs(other);
  await assert.rejects(buildJob({ job: other, index: 0 }), /expected rows of the configuration \w+, found those of/);
  await assert.rejects(buildJob({ job: other, index: 3 }), /expected rows of the configuration \w+, found those of/);
  await assert.rejects(mergeJobs({ jobs: other }), /expected rows of the configuration/);
});

/** The rows of the test before, to be spoilt. */
async function copied(name: string): Promise<{ jobs: string; rows: string }> {
  const own = { jobs: at(`${name}.json`), rows: at(name) };
  cpSync(rows, own.rows, { recursive: true });
  await planJobs({ config, trades, out: own.rows, jobs: own.jobs });
  cutJobs(own.jobs);
  return own;
}

test('several months in a job: a manifest each, the same keys as apart; what is there is kept, what is not is built', async () => {
  const own = await copied('joined');
  await planJobs({ config, trades, out: own.rows, jobs: own.jobs });
  const indexes = [...listOf(own.jobs).jobs.keys()];
  assert.equal(indexes.length, 3);
  for (const index of indexes)
    assert.match(outcomes(await buildJob({ job: own.jobs, index })), /^there( there)+$/, 'built apart, the same keys');
  const { digest } = await mergeJobs({ jobs: own.jobs });
  // A job that was killed after its first month; one of whose months in the middle is gone; one that did nothing yet.
  const [two, three, other] = listOf(own.jobs).jobs.map(({ symbol }) => join(own.rows, `symbol=${symbol}`));
  rmSync(join(two, 'month=2024-01', 'manifest.json'));
  rmSync(join(three, 'month=2023-12'), { recursive: true });
  rmSync(other, { recursive: true });
  await assert.rejects(
    mergeJobs({ jobs: own.jobs }),
    /expected 8 months done, found none of SYM00USDT 2024-01 \(job 0\), SYM01USDT 2023-12 \(job 1\)/,
  );
  const reports = [];
  for (const index of indexes) reports.push(outcomes(await buildJob({ job: own.jobs, index })));
  assert.deepEqual(reports, ['there built', 'there built there', 'built built built']);
  assert.equal((await mergeJobs({ jobs: own.jobs, rows: true })).digest, digest);

  // An error in the second month leaves the first, and the third is built from it another time.
  rmSync(three, { recursive: true });
  const stop = new AbortController();
  const onProgress = (): void => {
    if (existsSync(join(three, 'month=2023-11', 'manifest.json'))) stop.abort(new Error('enough'));
  };
  await assert.rejects(buildJob({ job: own.jobs, index: 1, onProgress, signal: stop.signal }), /enough/);
  assert.equal(outcomes(await buildJob({ job: own.jobs, index: 1 })), 'there built built');
  assert.equal((await mergeJobs({ jobs: own.jobs, rows: true })).digest, digest);
});

test('rows that are others than their manifest says, and manifests that were changed, are found by name', async () => {
  const spoilt = await copied('spoilt');
  const month = (name: string): string => join(spoilt.rows, 'symbol=SYM01USDT', `month=${name}`);
  renameSync(join(month('2023-12'), 'rows.parquet'), join(month('2023-12'), 'own.parquet'));
  cpSync(join(month('2024-01'), 'rows.parquet'), join(month('2023-12'), 'rows.parquet'));
  await mergeJobs({ jobs: spoilt.jobs });
  await assert.rejects(
    mergeJobs({ jobs: spoilt.jobs, rows: true }),
    /month=2023-12\/rows\.parquet: expected rows with the digest/,
  );
  const manifest = join(month('2023-12'), 'manifest.json');
  const text = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, text.replace(/"sha256": "../, '"sha256": "zz'));
  await assert.rejects(mergeJobs({ jobs: spoilt.jobs }), /month=2023-12\/manifest\.json: expected a manifest as build/);
  // A month of another chain of steps: its key is right, but the month before has another.
  writeFileSync(manifest, text);
  cpSync(join(spoilt.rows, 'symbol=SYM02USDT', 'month=2023-11', 'state.bin'), join(month('2023-11'), 'state.bin'));
  rmSync(manifest);
  await assert.rejects(
    buildJob({ job: spoilt.jobs, index: 3 }),
    /state\.bin: expected the state after rows \w+, found/,
  );
});

test('inputs that changed after they were planned, and after they were built, are refused', async () => {
  const own = await copied('inputs');
  const file = trades[symbols[1]][0];
  const copy = readFileSync(file);
  try {
    appendFileSync(file, 'x');
    await assert.rejects(
      buildJob({ job: own.jobs, index: 0 }),
      /expected \d+ bytes, as .*inputs\.json has it, found \d+/,
    );
    // Of the same size: what it is is read, because its time is another.
    writeFileSync(file, Buffer.concat([copy.subarray(0, -1), Buffer.from([copy[copy.length - 1] ^ 1])]));
    await assert.rejects(
      buildJob({ job: own.jobs, index: 0 }),
      /expected rows of .* as it is, found those of other files/,
    );
    writeFileSync(file, copy);
    assert.equal(outcomes(await buildJob({ job: own.jobs, index: 0 })), 'there', 'read again, the same');
  } finally {
    writeFileSync(file, copy);
  }
});

test('a plan refuses what would not be one build', async () => {
  const [a, b, c] = trades[symbols[1]];
  const of = (files: readonly string[]) => plan({ trades: { X: files }, jobs: at('none.json') });
  await assert.rejects(
    of([a, c]),
    /trades of X: expected files of every month: 2023-12 after 2023-11, found 2024-01 next/,
  );
  await assert.rejects(of([b, a]), /expected files of X in order of time, found 2023-11 after 2023-12/);
  const two = { ...config, instruments: { a: {}, b: {} }, clocks: { bar: { of: 'a', bars: 'tick', threshold: 5 } } };
  await assert.rejects(
    plan({ config: { ...two, features: {} } }),
    /expected an instrument of the configuration \(a, b\), found 'SYM00USDT'/,
  );
});

test('on the command line', () => {
  const yaml = at('config.yaml');
  writeFileSync(yaml, JSON.stringify(config));
  const own = at('cli.json');
  const files = symbols.flatMap((symbol) => trades[symbol].map((file) => `${symbol}=${file}`));
  const planned = minotaur('plan', '--trades', ...files, '--config', yaml, '--out', rows, '--jobs', own);
  assert.equal(planned.status, 0, planned.stderr);
  assert.match(planned.stdout, /SYM01USDT {2}2023-11 to 2024-01: 3 months in 1 jobs, .*\n.*\n3 jobs in 1 waves/);
  const there = minotaur('build', '--job', own, '--index', '0');
  assert.equal(there.status, 0, there.stderr);
  assert.match(there.stdout, /SYM00USDT 2023-12 was there -> .*\n[^]*\njob 0: all there/);
  const merged = minotaur('merge', own);
  assert.match(merged.stdout, /complete, one chain a symbol \(by their manifests\)/);
  const none = minotaur('build', '--job', own, '--index', '99');
  assert.equal(none.status, 2);
  assert.match(none.stderr, /a job of .*cli\.json, 0 to 2/);
});
