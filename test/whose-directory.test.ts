/** Directories are somebody's: what another configuration has left there is not replaced without a word. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ConfigInput } from 'minotaur';
import { build, demo, dryRun, run, simulate } from 'minotaur/runs';
import { createDataset } from '../packages/minotaur/src/store/dataset.ts';
import { minotaur, readManifest, temporaryFolder } from './cli.ts';
import { smallChain } from './several.ts';

const folder = temporaryFolder();
const at = (...names: readonly string[]): string => join(folder, ...names);
await simulate({ trades: 3000, seed: 3, out: at('t.csv.gz') });

const chain = { ...smallChain, data: { trades: 't.csv.gz' } } satisfies ConfigInput;
const other = { ...chain, features: { ...chain.features, short: ['close', 'sma(close, 3)'] } } satisfies ConfigInput;
const write = (name: string, value: ConfigInput): string => {
  writeFileSync(at(name), JSON.stringify(value));
  return at(name);
};
const [a, b] = [write('a.json', chain), write('b.json', other)];
const until = 'build';
const columnsOf = (...names: readonly string[]): readonly string[] => readManifest(at(...names)).columns;

test('a run of another configuration is refused with what lies there; it is replaced where that is said', async () => {
  const out = at('run');
  await run({ config: a, out, until });
  const rows = readFileSync(at('run', 'build', 'rows.parquet'));
  const refused =
    /run: expected a directory of \S*b\.json, or one that is free \(another `out`\): `force` replaces.*found that of \S*a\.json: build/;
  await assert.rejects(run({ config: b, out, until }), refused);
  await assert.rejects(dryRun({ config: b, out, until }), refused);
  const { status, stderr } = minotaur('run', b, '--out', out, '--until', until);
  assert.equal(status, 2);
  assert.match(stderr, /\(another --out\): --force replaces what is there\n {2}found {4}that of \S*a\.json: build/);
  assert.deepEqual(readFileSync(at('run', 'build', 'rows.parquet')), rows);
  await assert.rejects(
    demo({ trades: 1000, seed: 1, out }),
    /run: expected a directory that is free, or of a demo, found that of \S*a\.json/,
  );
  assert.ok(!existsSync(at('run', 'starter.yaml')));
  assert.equal(minotaur('run', b, '--out', out, '--until', until, '--force').status, 0);
  assert.ok(columnsOf('run', 'build').some((name) => name.startsWith('sma_3')));
  // It is of b from then on.
  await assert.rejects(run({ config: a, out, until }), /found that of \S*b\.json: build/);
});

test('a configuration that is edited, renamed, or moved together with its directory is the same', async () => {
  mkdirSync(at('p'));
  for (const name of ['t.csv.gz', 'a.json']) cpSync(at(name), at('p', name));
  const unchanged = async (config: string, out: string): Promise<boolean | undefined> =>
    (await run({ config, out, until })).steps[0]?.unchanged;
  assert.equal(await unchanged(at('p', 'a.json'), at('p', 'out')), false);
  cpSync(at('p', 'a.json'), at('p', 'renamed.json'));
  assert.equal(await unchanged(at('p', 'renamed.json'), at('p', 'out')), true);
  writeFileSync(at('p', 'a.json'), JSON.stringify(other));
  assert.equal(await unchanged(at('p', 'a.json'), at('p', 'out')), false);
  cpSync(at('p'), at('q'), { recursive: true });
  writeFileSync(at('q', 'a.json'), JSON.stringify(chain));
  assert.equal(await unchanged(at('q', 'a.json'), at('q', 'out')), false);
});

test('one that says the same of other files is another: names of files are looked for beside it', async () => {
  for (const [name, seed] of [
    ['x', 1],
    ['y', 2],
  ] as const) {
    mkdirSync(at(name));
    cpSync(a, at(name, 'a.json'));
    await simulate({ trades: 3000, seed, out: at(name, 't.csv.gz') });
  }
  await run({ config: at('x', 'a.json'), out: at('of-both'), until });
  await assert.rejects(run({ config: at('y', 'a.json'), out: at('of-both'), until }), /found that of \S*x\/a\.json/);
});

test('what other commands have left, or a record does not name, is nobody of a run', async () => {
  await build({ config: a, out: at('by-hand', 'build') });
  writeFileSync(at('by-hand', 'model.onnx'), 'a model of weeks');
  const refused = /found what run\.json says of nobody: build, model\.onnx/;
  await assert.rejects(run({ config: a, out: at('by-hand'), until }), refused);
  assert.equal(readFileSync(at('by-hand', 'model.onnx'), 'utf8'), 'a model of weeks');
  rmSync(at('by-hand', 'model.onnx'));
  rmSync(at('by-hand', 'build'), { recursive: true });
  await run({ config: a, out: at('by-hand'), until });
});

test('build: rows of another chain of another configuration are refused, those of the same chain are not', async () => {
  const out = at('rows');
  await build({ config: a, out });
  const before = readFileSync(at('rows', 'rows.parquet'));
  await assert.rejects(
    build({ config: b, out }),
    /rows: expected a directory without rows, .*`force` replaces.*found those of \S*a\.json, \d+ rows of \d+ columns/,
  );
  const { status, stderr } = minotaur('replay', '--config', b, '--out', out);
  assert.equal(status, 2);
  assert.match(stderr, /--force replaces what is there/);
  assert.deepEqual(readFileSync(at('rows', 'rows.parquet')), before);
  await build({ config: write('same-chain.json', { ...chain, model: { kind: 'trees', rounds: 3 } }), out });
  assert.equal(minotaur('build', '--config', b, '--out', out, '--force').status, 0);
  assert.ok(columnsOf('rows').some((name) => name.startsWith('sma_3')));
  writeFileSync(b, JSON.stringify({ ...other, features: { ...chain.features, short: ['open'] } }));
  await build({ config: b, out });
  assert.ok(!columnsOf('rows').some((name) => name.startsWith('sma_3')));
});

test('build: a manifest of something else is not replaced', async () => {
  mkdirSync(at('foreign'));
  writeFileSync(at('foreign', 'manifest.json'), '{"name":"an extension of a browser"}');
  await assert.rejects(build({ config: a, out: at('foreign') }), /found manifest\.json of something else/);
  assert.match(readFileSync(at('foreign', 'manifest.json'), 'utf8'), /browser/);
});

test('a run that is to replace what others have left, and fails, leaves it to them', async () => {
  const out = at('forced');
  await run({ config: a, out, until });
  writeFileSync(at('cut.csv'), 'id,price,qty,time,is_buyer_maker\n1,x\n');
  const broken = write('broken.json', { ...other, data: { trades: 'cut.csv' } });
  await assert.rejects(run({ config: broken, out, until, force: true }), /cut\.csv/);
  assert.equal((await run({ config: a, out, until })).steps[0]?.unchanged, true);
});

test('a demo does not replace what no run has on record', async () => {
  mkdirSync(at('mine'));
  writeFileSync(at('mine', 'trades.parquet'), 'mine');
  await assert.rejects(
    demo({ trades: 1000, seed: 1, out: at('mine') }),
    /found what no run has on record: trades\.parquet/,
  );
  assert.equal(readFileSync(at('mine', 'trades.parquet'), 'utf8'), 'mine');
});

test('a data set does not take the place of the manifest of rows', () => {
  assert.throws(
    () => createDataset(at('run', 'build'), {} as never),
    /build: expected a directory that is free, or of a data set, found rows that a build left/,
  );
});
