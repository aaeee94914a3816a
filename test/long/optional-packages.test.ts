/** The two native packages are optional: without either, all else works, and what needs it says so and how to get it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createTableWriter } from '../../packages/minotaur/src/files/parquet/table-writer.ts';
import type { Manifest } from '../../packages/minotaur/src/store/manifest.ts';
import { MAIN, nodeArguments, run, temporaryFolder, type Outcome } from '../cli.ts';

const DUCKDB = '@duckdb/node-api';
const ONNX = 'onnxruntime-node';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const csv = at('trades.csv.gz');
const parquet = at('trades.parquet');
const config = at('config.yaml');
writeFileSync(
  config,
  `clocks: { short: { bars: tick, threshold: 20 } }
features: { short: [close, 'rsi(close, 3)'] }
label: { method: horizon, after: 5 }
model: { kind: logistic }
`,
);
run('simulate', '--trades', '60000', '--seed', '3', '--out', csv);
const chain = ['--trades', csv, '--config', config];
const rows = at('rows');
const { digest } = run('build', ...chain, '--out', rows);

const HOOKS = fileURLToPath(new URL('../without-packages.ts', import.meta.url));

/** Runs the command line on a machine that lacks `packages`. */
function without(packages: readonly string[], ...args: readonly string[]): Outcome {
  const command = [...nodeArguments, '--import', HOOKS, MAIN, ...args];
  const env = { ...process.env, WITHOUT: packages.join(' ') };
  return spawnSync(process.execPath, command, { encoding: 'utf8', env });
}

function works<T = Manifest>(packages: readonly string[], command: string, ...args: readonly string[]): T {
  const { status, stdout, stderr } = without(packages, command, ...args, '--json');
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as T;
}

function misses(packages: readonly string[], message: RegExp, ...args: readonly string[]): void {
  const { status, stderr } = without(packages, ...args);
  assert.equal(status, 2, stderr);
  assert.match(stderr, message);
  assert.doesNotMatch(stderr, /\n\s+at /, 'no stack');
}

test('without both: trades of CSV become rows, live too, and Parquet is written', () => {
  works([DUCKDB, ONNX], 'simulate', '--trades', '1000', '--seed', '1', '--out', parquet);
  assert.equal(works([DUCKDB, ONNX], 'build', ...chain, '--out', at('built')).digest, digest);
  assert.equal(works([DUCKDB, ONNX], 'replay', ...chain, '--out', at('replayed')).digest, digest);
  const verified = works<{ holds: boolean }>(
    [DUCKDB, ONNX],
    'verify',
    ...chain,
    '--limit',
    '3000',
    '--checks',
    'parity,blocks',
  );
  assert.ok(verified.holds);
});

test('without DuckDB: trades as we write them become rows; whoever reads other Parquet is told, in a thread as well', () => {
  const own = works([DUCKDB], 'build', '--trades', parquet, '--config', config, '--out', at('own'));
  assert.equal(own.counts.trades, 1000);
  const other = at('other.parquet');
  const table = createTableWriter(other, [
    { name: 'pair', type: 'BIGINT' },
    { name: 'time', type: 'BIGINT' },
    { name: 'price', type: 'DOUBLE' },
    { name: 'quantity', type: 'DOUBLE' },
  ]);
  table.appendColumns(
    1,
    [1, 1.7e15, 100, 1].map((value) => Float64Array.of(value)),
  );
  table.commit();
  const message =
    /reading Parquet\n +expected the optional package @duckdb\/node-api, .*\(npm install --ignore-scripts @duckdb\/node-api@\d[\w.-]+\)\n +found +it is not installed/;
  misses([DUCKDB], message, 'build', '--trades', other, '--config', config, '--out', at('none'));
  misses([DUCKDB], message, 'label', '--rows', rows, '--trades', csv, '--config', config, '--out', at('none'));
});

test('without onnxruntime: fit, labels and splits work; train says before it trains what it misses', () => {
  const [artefact, labels, splits] = [at('artefact.json'), at('labels.parquet'), at('splits.parquet')];
  works([ONNX], 'label', '--rows', rows, '--trades', csv, '--config', config, '--out', labels);
  works([ONNX], 'split', '--rows', rows, '--labels', labels, '--config', config, '--out', splits);
  works([ONNX], 'fit', '--rows', rows, '--splits', splits, '--config', config, '--out', artefact);
  const learned = ['--rows', rows, '--labels', labels, '--splits', splits, '--artefact', artefact];
  works([ONNX], 'export', ...learned, '--config', config, '--out', at('export'));
  const training = [...learned, '--config', config, '--out', at('model.onnx')];
  const message =
    /expected the optional package onnxruntime-node, which .*\(npm install --ignore-scripts onnxruntime-node@\d[\d.]+\)\n +found +it is not installed/;
  misses([ONNX], new RegExp(`train\\n +${message.source}`), 'train', ...training);
  run('train', ...training);
  const predicting = ['--rows', rows, '--artefact', artefact, '--model', at('model.onnx'), '--out', at('p.parquet')];
  misses([ONNX], new RegExp(`model\\.onnx\\n +${message.source}`), 'predict', ...predicting);
});
