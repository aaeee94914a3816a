/** One model over the rows of several instruments: from the trades of each to predictions, and what isolation says of it. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import {
  buildSymbols,
  calibrate,
  evaluate,
  exportDataset,
  fit,
  label,
  predict,
  replaySymbols,
  split,
  train,
  verify,
} from 'minotaur/runs';
import { readColumns, readFacts } from '../../packages/minotaur/src/files/parquet/columns-source.ts';
import { readCodes } from '../../packages/minotaur/src/files/parquet/row-blocks.ts';
import { simulate } from '../../packages/minotaur/src/files/simulate.ts';
import { writeTrades } from '../../packages/minotaur/src/files/trades/write-trades.ts';
import { readArtefact } from '../../packages/minotaur/src/store/artefact.ts';
import { at, chain, learn } from '../several.ts';

const simulated = chain(30, 0.0004);
const trades = { BTCUSDT: [at('btc.parquet')], ETHUSDT: [at('eth.parquet')] };
let whole: Awaited<ReturnType<typeof learn>>;

before(async () => {
  await writeTrades(at('btc.parquet'), simulate({ trades: 30_000, seed: 11 }));
  const later = 1_722_816_000_000_000 + 300_000_000;
  await writeTrades(at('eth.parquet'), simulate({ trades: 20_000, seed: 12, price: 2500, start: later }));
  await buildSymbols({ config: simulated, trades, out: at('rows') });
  whole = await learn('whole', simulated, trades, [at('rows', 'BTCUSDT'), at('rows', 'ETHUSDT')]);
});

const bytes = (path: string): Buffer => readFileSync(path);

test('labels of each are those that its rows get by themselves; counts are said of each', async () => {
  const { labelled, divided, fitted, trained, predicted } = whole;
  for (const symbol of ['BTCUSDT', 'ETHUSDT'] as const) {
    const out = at('alone.parquet');
    const alone = await label({ config: simulated, rows: at('rows', symbol), trades: trades[symbol], out });
    assert.deepEqual(bytes(at('whole-labels', `${symbol}.parquet`)), bytes(out));
    assert.deepEqual(labelled.symbols[symbol], alone.counts);
    const { train: own } = divided.folds[0].symbols[symbol];
    assert.ok(own > 50, `${symbol}: ${own} training rows`);
    assert.equal(fitted.symbols[symbol].training, own);
    assert.ok(trained.symbols[symbol].train <= own);
    assert.ok(predicted.symbols[symbol].predicted > 50);
  }
  assert.notEqual(fitted.symbols['BTCUSDT'].training, fitted.symbols['ETHUSDT'].training);
  assert.equal(labelled.counts.rows, labelled.symbols['BTCUSDT'].rows + labelled.symbols['ETHUSDT'].rows);
});

test('a split is by time: what is for testing is the same span of all', async () => {
  const { time, fold } = await readColumns(whole.learned.splits, ['time', 'fold']);
  assert.ok(fold.every((k) => k === 0));
  const { split: settings, instruments } = (await readFacts(whole.learned.splits)) as {
    split: object;
    instruments: { symbol: string }[];
  };
  assert.deepEqual(
    instruments.map(({ symbol }) => symbol),
    ['BTCUSDT', 'ETHUSDT'],
  );
  assert.equal((settings as { method: string }).method, 'chronological');
  const words = await splitWords(whole.learned.splits);
  assert.equal(words.length, time.length);
  const times = (name: string) => time.filter((_, i) => words[i] === name);
  const [training, held] = [times('train'), times('test')];
  assert.ok(Math.max(...training) < Math.min(...times('validation')));
  assert.ok(Math.max(...times('validation')) < Math.min(...held));
});

async function splitWords(file: string): Promise<string[]> {
  const names = ['none', 'train', 'validation', 'test', 'purged'];
  return Array.from(await readCodes(file, 'split', names), (code) => names[code]);
}

test('the order in which instruments are named changes no byte', async () => {
  const { rows, labels, splits, artefact, model } = whole.learned;
  const other = await learn(
    'turned',
    simulated,
    { ETHUSDT: trades.ETHUSDT, BTCUSDT: trades.BTCUSDT },
    rows.toReversed(),
  );
  assert.deepEqual(bytes(other.learned.splits), bytes(splits));
  assert.deepEqual(bytes(other.learned.artefact), bytes(artefact));
  assert.deepEqual(bytes(other.learned.model), bytes(model));
  assert.equal(other.predicted.digest, whole.predicted.digest);
  for (const symbol of ['BTCUSDT', 'ETHUSDT'])
    assert.deepEqual(bytes(join(other.learned.labels, `${symbol}.parquet`)), bytes(join(labels, `${symbol}.parquet`)));
});

test('predictions of each are those of its rows alone, and of a replay of its trades', async () => {
  const { artefact, model, predictions, config } = whole.learned;
  const live = await replaySymbols({ config, trades, out: at('live'), artefact, model });
  for (const [k, symbol] of (['BTCUSDT', 'ETHUSDT'] as const).entries()) {
    const out = at('alone-predictions.parquet');
    const alone = await predict({ rows: at('rows', symbol), artefact, model, out });
    assert.equal(alone.digest, whole.predicted.symbols[symbol].digest);
    assert.equal(live[k].predictions?.digest, alone.digest);
    assert.deepEqual(bytes(join(predictions, `${symbol}.parquet`)), bytes(out));
  }
});

test('verify: predictions of each instrument, isolation of all', async () => {
  const { config, rows, labels, splits, artefact, model, predictions } = whole.learned;
  const learned = { config, rows, labels, splits, artefact, predictions };
  const isolated = await verify(learned);
  assert.ok(isolated.holds && isolated.answered, JSON.stringify(isolated.checks));
  for (const symbol of ['BTCUSDT', 'ETHUSDT'] as const) {
    const own = { config: { ...config, symbol }, trades: trades[symbol], artefact, model, checks: ['predictions'] };
    const served = await verify(own);
    assert.ok(served.holds && served.answered, JSON.stringify(served.checks));
  }
  const alone = at('alone-splits.parquet');
  await split({ config, rows: rows[0], labels: join(labels, 'BTCUSDT.parquet'), out: alone });
  await assert.rejects(
    verify({ ...learned, splits: alone }),
    /instruments: expected rows of BTCUSDT, ETHUSDT divided at once, found those of BTCUSDT/,
  );
});

test('evaluate and calibrate go over all of them, and say how many rows are whose', async () => {
  const { config, labels, splits, artefact, predictions } = whole.learned;
  const { splits: measured } = await evaluate({ predictions, labels, splits, artefact });
  const held = measured.find(({ name }) => name === 'test');
  assert.ok(held !== undefined && held.symbols['BTCUSDT'] > 0 && held.symbols['ETHUSDT'] > 0);
  assert.equal(held.rows, held.symbols['BTCUSDT'] + held.symbols['ETHUSDT']);
  const out = at('calibrated.json');
  const calibrated = await calibrate({ config, predictions, labels, splits, artefact, out });
  assert.equal(calibrated.rows, calibrated.symbols['BTCUSDT'] + calibrated.symbols['ETHUSDT']);
  const [own, found] = [artefact, out].map((file) => readArtefact(file).decision);
  assert.deepEqual([found?.threshold, found?.calibration], [own?.threshold, own?.calibration]);
});

test('an artefact lists its instruments and refuses others, unless it is for any; what it was fitted on it says in either case', async () => {
  const { config, rows, splits, artefact, model } = whole.learned;
  const { instruments, training } = readArtefact(artefact);
  assert.ok(instruments !== 'any');
  assert.deepEqual(
    instruments.map(({ symbol }) => symbol),
    ['BTCUSDT', 'ETHUSDT'],
  );
  assert.deepEqual(
    training.instruments?.map(({ symbol }) => symbol),
    ['BTCUSDT', 'ETHUSDT'],
  );
  const sum = training.instruments.reduce((total, own) => total + own.rows, 0);
  assert.equal(sum, training.rows);

  await buildSymbols({ config, trades: { SOLUSDT: trades.ETHUSDT }, out: at('others') });
  const others = { rows: at('others', 'SOLUSDT'), model, out: at('others.parquet') };
  await assert.rejects(predict({ ...others, artefact }), /the instrument BTCUSDT, ETHUSDT, found SOLUSDT/);
  await assert.rejects(
    predict({ ...others, rows: [...rows, others.rows], artefact, out: at('others-predictions') }),
    /the instrument BTCUSDT, ETHUSDT, found SOLUSDT/,
  );
  assert.ok(!existsSync(at('others-predictions')));
  const any = await fit({ config, rows, splits, instruments: 'any', out: at('any.json') });
  assert.equal(any.instruments, 'any');
  assert.deepEqual(readArtefact(at('any.json')).training.instruments, training.instruments);
  const labels = whole.learned.labels;
  await train({ config, rows, labels, splits, artefact: at('any.json'), out: at('any.onnx') });
  const served = await predict({ ...others, artefact: at('any.json'), model: at('any.onnx') });
  assert.ok(served.predicted > 50);
  const one = await fit({ config, rows: rows[0], out: at('one.json') });
  assert.equal(one.training.instruments, undefined);
});

test('an instrument whose data begins later has no training rows, which is said, and is judged all the same', async () => {
  const { time } = await readColumns(at('rows', 'BTCUSDT', 'rows.parquet'), ['time']);
  const young = { BTCUSDT: trades.BTCUSDT, NEWUSDT: [at('young.parquet')] };
  const start = time[Math.floor(time.length * 0.85)];
  await writeTrades(at('young.parquet'), simulate({ trades: 8_000, seed: 13, price: 10, start }));
  await buildSymbols({ config: simulated, trades: young, out: at('rows') });
  const rows = [at('rows', 'NEWUSDT'), at('rows', 'BTCUSDT')];
  const { learned, fitted, trained, predicted } = await learn('young', simulated, young, rows);
  assert.equal(fitted.symbols['NEWUSDT'].training, 0);
  assert.deepEqual(trained.symbols['NEWUSDT'].train, 0);
  assert.ok(predicted.symbols['NEWUSDT'].predicted > 50);
  const { predictions, labels, splits, artefact, config } = learned;
  const { splits: measured } = await evaluate({ predictions, labels, splits, artefact });
  assert.ok((measured.find(({ name }) => name === 'test')?.symbols['NEWUSDT'] ?? 0) > 20);
  assert.ok((await verify({ config, rows, labels, splits, artefact, predictions })).holds);
});

test('exported windows stay within an instrument; the table and the manifest say whose rows are whose', async () => {
  const { config, rows, labels, splits, artefact } = whole.learned;
  const out = at('dataset');
  const { symbols, sequence, files } = await exportDataset({ config, rows, labels, splits, artefact, out });
  assert.ok(symbols !== undefined);
  const { BTCUSDT: first, ETHUSDT: second } = symbols;
  assert.deepEqual([first.from, first.to, second.to], [0, second.from, files['values.npy'].shape[0]]);
  const ends = new BigInt64Array(
    new Uint8Array(bytes(join(out, 'ends.npy')).subarray(-8 * files['ends.npy'].shape[0])).buffer,
  );
  assert.ok(ends.some((end) => end < second.from) && ends.some((end) => end >= second.from));
  assert.ok(ends.every((end) => end < second.from || end - BigInt(sequence.length) + 1n >= second.from));
  const { time } = await readColumns(join(out, 'table.parquet'), ['time']);
  assert.equal(
    time.findIndex((t, i) => i > 0 && t < time[i - 1]),
    second.from,
  );
});

test('what does not belong together is refused by name', async () => {
  const { config, rows, labels, splits, artefact } = whole.learned;
  const [btc, eth] = rows;
  const out = at('refused');
  await assert.rejects(label({ config, rows, trades: trades.BTCUSDT, out }), /trades by symbol for rows of several/);
  await assert.rejects(
    label({ config, rows, trades: { BTCUSDT: trades.BTCUSDT }, out }),
    /trades of ETHUSDT, as the rows, found none/,
  );
  await assert.rejects(
    label({ config, rows, trades: { ...trades, SOLUSDT: trades.ETHUSDT }, out }),
    /trades of BTCUSDT, ETHUSDT, as the rows, found of SOLUSDT/,
  );
  await assert.rejects(label({ config, rows, trades, out: `${out}.parquet` }), /the name of a directory/);
  await assert.rejects(
    split({ config, rows: [btc, btc], labels, out }),
    /rows of another instrument than .*found BTCUSDT/,
  );
  await assert.rejects(
    split({ config, rows, labels: join(labels, 'BTCUSDT.parquet'), out }),
    /a directory with a file for each instrument/,
  );
  await assert.rejects(fit({ config, rows: eth, splits, out }), /the instrument ETHUSDT, found BTCUSDT/);
  await assert.rejects(fit({ config, rows: [], out }), /expected a directory that build wrote, found none/);
  const longer = { ...config, features: { ...config.features, short: ['close', 'sma(close, 6) / close - 1 as away'] } };
  await buildSymbols({ config: longer, trades: { ETHUSDT: trades.ETHUSDT }, out: at('longer') });
  await assert.rejects(fit({ config, rows: [btc, at('longer', 'ETHUSDT')], out }), /longer.*expected .*found/s);
  const other = at('btc-artefact.json');
  await fit({ config, rows: btc, out: other });
  await assert.rejects(
    train({ config, rows, labels, splits, artefact: other, out }),
    /the instrument BTCUSDT, found ETHUSDT/,
  );
  assert.ok(!existsSync(out) && existsSync(artefact));
  rmSync(other);
});
