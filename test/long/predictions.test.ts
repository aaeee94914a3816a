/** From trades to probabilities: the data set and live, equal to the bit at every row. */
import { createEngine } from 'minotaur-core';
import assert from 'node:assert/strict';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadConfig } from '../../packages/minotaur/src/files/config-file.ts';
import { openModelOf } from '../../packages/minotaur/src/runtime/artefact-model.ts';
import type { Manifest } from '../../packages/minotaur/src/store/manifest.ts';
import { sameBits } from '../../packages/core/src/base/canonical.ts';
import { readColumns, readFacts } from '../../packages/minotaur/src/files/parquet/columns-source.ts';
import { simulate } from '../../packages/minotaur/src/files/simulate.ts';
import { createTableWriter, type TableColumn } from '../../packages/minotaur/src/files/parquet/table-writer.ts';
import { openTrades } from '../../packages/minotaur/src/files/trades/trade-source.ts';
import { writeTrades } from '../../packages/minotaur/src/files/trades/write-trades.ts';
import { createSession } from '../../packages/core/src/live/session.ts';
import type { Prediction } from '../../packages/core/src/live/predictor.ts';
import { decodeArtefact, encodeArtefact, type Artefact } from '../../packages/core/src/artefact/artefact.ts';
import { sliceTrades } from '../../packages/core/src/trades/trade.ts';
import { dataFile, minotaur, needsData, run } from '../cli.ts';
import { at, CHAIN, folder, make, sequences, sessionOf, single, type Made } from '../predicting.ts';

const simulated = at('trades.parquet');
await writeTrades(simulated, simulate({ trades: 150_000, seed: 11 }));

const chains = { single: make('single', simulated, single), sequences: make('sequences', simulated, sequences) };

async function expected(made: Made): Promise<Prediction[]> {
  const names = ['time', 'probability', 'calibrated', 'signal', 'complete'];
  const columns = await readColumns(made.predictions, names);
  return Array.from(columns['time'], (time, i) => {
    const [probability, calibrated, signal, complete] = names.slice(1).map((name) => columns[name][i]);
    return { time, probability, calibrated, signal, complete: complete === 1 };
  });
}

function assertSame(found: readonly Prediction[], wanted: readonly Prediction[]): void {
  assert.equal(found.length, wanted.length);
  for (let i = 0; i < wanted.length; i++) {
    for (const key of ['time', 'probability', 'calibrated', 'signal'] as const) {
      const [a, b] = [found[i][key], wanted[i][key]];
      assert.ok(sameBits(a, b), `row ${i}, ${key}: live ${a}, data set ${b}`);
    }
  }
}

/** Pushes trades one at a time; at `restart` the session is snapshot and another one goes on from there. */
async function live(made: Made, restart: number): Promise<Prediction[]> {
  let { session, close } = await sessionOf(made);
  const found: Prediction[] = [];
  const source = await openTrades([made.trades]);
  let pushed = 0;
  for await (const { block } of source.blocks()) {
    for (let i = 0; i < block.length; i++) {
      found.push(...(await session.push(sliceTrades(block, i, i + 1))));
      if (++pushed !== restart) continue;
      const state = session.snapshot();
      await close();
      ({ session, close } = await sessionOf(made));
      session.restore(state);
    }
  }
  source.close();
  await close();
  return found;
}

for (const [name, made] of Object.entries(chains)) {
  test(`${name}: live, one trade at a time, gives the bits of the data set; from a snapshot in the warm-up and in the middle too`, async () => {
    const wanted = await expected(made);
    assert.ok(made.predicted.predicted > 500 && made.predicted.predicted < made.predicted.rows, 'some are refused');
    for (const restart of [0, 900, 77_777]) assertSame(await live(made, restart), wanted);
  });

  test(`${name}: replay with a model, stopped and continued, gives the same digest and rows`, async () => {
    const attached = ['--config', made.config, '--artefact', made.artefact, '--model', made.model];
    const feed = ['--trades', made.trades, ...attached];
    const whole = run('replay', ...feed, '--out', at(`${name}-whole`));
    assert.equal(whole.predictions?.digest, made.predicted.digest);
    assert.deepEqual(whole.predictions?.refusals, made.predicted.refusals);
    run('replay', ...feed, '--limit', '60001', '--out', at(`${name}-first`));
    run('build', ...feed, '--from', at(`${name}-first`, 'state.bin'), '--out', at(`${name}-rest`));
    const parts = await Promise.all(
      ['first', 'rest'].map((part) => expected({ ...made, predictions: at(`${name}-${part}`, 'predictions.parquet') })),
    );
    assertSame(parts.flat(), await expected(made));
  });
}

test('real trades: the same', needsData, async () => {
  const trades = dataFile('binance/BTCUSDT-spot-trades-2024-08-08.csv.gz');
  const chain = CHAIN.replace('TEST', 'BTCUSDT')
    .replace('60000', '4000')
    .replace('0.002', '0.0002')
    .replace('0.001', '0.0001');
  const made = make('real', trades, single, chain);
  assertSame(await live(made, 5000), await expected(made));
  assert.ok(made.predicted.predicted > 50, JSON.stringify(made.predicted));
});

/** Writes rows.parquet anew with one value changed. */
async function changeRow(made: Made, row: number, to: string): Promise<void> {
  const manifest = JSON.parse(readFileSync(join(made.rows, 'manifest.json'), 'utf8')) as Manifest;
  run('build', '--trades', made.trades, '--config', made.config, '--out', to);
  const names = ['time', ...manifest.columns, 'ready'];
  const columns = await readColumns(join(made.rows, 'rows.parquet'), names);
  columns['trade_imbalance_db_s'][row] += 0.125;
  const types = names.map((name): TableColumn => ({
    name,
    type: name === 'time' ? 'BIGINT' : name === 'ready' ? 'BOOLEAN' : 'DOUBLE',
  }));
  const table = createTableWriter(join(to, 'rows.parquet'), types);
  table.appendColumns(
    columns['time'].length,
    names.map((name) => columns[name]),
  );
  table.commit();
}

test('isolation: the artefact is a function of the training rows alone', async () => {
  const made = chains.single;
  const { from, to } = (JSON.parse(readFileSync(made.artefact, 'utf8')) as Artefact).training;
  const { time } = await readColumns(join(made.rows, 'rows.parquet'), ['time']);
  const fitted = (rows: string): string => {
    const out = at('isolation.json');
    run('fit', '--rows', rows, '--splits', at('single-splits.parquet'), '--config', made.config, '--out', out);
    return (JSON.parse(readFileSync(out, 'utf8')) as Artefact).digest;
  };
  const original = fitted(made.rows);
  assert.equal(original, (JSON.parse(readFileSync(made.artefact, 'utf8')) as Artefact).digest);
  const inside = time.findIndex((t) => t > from) + 50;
  const after = time.findIndex((t) => t > to) + 30;
  for (const [row, changes] of [
    [time.length - 3, false],
    [after, false],
    [inside, true],
  ] as const) {
    await changeRow(made, row, at('changed'));
    assert.equal(fitted(at('changed')) !== original, changes, `row ${row}`);
  }
});

function refused(args: readonly string[], ...patterns: readonly RegExp[]): void {
  const { status, stderr } = minotaur(...args);
  assert.equal(status, 2, stderr);
  for (const pattern of patterns) assert.match(stderr, pattern);
}

test('what does not belong together is refused, with the first difference', () => {
  const { rows, artefact, model } = chains.single;
  const predict = (...changed: readonly string[]): string[] => {
    const flags = { '--rows': rows, '--artefact': artefact, '--model': model, '--out': at('no.parquet') };
    for (let i = 0; i < changed.length; i += 2) Object.assign(flags, { [changed[i]]: changed[i + 1] });
    return ['predict', ...Object.entries(flags).flat()];
  };
  const other = at('other.yaml');
  writeFileSync(other, CHAIN.replace('"roc(close, 5)"', '"roc(close, 6)"') + single);
  run('build', '--trades', simulated, '--config', other, '--out', at('other-rows'));
  refused(predict('--rows', at('other-rows')), /column 10/, /'roc_5_db_m'/, /'roc_6_db_m'/);
  refused(predict('--model', chains.sequences.model), /metadata artefactDigest|shape|input/);
  const text = readFileSync(artefact, 'utf8');
  const tampered = at('tampered.json');
  writeFileSync(tampered, text.replace(/"impute":([-\d.e]+)/, '"impute":0.123'));
  refused(predict('--artefact', tampered), /digest/, /it was changed/);
  const moved = at('moved.onnx');
  copyFileSync(model, moved);
  refused(predict('--model', moved), /sidecar/);
  refused(predict('--model', at('none.onnx')), /an ONNX model/);
  refused(predict('--artefact', at('none.json')), /an artefact that fit wrote/);
});

/** Labels of a chain, changed, in a file that says of itself what the true one says. */
async function changeLabels(made: Made, name: string, change: (label: number, row: number) => number): Promise<string> {
  const labels = made.artefact.replace('artefact.json', 'labels.parquet');
  const names = ['time', 'entry_time', 'entry_price', 'label', 'label_time', 'return'];
  const columns = await readColumns(labels, names);
  const types = names.map((column) => ({ name: column, type: column === 'time' ? 'BIGINT' : 'DOUBLE' }) as const);
  const table = createTableWriter(at(name), types, { facts: await readFacts(labels) });
  const changed = columns['label'].map((label, row) => (Number.isNaN(label) ? NaN : change(label, row)));
  table.appendColumns(
    changed.length,
    names.map((column) => (column === 'label' ? changed : columns[column])),
  );
  table.commit();
  return at(name);
}

function refusedTraining(name: string, made: Made, labels: string, ...patterns: readonly RegExp[]): void {
  const before = readdirSync(folder);
  const artefact = readFileSync(made.artefact, 'utf8');
  const flags = ['--rows', made.rows, '--labels', labels, '--splits', at(`${name}-splits.parquet`)];
  const out = at('never.onnx');
  refused(['train', ...flags, '--artefact', made.artefact, '--config', made.config, '--out', out], ...patterns);
  assert.deepEqual(readdirSync(folder), before, 'nothing is left');
  assert.equal(readFileSync(made.artefact, 'utf8'), artefact);
}

test('a training split without a positive label is refused', async () => {
  const labels = await changeLabels(chains.single, 'none.parquet', () => 0);
  refusedTraining('single', chains.single, labels, /labels of both classes/, /no positive label/);
});

test('a model that is worse than chance on validation is not calibrated, and leaves nothing', async () => {
  const made = chains.sequences;
  const { training } = JSON.parse(readFileSync(made.artefact, 'utf8')) as Artefact;
  const rows = await readColumns(join(made.rows, 'rows.parquet'), ['time', 'trade_imbalance_db_s']);
  const labels = await changeLabels(made, 'turned.parquet', (_, row) => {
    const bought = rows['trade_imbalance_db_s'][row] > 0;
    return bought === rows['time'][row] <= training.to ? 1 : 0;
  });
  refusedTraining('sequences', made, labels, /Platt/, /worse than chance/);
});

test('a model that gives no number: the session says not ready and goes on', async () => {
  const made = chains.single;
  const { config } = await loadConfig(made.config);
  const artefact = decodeArtefact(encodeArtefact(decodeArtefact(readFileSync(made.artefact, 'utf8'), 'a')), 'b');
  const real = await openModelOf(artefact, made.model);
  let calls = 0;
  const model = {
    ...real,
    predict: async (input: Float32Array) => {
      if (++calls % 3 !== 0) return real.predict(input);
      const { fail } = await import('../../packages/core/src/base/errors.ts');
      return fail('state', 'model, not ready', 'a probability', 'NaN');
    },
  };
  const session = createSession({ engine: (sinks) => createEngine(config, sinks), artefact, model });
  const found: Prediction[] = [];
  const source = await openTrades([made.trades]);
  for await (const { block } of source.blocks()) found.push(...(await session.push(block)));
  source.close();
  await real.close();
  const wanted = await expected(made);
  assert.equal(found.length, wanted.length);
  const ready = wanted.flatMap(({ probability }, i) => (Number.isNaN(probability) ? [] : [i]));
  ready.forEach((row, k) => {
    const given = (k + 1) % 3 !== 0;
    assert.equal(Number.isNaN(found[row].probability), !given);
    if (given) assert.equal(found[row].probability, wanted[row].probability);
    else assert.match(found[row].refusal ?? '', /not ready/);
  });
});

test('a column that is constant or without a value is dropped or imputed with 0, and said so', () => {
  const file = at('constant.yaml');
  const chain = CHAIN.replace('[volume, ', '[volume, "close - close as nothing", "sqrt(0 - volume - 1) as never", ');
  writeFileSync(file, chain + single);
  run('build', '--trades', simulated, '--config', file, '--out', at('constant'));
  run('fit', '--rows', at('constant'), '--config', file, '--out', at('constant.json'));
  const { dropped, learned } = JSON.parse(readFileSync(at('constant.json'), 'utf8')) as Artefact;
  assert.deepEqual(
    dropped.map(({ name }) => name),
    ['age_db_s', 'nothing_tb_1min', 'never_tb_1min'],
  );
  assert.ok(learned.length > 8);
});
