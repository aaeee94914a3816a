/** A model that fails in the midst of the rows of one event: all of them are served and on record, and those behind it are predicted. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { createPredictor, type Prediction } from 'minotaur-core/internal/live/predictor';
import type { Model } from 'minotaur-core/internal/model/port';
import { copyTrades, sliceTrades, tradeAt } from 'minotaur-core/internal/trades/trade';
import { createChains } from '../../bus/worker/chains.ts';
import { simulate } from '../../files/simulate.ts';
import { openJournal } from '../../journal/reader.ts';
import { servedOf } from '../../store/served-model.ts';
import { processSurroundings } from '../../venues/wire/surroundings.ts';
import { learnFrom } from '../../verify/faults/learned-fixture.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { factsOf } from '../publication/facts.ts';
import { createPublication } from '../publication/publication.ts';
import type { SupervisorNote } from './notes.ts';
import { createPump } from './pump.ts';
import { openLiveChain } from './session-chain.ts';
import { countUnpredicted, createUnpredicted } from './unpredicted.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-unpredicted-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const input = {
  symbol: 'AAA',
  clocks: { s: { bars: 'tick', threshold: 10 } },
  features: { s: ['close', 'sma(close, 5)'] },
  label: { method: 'horizon', after: 8 },
  sequence: { length: 2 },
  model: { kind: 'logistic', calibration: 'none' },
} as const;
const config = parseConfig(input);
const market = copyTrades([...simulate({ trades: 40_000, seed: 5 })][0]);
const { serving } = await learnFrom(input, [market]);
const { artefact } = serving;

/** The model of the artefact, which throws at its calls with these numbers. */
async function failingAt(...calls: readonly number[]): Promise<Model> {
  const model = await serving.openModel();
  let made = 0;
  return {
    ...model,
    predict: (row) => (calls.includes(++made) ? Promise.reject(new Error('out of memory')) : model.predict(row)),
  };
}

/** Predictions of all rows of `trades` by a model that never fails. */
async function sound(trades: number): Promise<readonly Prediction[]> {
  return (await workedBy(await serving.openModel(), trades)).predictions;
}

/** What a worker of a bus makes of trades that were taken as one. */
async function workedBy(model: Model, trades: number) {
  const chain = createChains(config, () => createPredictor(artefact, model)).open('AAA', 0, undefined);
  const block = sliceTrades(market, 0, trades);
  const origin = { text: '', maxSilence: NaN };
  const event = { kind: 'trades', instrument: 0, origin, block, arrival: undefined } as const;
  return chain.take({ chain: 'AAA', epoch: 0, first: 0, instruments: ['AAA'], events: [event] }, 0);
}

const failed = ({ refusal }: Prediction): boolean => refusal === 'the model failed: out of memory';

function requireSound(found: readonly Prediction[], expected: readonly Prediction[], failures: number): void {
  assert.equal(found.length, expected.length);
  assert.equal(found.filter(failed).length, failures);
  found.forEach((one, i) => failed(one) || assert.deepEqual(one, expected[i]));
}

test('a worker of a bus writes all rows, each with its prediction or with why there is none', async () => {
  const expected = await sound(1000);
  assert.ok(expected.filter(({ refusal }) => refusal === undefined).length > 50, JSON.stringify(expected.slice(-2)));
  const { rows, predictions } = await workedBy(await failingAt(3, 4, 20), 1000);
  assert.equal(rows.length, 100);
  requireSound(predictions, expected, 3);
});

test('a live session serves them, tells of the model once, and predicts the next row', async () => {
  const journal = join(folder, 'live');
  const around = processSurroundings();
  const predicting = { artefact, model: await failingAt(3, 4, 20), served: servedOf(artefact, 'a'.repeat(64)) };
  const plan = createChains(config).plan;
  const publication = createPublication(factsOf(plan, 'test'), { now: around.wall });
  const chain = await openLiveChain({ config, journal, publication, predicting });
  publication.open();
  const notes: SupervisorNote[] = [];
  const metrics = await createMetrics();
  const tell = createUnpredicted((note) => notes.push(note));
  const pump = createPump({
    chain,
    publication,
    around,
    onPredictions(predictions) {
      countUnpredicted(metrics, predictions);
      tell(predictions);
    },
    originOf: (_, way) => way,
    onRefused: (_, error) => assert.fail(error),
    isBroken: () => false,
    onBroken: (error) => assert.fail(String(error)),
  });
  for (let i = 0; i < 1000; i++)
    pump.trade('AAA', { trade: tradeAt(market, i), arrival: market.time[i - (i % 50)], way: 'stream' });
  await pump.idle();
  assert.equal(publication.recent.rows.next, 100);
  chain.stop();
  const predictions: Prediction[] = [];
  for (const { record } of openJournal(journal).records()) {
    assert.notEqual(record.kind, 'refused');
    if (record.kind === 'prediction') predictions.push(record.prediction);
  }
  requireSound(predictions, await sound(1000), 3);
  const told = notes.map((note) => (note.what === 'unpredicted' ? note.why : note.what));
  const why = 'the model failed: out of memory';
  assert.deepEqual(told, [why, null, why, null]);
  const text = await metrics.text();
  assert.match(text, /^minotaur_unpredicted_total\{by="model"\} 3$/m);
  const notReady = predictions.filter(({ refusal = '' }) => refusal.startsWith('not ready')).length;
  assert.match(text, new RegExp(`^minotaur_unpredicted_total\\{by="row"\\} ${notReady}$`, 'm'));
});

test('a snapshot is asked for while a model takes its time: it is taken behind all predictions of the event', async () => {
  const journal = join(folder, 'slow');
  const around = processSurroundings();
  let release = (): void => {};
  const model = await serving.openModel();
  const gate = new Promise<void>((resolve) => (release = resolve));
  const slow = { ...model, predict: async (row: Float32Array) => (await gate, model.predict(row)) };
  const predicting = { artefact, model: slow, served: servedOf(artefact, 'a'.repeat(64)) };
  const publication = createPublication(factsOf(createChains(config).plan, 'test'), { now: around.wall });
  const chain = await openLiveChain({ config, journal, publication, predicting });
  const pump = createPump({
    chain,
    publication,
    around,
    originOf: (_, way) => way,
    onRefused: (_, error) => assert.fail(error),
    isBroken: () => false,
    onBroken: (error) => assert.fail(String(error)),
  });
  for (let i = 0; i < 200; i++)
    pump.trade('AAA', { trade: tradeAt(market, i), arrival: market.time[0], way: 'stream' });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(pump.waiting, 1);
  const taken = pump.between(async () => chain.snapshot());
  release();
  await taken;
  await pump.idle();
  assert.equal(pump.waiting, 0);
  chain.stop();
  const kinds = [...openJournal(journal).records()].map(({ record }) => record.kind);
  assert.equal(kinds.filter((kind) => kind === 'prediction').length, 20);
  assert.ok(kinds.indexOf('snapshot') > kinds.lastIndexOf('prediction'), kinds.join(' '));
});
