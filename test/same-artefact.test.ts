/** An artefact is the same bits however fast it is fitted: the digest of what the plain way, column after column, gave. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitArtefact, type FitInput } from '../packages/core/src/artefact/fit.ts';
import type { CreateLearner } from '../packages/core/src/artefact/learner.ts';
import { portableHashing } from '../packages/core/src/base/bytes/hashing.ts';
import { distributions, sfc32 } from '../packages/core/src/base/random.ts';
import { parseConfig } from '../packages/core/src/config/config.ts';
import { createLearnerOf } from '../packages/minotaur/src/node/learner.ts';

const ROWS = 50_000;
const COLUMNS = ['close', 'sma', 'spread', 'volume', 'flag', 'gone', 'gaps', 'twin', 'one', 'heavy'];

/** Close, its average, columns near zero and far from it, missing values, a constant, and a column like another. */
function columnsOf(): Float64Array[] {
  const random = distributions(sfc32(5));
  const columns = COLUMNS.map(() => new Float64Array(ROWS));
  let close = 60_000;
  for (let i = 0; i < ROWS; i++) {
    close *= 1 + 0.001 * random.normal();
    const x = random.normal();
    const values = [
      close,
      close * (1 + 0.0001 * random.normal()),
      x / 100,
      random.exponential() * 1e6,
      random.uniform() < 0.3 ? 1 : 0,
      NaN,
      random.uniform() < 0.2 ? NaN : random.uniform() < 0.01 ? -Infinity : random.normal(),
      3 * x + 1e-7 * random.normal(),
      -0,
      random.normal() / random.uniform(),
    ];
    values.forEach((value, c) => (columns[c][i] = value));
  }
  return columns;
}

/** Two instruments; blocks of training rows between others. */
function fitInput(): FitInput {
  const config = parseConfig({
    clocks: { bars: { bars: 'dollar', threshold: 1000 } },
    drive: 'bars',
    features: { bars: ['close'] },
    transform: { columns: { volume: { log1p: true, scale: 'robust' }, heavy: { scale: 'quantile-normal' } } },
    selection: { correlation: 0.95, inflation: 50 },
  });
  const columns = columnsOf();
  const time = Float64Array.from({ length: ROWS }, (_, i) => (i % 25_000) * 1e6);
  return {
    config,
    schemaId: 'a',
    instruments: 'any',
    columns: COLUMNS,
    time,
    parts: ['A', 'B'].map((symbol, k) => ({ symbol, venue: null, from: k * 25_000, to: (k + 1) * 25_000 })),
    price: 'close',
    codes: Int8Array.from(time, (_, i) => (i % 100 < 90 ? 1 : i % 100 < 95 ? 2 : 0)),
    eachColumn: async (names, use) => {
      for (const [k, name] of names.entries()) await use(name, columns[COLUMNS.indexOf(name)].slice(), k);
    },
  };
}

test('the artefact of the plain way', async () => {
  const { learned, dropped, priceLevels, training, selectedOver } = await fitArtefact(fitInput());
  const bytes = new TextEncoder().encode(JSON.stringify({ learned, dropped, priceLevels, training, selectedOver }));
  assert.equal(
    portableHashing.sha256().update(bytes).hex(),
    '38399a93bce31ca6c4b8aa444d0e50f093498d89ee45da3192de97bb2c876b04',
  );
});

test('the same artefact by any number of threads', async () => {
  const plain = await fitArtefact(fitInput());
  for (const threads of [1, 3]) {
    const createLearner: CreateLearner = (columns, rows) => createLearnerOf(threads, columns, rows);
    assert.deepEqual(await fitArtefact({ ...fitInput(), createLearner }), plain);
  }
});

test('a column that cannot be learned is said by the thread that met it, and the fit ends', async () => {
  const input = fitInput();
  const eachColumn: typeof input.eachColumn = (names, use) =>
    input.eachColumn(names, (name, values, k) => use(name, name === 'flag' ? values.map((x) => x * 1e308) : values, k));
  const fitted = fitArtefact({ ...input, eachColumn, createLearner: (c, rows) => createLearnerOf(2, c, rows) });
  await assert.rejects(fitted, /transform of flag: expected a finite/);
});
