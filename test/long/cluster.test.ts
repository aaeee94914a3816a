/** Twelve symbols of six months as jobs, in processes that are killed; the same in an object store, and by Slurm. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConfigInput } from 'minotaur';
import { build, buildJob, mergeJobs, planJobs } from 'minotaur/runs';
import { openObjectStore } from '../../packages/minotaur/src/files/objects/object-store.ts';
import { MAIN, nodeArguments, temporaryFolder } from '../cli.ts';
import { cutJobs, listOf, outcomes, symbolsOf, writeMonths } from '../cluster-jobs.ts';
import { path as deployed } from '../deployed.ts';
import { startObjectStore, startServer } from '../servers.ts';

const folder = temporaryFolder();
const at = (...parts: readonly string[]): string => join(folder, ...parts);
const config = {
  clocks: { bar: { bars: 'tick', threshold: 60 }, slow: { bars: 'dollar', threshold: 2_000_000 } },
  features: {
    bar: [
      { preset: 'bars' },
      'rsi(close, 14)',
      'ema(close, 26)',
      'rolling_std(close, 20)',
      'adx(high, low, close, 14)',
    ],
    slow: ['obv(close, volume)', 'rolling_rank(close, 50)'],
  },
} satisfies ConfigInput;
const yaml = at('config.yaml');
writeFileSync(yaml, JSON.stringify(config));
const symbols = symbolsOf(12);
const months = ['2023-09', '2023-10', '2023-11', '2023-12', '2024-01', '2024-02'];
const TRADES = 20_000;
const trades = await writeMonths({ folder, symbols, months, trades: TRADES });

/** Digest of one long build of each. */
const whole = new Map<string, string>();
const longBuilds = async (): Promise<void> => {
  for (const symbol of symbols) {
    const { digest } = await build({ config: { ...config, symbol }, trades: trades[symbol], out: at('whole') });
    whole.set(symbol, digest);
  }
};
const cpuOf = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};
const requireWhole = (merged: Awaited<ReturnType<typeof mergeJobs>>): void => {
  assert.deepEqual(
    merged.symbols.map(({ symbol, digest }) => [symbol, digest]),
    symbols.map((symbol) => [symbol, whole.get(symbol)]),
  );
};

test('12 symbols x 6 months: equal digests, and what is done is not done again', async (t) => {
  const jobs = at('jobs.json');
  const { count } = await planJobs({ config, trades, out: at('rows'), jobs });
  // The compiler's work is of the process, not of either way.
  await build({ config: { ...config, symbol: symbols[0] }, trades: trades[symbols[0]], out: at('whole') });
  const long = await cpuOf(longBuilds);
  const steps = await cpuOf(async () => {
    for (let index = 0; index < count; index++) await buildJob({ job: jobs, index });
  });
  requireWhole(await mergeJobs({ jobs, rows: true }));
  const again = await cpuOf(async () => {
    for (let index = 0; index < count; index++)
      assert.doesNotMatch(outcomes(await buildJob({ job: jobs, index })), /built/);
  });
  const more = 100 * (steps / long - 1);
  const figures = `long ${long.toFixed(1)} s, as jobs ${steps.toFixed(1)} s (${more.toFixed(1)} % more), again ${again.toFixed(1)} s`;
  t.diagnostic(`${72 * TRADES} trades, processor time: ${figures}`);
  assert.ok(again < 0.1 * long, figures);
});

/** A job in a process of its own. */
function start(jobs: string, index: number) {
  const env = { ...process.env, SLURM_ARRAY_TASK_ID: String(index) };
  const command = [...nodeArguments, MAIN, 'build', '--job', jobs];
  const child = spawn(process.execPath, command, { env, stdio: 'ignore' });
  return { child, done: new Promise<number | null>((resolve) => child.on('exit', resolve)) };
}

/** Once there is a file below `directory`, and some milliseconds more. */
async function madeSomething(directory: string, later: number): Promise<void> {
  for (let looks = 0; looks < 6000; looks++) {
    if (existsSync(directory) && readdirSync(directory, { recursive: true }).length > 1) return sleep(later);
    await sleep(5);
  }
}

test('jobs that are killed at any moment leave nothing that counts, and come to the same rows', async (t) => {
  const own = Object.fromEntries(symbols.slice(0, 1).map((symbol) => [symbol, trades[symbol]]));
  const jobs = at('killed.json');
  await planJobs({ config, trades: own, out: at('killed'), jobs });
  cutJobs(jobs);
  let kills = 0;
  let within = 0;
  for (let index = 0; index < 6; index++) {
    for (let tries = 0; ; tries++) {
      const { child, done } = start(jobs, index);
      const manifest = at('killed', `symbol=${symbols[0]}`, `month=${months[index]}`, 'manifest.json');
      if (tries < 3) {
        // While the process starts; as soon as there is something of its own; later.
        const early =
          tries === 0 ? sleep(150 + 50 * index) : madeSomething(join(manifest, '..'), 40 * (tries - 1) * index);
        await Promise.race([done, early]);
        if (existsSync(join(manifest, '..')) && !existsSync(manifest)) within++;
        child.kill('SIGKILL');
      }
      const code = await done;
      if (code === 0) break;
      assert.ok(tries < 3, `job ${index}: exit ${code}`);
      kills++;
    }
  }
  t.diagnostic(`${kills} kills, ${within} of them while files were written`);
  assert.ok(kills >= 6 && within >= 3, `${kills} kills, ${within} while files were written`);
  const { symbols: merged } = await mergeJobs({ jobs, rows: true });
  assert.equal(merged[0].digest, whole.get(symbols[0]));
});

const objects = startObjectStore();
test('from an object store into it', { skip: objects.skip ?? false }, async () => {
  Object.assign(process.env, objects.facts);
  const sdk = await import('@aws-sdk/client-s3');
  const client = new sdk.S3Client({ forcePathStyle: true });
  await client.send(new sdk.CreateBucketCommand({ Bucket: 'market' }));
  client.destroy();
  const store = await openObjectStore('test');
  const few = symbols.slice(0, 2);
  for (const symbol of few)
    for (const file of trades[symbol]) await store.upload(file, `s3://market/trades/${file.slice(folder.length + 1)}`);
  const jobs = 's3://market/jobs/list.json';
  const patterns = Object.fromEntries(few.map((symbol) => [symbol, [`s3://market/trades/${symbol}-trades-*.parquet`]]));
  const { count } = await planJobs({ config, trades: patterns, out: 's3://market/rows', jobs });
  assert.equal(count, 2);
  for (let index = 0; index < 2; index++)
    assert.equal(outcomes(await buildJob({ job: jobs, index })), 'built built built built built built');
  assert.doesNotMatch(outcomes(await buildJob({ job: jobs, index: 1 })), /built/);
  const report = await mergeJobs({ jobs, rows: true });
  for (const { symbol, digest } of report.symbols) assert.equal(digest, whole.get(symbol));
  assert.equal(report.out, 's3://market/rows/merged.json');
  const text = await store.read(`s3://market/rows/symbol=${few[0]}/month=2023-10/manifest.json`);
  assert.match(text ?? '', /"path": "s3:\/\/market\/trades\/SYM00USDT-trades-2023-10\.parquet"/);

  // Above what goes at once, in parts.
  const large = at('large.bin');
  const bytes = Buffer.alloc((1 << 26) + 12_345, 7);
  writeFileSync(large, bytes);
  await store.upload(large, 's3://market/large.bin');
  const [{ bytes: size }] = await store.list('s3://market/large.bin');
  assert.equal(size, bytes.length);
  await store.download('s3://market/large.bin', at('back.bin'));
  assert.ok(readFileSync(at('back.bin')).equals(bytes));

  assert.equal(await store.read('s3://market/none.json'), undefined);
  await assert.rejects(store.list('s3://nowhere/x'), /s3:\/\/nowhere\/x: expected an object store.*NoSuchBucket/);
  await assert.rejects(store.download('s3://market/none', at('none')), /s3:\/\/market\/none: expected.*NoSuchKey/);
  store.close();
});

const slurm = startServer('slurm');
test('as array jobs of Slurm, each month after the one before', { skip: slurm.skip ?? false }, async () => {
  const own = Object.fromEntries(symbols.slice(0, 3).map((symbol, i) => [symbol, trades[symbol].slice(i, 3)]));
  const jobs = at('slurm', 'jobs.json');
  mkdirSync(at('slurm'));
  await planJobs({ config, trades: own, out: at('slurm', 'rows'), jobs });
  cutJobs(jobs);
  const list = listOf(jobs);
  assert.deepEqual(
    list.waves.map(({ count }) => count),
    [3, 2, 1],
  );
  const env = {
    ...process.env,
    ...slurm.facts,
    MINOTAUR: [process.execPath, ...nodeArguments, MAIN].join(' '),
  };
  const submit = (): void => {
    const options = [
      '--mem=0',
      '--cpus-per-task=1',
      `--output=${at('slurm', '%A_%a.log')}`,
      `--chdir=${process.cwd()}`,
    ];
    const { status, stderr } = spawnSync('sh', [deployed('slurm/submit.sh'), jobs, ...options], {
      env,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
  };
  const merged = at('slurm', 'rows', 'merged.json');
  const finished = async (): Promise<void> => {
    for (let tries = 0; tries < 240 && !existsSync(merged); tries++) await sleep(500);
    assert.ok(existsSync(merged), 'all jobs done within two minutes');
  };
  submit();
  await finished();
  const { symbols: found } = await mergeJobs({ jobs, rows: true });
  assert.equal(found.length, 3);
  const { digest } = await build({
    config: { ...config, symbol: symbols[0] },
    trades: own[symbols[0]],
    out: at('whole'),
  });
  assert.equal(found[0].digest, digest);
  // Submitted again, every task finds its month there.
  const manifest = at('slurm', 'rows', `symbol=${symbols[0]}`, 'month=2023-10', 'manifest.json');
  const written = readFileSync(manifest, 'utf8');
  rmSync(merged);
  submit();
  await finished();
  assert.equal(readFileSync(manifest, 'utf8'), written);
});
