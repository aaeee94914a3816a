/** `verify --rows DIR --against DIR`: over what build leaves behind, and over files made for it. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { measureDrift, type DriftReport } from '../packages/minotaur/src/runs/verification/drift.ts';
import { readArtefact } from '../packages/minotaur/src/store/artefact.ts';
import { readColumns } from '../packages/minotaur/src/files/parquet/columns-source.ts';
import { createTableWriter } from '../packages/minotaur/src/files/parquet/table-writer.ts';
import { minotaur, readManifest, run, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

const CONFIG = `clocks:
  short: { bars: dollar, threshold: 100000, suffix: _db_s }
features:
  short: [close, 'roc(close, 3)', trade_imbalance, 'rolling_std(close, 5)']
sequence: { length: 1 }
`;

before(() => {
  writeFileSync(at('config.yaml'), CONFIG);
  writeFileSync(at('other.yaml'), CONFIG.replace('roc(close, 3)', 'roc(close, 4)'));
  for (const [seed, name] of [
    ['1', 'now'],
    ['5', 'then'],
  ]) {
    run('simulate', '--trades', '30000', '--seed', seed, '--out', at(`${name}.parquet`));
    run('build', '--trades', at(`${name}.parquet`), '--config', at('config.yaml'), '--out', at(name));
  }
});

const drift = (now: string, then: string, artefact?: string): Promise<DriftReport> =>
  measureDrift({ rows: at(now), against: at(then), artefact: artefact && at(artefact) });

test('features come worst first, with every figure, and the exit code says nothing of it', () => {
  const asked = ['--rows', at('now'), '--against', at('then')];
  const { features, of, reference, current } = run<{ drift: DriftReport }>('verify', ...asked).drift;
  assert.equal(of, 'ready');
  assert.ok(reference.compared > 200 && reference.compared < reference.rows && current.compared < current.rows);
  assert.deepEqual(features.map(({ feature }) => feature).toSorted(), readManifest(at('now')).columns.toSorted());
  features.forEach(({ psi }, i) => assert.ok(i === 0 || psi <= features[i - 1].psi));
  assert.equal(features[0].feature, 'close_db_s');
  assert.ok(features[0].psi > 1 && features[0].kolmogorovSmirnov > 0.3 && features[0].jensenShannon > 0.1);
});

test('a person reads that it is the market, the worst first', () => {
  const { status, stdout } = minotaur('verify', '--rows', at('now'), '--against', at('then'));
  assert.equal(status, 0);
  assert.match(stdout, /This is the market, or the span, and not a bug/);
  assert.ok(stdout.indexOf('close_db_s') < stdout.indexOf('age_db_s'));
});

test('rows have not drifted from themselves', async () => {
  for (const { psi, jensenShannon, kolmogorovSmirnov, missing } of (await drift('now', 'now')).features) {
    assert.deepEqual([psi, jensenShannon, kolmogorovSmirnov], [0, 0, 0]);
    assert.equal(missing.reference, missing.current);
  }
});

test('an artefact adds the share of values beyond its limits', async () => {
  run('fit', '--rows', at('then'), '--config', at('config.yaml'), '--out', at('artefact.json'));
  const { features } = await drift('now', 'then', 'artefact.json');
  const { clip } = readArtefact(at('artefact.json')).learned.find(({ name }) => name === 'close_db_s') ?? {};
  const { close_db_s: values, ready } = await readColumns(join(at('now'), 'rows.parquet'), ['close_db_s', 'ready']);
  const [low, high] = clip as [number, number];
  const beyond = values.filter((value, i) => ready[i] === 1 && (value < low || value > high)).length;
  const clipped = features.find(({ feature }) => feature === 'close_db_s')?.clipped;
  assert.equal(clipped?.current, beyond / values.filter((_, i) => ready[i] === 1).length);
  assert.ok(clipped.current > 0.05 && clipped.reference < clipped.current, JSON.stringify(clipped));
});

test('it cannot be answered: one directory alone, none there, another schema, no rows', async () => {
  const { status, stderr } = minotaur('verify', '--rows', at('now'));
  assert.equal(status, 2);
  assert.match(stderr, /expected against beside rows/);
  await assert.rejects(drift('now', 'nowhere'), /a directory that build wrote/);
  run('build', '--trades', at('now.parquet'), '--config', at('other.yaml'), '--out', at('other'));
  await assert.rejects(drift('other', 'now'), /roc\(close, 3\)[\s\S]*roc\(close, 4\)/);
  run('build', '--trades', at('now.parquet'), '--limit', '3', '--config', at('config.yaml'), '--out', at('empty'));
  await assert.rejects(drift('now', 'empty'), /expected rows, found none/);
  assert.equal(minotaur('verify', '--rows', at('now'), '--against', at('empty')).status, 2);
});

/** A directory as build leaves it, of a ramp from `from` and a constant; the first `unready` rows are not ready. */
function writeRamp(name: string, rows: number, from: number, unready: number): string {
  const directory = at(name);
  mkdirSync(directory);
  const manifest = { format: 2, schemaId: 'ramp', columns: ['ramp', 'constant'], engineVersion: 'test', config: {} };
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify(manifest));
  const columns = ['ramp', 'constant', 'ready', 'complete'].map((column) => ({
    name: column,
    type: 'DOUBLE' as const,
  }));
  const writer = createTableWriter(join(directory, 'rows.parquet'), columns);
  const ramp = Float64Array.from({ length: rows }, (_, i) =>
    i < unready ? 1e9 : from + (i - unready) / (rows - unready),
  );
  const constant = new Float64Array(rows).fill(7);
  const ready = ramp.map((_, i) => (i < unready ? 0 : 1));
  writer.appendColumns(rows, [ramp, constant, ready, new Float64Array(rows).fill(1)], 0);
  writer.commit();
  return directory;
}

test('of more rows than are compared, evenly spaced ones are, and none that is not ready', async () => {
  const rows = writeRamp('now-ramp', 600_000, 0.25, 1000);
  const against = writeRamp('then-ramp', 300_000, 0, 0);
  const { reference, current, features } = await measureDrift({ rows, against });
  assert.deepEqual([reference.rows, reference.compared], [300_000, 131_072]);
  assert.deepEqual([current.rows, current.compared], [600_000, 131_072]);
  assert.deepEqual(
    features.map(({ feature }) => feature),
    ['ramp', 'constant'],
  );
  // A ramp that is moved by a quarter of its length: exactly so far are the two distribution functions apart.
  assert.ok(Math.abs(features[0].kolmogorovSmirnov - 0.25) < 1e-4);
  assert.deepEqual([features[1].psi, features[1].kolmogorovSmirnov], [0, 0]);
});
