/** Minotaur without its command line: a program of functions only, and what a program is told and can stop. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ConfigInput } from 'minotaur';
import { loadConfig, readManifest, readRowColumns, rowsIn } from 'minotaur/files';
import {
  build,
  buildSymbols,
  fit,
  measureMemory,
  predict,
  replay,
  selfTest,
  simulate,
  verify,
  type Progress,
} from 'minotaur/runs';
import { nodeArguments, temporaryFolder } from '../cli.ts';

const folder = temporaryFolder();
const at = (...names: readonly string[]): string => join(folder, ...names);
const EXAMPLE = fileURLToPath(new URL('../../examples/library/minotaur-library.ts', import.meta.url));
const trades = [at('trades.parquet')];
const config: ConfigInput = {
  clocks: { short: { bars: 'dollar', threshold: 60_000 } },
  features: { short: ['close', 'sma(close, 5)'] },
};

await simulate({ trades: 150_000, seed: 11, out: trades[0] });

test('the program of the examples goes from trades to verified predictions', () => {
  const out = at('example');
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeArguments, EXAMPLE, out], {
    encoding: 'utf8',
  });
  assert.equal(stderr, '');
  assert.equal(status, 0, stdout);
  const lines = stdout.trim().split('\n');
  assert.match(lines[0], /^rows +same bits, \d{3,}$/);
  assert.match(lines[1], /^predictions +same bits$/);
  const held = lines.filter((line) => line.startsWith('holds')).map((line) => line.split(/ +/)[1]);
  assert.deepEqual(held, ['parity', 'lookahead', 'predictions', 'isolation']);
});

test('a configuration is a preset, a file, an object, or what was loaded: all the same', async () => {
  const given = await build({ config, trades, out: at('object') });
  const module = at('config.mjs');
  await import('node:fs/promises').then(({ writeFile }) =>
    writeFile(module, `export default ${JSON.stringify(config)};`),
  );
  for (const other of [module, await loadConfig(module)]) {
    assert.equal((await replay({ config: other, trades, out: at('other') })).digest, given.digest);
  }
  await assert.rejects(
    build({ config: { ...config, drive: 'shrot' }, trades, out: at('none') }),
    /did you mean 'short'/,
  );
});

test('what a build leaves is read again', async () => {
  const { counts, digest } = await build({ config, trades, out: at('read') });
  const rows = rowsIn(at('read'));
  assert.equal(rows.manifest.digest, digest);
  const { time, columns } = await readRowColumns(rows, { close_short: 'the test asks for it' });
  assert.equal(time.length, counts.rows);
  assert.ok(columns['close_short'].every((value) => value > 0));
  await assert.rejects(readRowColumns(rows, { volume: 'the test asks for it' }), /a column volume \(the test asks/);
});

/** All that was said of a run. */
function listen(): { readonly heard: Progress[]; readonly onProgress: (progress: Progress) => void } {
  const heard: Progress[] = [];
  return { heard, onProgress: (progress) => heard.push(progress) };
}

test('progress rises step by step, to the total where there is one', async () => {
  const { heard, onProgress } = listen();
  await simulate({ trades: 100_000, seed: 1, out: at('some.parquet'), onProgress });
  const rows = await build({ config, trades, out: at('watched'), onProgress });
  await fit({ config, rows: at('watched'), out: at('watched.json'), onProgress });
  const steps = [...new Set(heard.map(({ step }) => step))];
  assert.deepEqual(steps, ['simulate', 'build', 'fit']);
  for (const step of steps) {
    const own = heard.filter((progress) => progress.step === step);
    assert.equal(own[0].done, 0);
    own.forEach(({ done }, i) => assert.ok(i === 0 || done > own[i - 1].done, step));
    assert.ok(own.length > 2, `${step}: ${own.length}`);
    const [{ total }] = own;
    if (total !== undefined) assert.equal(own[own.length - 1].done, total, step);
  }
  const last = heard.findLast(({ step }) => step === 'build');
  assert.deepEqual(last, { step: 'build', done: rows.counts.trades, unit: 'trades' });
  const verified = listen();
  await verify({ config, trades, limit: 20_000, checks: ['parity', 'order'], onProgress: verified.onProgress });
  assert.deepEqual([...new Set(verified.heard.map(({ step }) => step))], ['intake', 'parity', 'order']);
  assert.ok(verified.heard.every(({ unit }) => unit === 'events'));
  // How many there are is known once they were read.
  assert.ok(verified.heard.every(({ step, total }) => total === (step === 'intake' ? undefined : 20_000)));
});

/** A signal that is aborted when a run has told its progress so often. */
function abortAfter(times: number) {
  const controller = new AbortController();
  const reason = new Error('enough');
  let left = times;
  return {
    reason,
    run: { signal: controller.signal, onProgress: () => (left-- === 0 ? controller.abort(reason) : undefined) },
  };
}

const listing = (directory: string): string[] => readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();

test('an aborted build or replay leaves the outputs that were there, and nothing else', async () => {
  const out = at('aborted');
  const { digest } = await build({ config, trades, out, limit: 1000 });
  const before = listing(out);
  const rows = readFileSync(join(out, 'rows.parquet'));
  for (const [start, times] of [
    [build, 0],
    [build, 2],
    [replay, 2],
  ] as const) {
    const { reason, run } = abortAfter(times);
    await assert.rejects(start({ config, trades, out, ...run }), reason);
    assert.deepEqual(listing(out), before);
    assert.equal(readManifest(out).digest, digest);
    assert.deepEqual(readFileSync(join(out, 'rows.parquet')), rows);
  }
  await assert.rejects(build({ config, trades, out: at('never'), ...abortAfter(0).run }));
  assert.ok(!existsSync(at('never')), 'what was made for it is gone');
});

test('an abort reaches a run that is busy, and every run', async () => {
  const out = at('busy');
  const rows = at('busy-rows');
  await build({ config, trades, out: rows });
  await fit({ config, rows, out: at('busy.json') });
  const runs: Record<string, (run: { readonly signal: AbortSignal }) => Promise<unknown>> = {
    simulate: (run) => simulate({ trades: 50_000_000, seed: 1, out: `${out}.csv.gz`, ...run }),
    replay: (run) => replay({ config, trades, out, ...run }),
    symbols: (run) => buildSymbols({ config, trades: { A: trades, B: trades }, out, ...run }),
    verify: (run) => verify({ config, trades, ...run }),
    memory: (run) => measureMemory({ config: 'minotaur', ...run }),
    'self-test': (run) => selfTest({ size: 'quick', ...run }),
  };
  for (const [name, start] of Object.entries(runs)) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(name), 50);
    await assert.rejects(start({ signal: controller.signal }), (error) => error === name, name);
    clearTimeout(timer);
  }
  const files = listing(folder).filter((path) => path.startsWith('busy'));
  assert.deepEqual(
    files.filter((path) => !path.startsWith('busy-rows')),
    ['busy.json'],
  );
  const signal = AbortSignal.abort(new Error('before it began'));
  await assert.rejects(predict({ rows, artefact: at('busy.json'), model: 'none', out, signal }), /before it began/);
});
