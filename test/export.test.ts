/** From trades to an export by command: every array against the rows, labels and splits it was made of. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { DatasetManifest } from '../packages/minotaur/src/store/dataset.ts';
import { SPLITS } from '../packages/core/src/splits/splits.ts';
import { columnNames, readColumns, readFacts } from '../packages/minotaur/src/files/parquet/columns-source.ts';
import { readBlocks, readCodes } from '../packages/minotaur/src/files/parquet/row-blocks.ts';
import { simulate } from '../packages/minotaur/src/files/simulate.ts';
import { writeTrades } from '../packages/minotaur/src/files/trades/write-trades.ts';
import { minotaur, readManifest, readRows, run, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const trades = at('trades.parquet');
await writeTrades(trades, simulate({ trades: 60_000, seed: 5 }));

const LENGTH = 5;
const GAP = 4_000_000;
const config = at('config.yaml');
writeFileSync(
  config,
  `clocks: { short: { bars: dollar, threshold: 100000, suffix: _s }, slow: { bars: time, every: 1min } }
features: { short: [close, "close - lag(close, 1) as change", "atr(high, low, close, 14)"], slow: [close] }
label: { method: fixed, target: 0.002, stop: 0.001 }
split: { method: walkForward, folds: 3, validation: 0 }
sequence: { length: ${LENGTH}, breakOn: { gap: 4s } }
`,
);
const rows = at('rows');
run('build', '--trades', trades, '--config', config, '--out', rows);

function done(...args: readonly string[]): string {
  const { status, stdout, stderr } = minotaur(...args, '--json');
  assert.equal(status, 0, stderr);
  return stdout;
}
const base = ['--rows', rows, '--config', config];
done('label', ...base, '--trades', trades, '--out', at('labels.parquet'));
done('split', ...base, '--labels', at('labels.parquet'), '--out', at('split.parquet'));
const inputs = [...base, '--labels', at('labels.parquet'), '--splits', at('split.parquet')];
const out = at('export');
const manifest = JSON.parse(done('export', ...inputs, '--fold', '1', '--out', out)) as DatasetManifest;

/** Data of a .npy file, and what its header says. */
function npy(name: string): { header: string; data: ArrayBuffer } {
  const bytes = readFileSync(join(out, name));
  const end = 10 + bytes.readUInt16LE(8);
  const data = bytes.buffer.slice(bytes.byteOffset + end, bytes.byteOffset + bytes.length);
  return { header: bytes.toString('latin1', 10, end).trim(), data };
}

const expected = await readRows(rows);
const columns = await readColumns(join(rows, 'rows.parquet'), ['time', 'ready']);
const labels = await readColumns(at('labels.parquet'), ['label', 'label_time']);
const count = expected.length;

test('the matrix holds every row, rounded to float32 and no further', async () => {
  const found = new Float32Array(npy('values.npy').data);
  const width = manifest.columns.length;
  assert.deepEqual(manifest.columns, readManifest(rows).columns);
  assert.equal(npy('values.npy').header, `{'descr': '<f4', 'fortran_order': False, 'shape': (${count}, ${width}), }`);
  let row = 0;
  for await (const block of readBlocks(join(rows, 'rows.parquet'), manifest.columns)) {
    for (let i = 0; i < block.count; i++, row++) {
      for (let c = 0; c < width; c++) {
        const value = Math.fround(block.columns[c][i]);
        assert.ok(Object.is(found[row * width + c], value), `row ${row} ${manifest.columns[c]}`);
        assert.ok(Object.is(block.columns[c][i], expected[row][c + 1]), 'as the other reader has it');
      }
    }
  }
  assert.equal(row, count);
});

test('times, labels and splits are those of the rows', async () => {
  assert.deepEqual(Float64Array.from(new BigInt64Array(npy('time.npy').data), Number), columns['time']);
  assert.deepEqual(new Float64Array(npy('labels.npy').data), labels['label']);
  const codes = await readCodes(at('split.parquet'), 'split', SPLITS);
  assert.deepEqual(new Int8Array(npy('split.npy').data), codes.slice(count, 2 * count));
  assert.ok(codes.includes(SPLITS.indexOf('train')) && codes.includes(SPLITS.indexOf('test')));
  assert.deepEqual(manifest.splitCodes, { none: 0, train: 1, validation: 2, test: 3, purged: 4 });
});

test('windows end where the last rows are ready and no gap lies between them', () => {
  const { time, ready } = columns;
  const wanted: number[] = [];
  for (let end = LENGTH - 1; end < count; end++) {
    let whole = true;
    for (let i = end - LENGTH + 1; i <= end; i++) {
      if (ready[i] !== 1 || (i > end - LENGTH + 1 && time[i] - time[i - 1] > GAP)) whole = false;
    }
    if (whole) wanted.push(end);
  }
  assert.deepEqual(Array.from(new BigInt64Array(npy('ends.npy').data), Number), wanted);
  assert.ok(wanted.length > 10 && wanted.length < ready.filter((r) => r === 1).length - LENGTH, `${wanted.length}`);
});

test('the table has them too, and says what it is', async () => {
  const table = join(out, 'table.parquet');
  const head = ['time', 'label', 'label_time', 'split', 'fold'];
  assert.deepEqual(await columnNames(table), [...head, ...manifest.columns]);
  const found = await readColumns(table, ['time', 'label', 'label_time', 'fold', ...manifest.columns]);
  assert.deepEqual(found['label_time'], labels['label_time']);
  assert.deepEqual(found['fold'], new Float64Array(count).fill(1));
  manifest.columns.forEach((name, c) =>
    assert.deepEqual(
      found[name],
      Float64Array.from(expected, (row) => row[c + 1]),
    ),
  );
  assert.deepEqual(await readCodes(table, 'split', SPLITS), new Int8Array(npy('split.npy').data));
  assert.deepEqual(await readFacts(table), { schemaId: manifest.schemaId, label: manifest.label, fold: 1 });
});

test('the manifest has the digests of the files, and they are those on disk', () => {
  assert.deepEqual(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')), manifest);
  assert.equal(manifest.rowsDigest, readManifest(rows).digest);
  for (const [name, { sha256, bytes }] of Object.entries(manifest.files)) {
    const content = readFileSync(join(out, name));
    assert.deepEqual([createHash('sha256').update(content).digest('hex'), content.length], [sha256, bytes], name);
  }
});

test('what does not belong together is refused, and nothing is written', () => {
  const refused = (what: RegExp, ...args: readonly string[]): void => {
    const { status, stderr } = minotaur('export', ...args, '--out', at('none'));
    assert.equal(status, 2, stderr);
    assert.match(stderr, what);
    assert.doesNotMatch(stderr, /error of ours/);
    assert.ok(!existsSync(join(at('none'), 'manifest.json')));
  };
  refused(/fold[\s\S]*0 to 2[\s\S]*found +3/, ...inputs, '--fold', '3');
  const other = at('other.yaml');
  writeFileSync(other, readFileSync(config, 'utf8').replace(`length: ${LENGTH}`, 'length: 6'));
  refused(/split\.parquet, sequence[\s\S]*expected 6[\s\S]*found +5/, ...inputs, '--config', other);
  refused(
    /a column label, as label writes it/,
    ...base,
    '--labels',
    at('split.parquet'),
    '--splits',
    at('split.parquet'),
  );
  refused(
    /a column split, as split writes it/,
    ...base,
    '--labels',
    at('labels.parquet'),
    '--splits',
    at('labels.parquet'),
  );
  const own = minotaur('export', ...inputs, '--out', rows);
  assert.equal(own.status, 2);
  assert.match(own.stderr, /out[\s\S]*another directory than that of the rows/);
});
