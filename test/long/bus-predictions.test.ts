/** Predictions of workers that die on the way: those of a session over the same trades, bit for bit, each once. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { createPredictor, type Prediction } from '../../packages/core/src/live/predictor.ts';
import { decodePredictions } from '../../packages/minotaur/src/bus/codec/rows.ts';
import { createPredictionReader } from '../../packages/minotaur/src/bus/recovery/prediction-reader.ts';
import { createChains, type Chains } from '../../packages/minotaur/src/bus/worker/chains.ts';
import { workPartition } from '../../packages/minotaur/src/bus/worker/partition.ts';
import { produce } from '../../packages/minotaur/src/bus/worker/produce.ts';
import { loadConfig } from '../../packages/minotaur/src/files/config-file.ts';
import { tradesSource } from '../../packages/minotaur/src/runs/bus/sources.ts';
import { simulate } from '../../packages/minotaur/src/files/simulate.ts';
import { simulate as simulateFile } from '../../packages/minotaur/src/runs/simulate.ts';
import { openModelOf } from '../../packages/minotaur/src/runtime/artefact-model.ts';
import { readArtefact } from '../../packages/minotaur/src/store/artefact.ts';
import { initBus } from '../../packages/minotaur/src/runs/bus/init.ts';
import { produceToBus } from '../../packages/minotaur/src/runs/bus/produce.ts';
import { tailBus, type TailedPrediction } from '../../packages/minotaur/src/runs/bus/tail.ts';
import { verifyBus } from '../../packages/minotaur/src/runs/bus/verify.ts';
import { startBrokers, whyNoBrokers, type Brokers } from '../bus/brokers.ts';
import { busFiles } from '../bus/trial.ts';
import { MAIN, nodeArguments } from '../cli.ts';
import { memoryLog, type MemoryLog } from '../memory-log.ts';
import { at, make, sequences, sessionOf } from '../predicting.ts';

const TRADES = { trades: 150_000, seed: 11 };
const trades = at('trades.csv.gz');
await simulateFile({ ...TRADES, out: trades });
const made = make('bus', trades, sequences);

/** What a session that nothing disturbs predicts. */
async function expectedOf(): Promise<Prediction[]> {
  const { session, close } = await sessionOf(made);
  const predictions: Prediction[] = [];
  for (const block of simulate(TRADES)) predictions.push(...(await session.push(block, { maxSilence: Infinity })));
  await close();
  return predictions;
}

function readPredictions(log: MemoryLog) {
  const reader = createPredictionReader();
  const predictions: Prediction[] = [];
  let repeats = 0;
  for (const { value, offset } of log.records('predictions')) {
    const { predictions: fresh, repeated } = reader.take(decodePredictions(value, `at ${offset}`), `at ${offset}`);
    predictions.push(...fresh);
    repeats += repeated;
  }
  return { predictions, repeats };
}

/** Owners one after the other, each but the last of which dies somewhere. */
async function work(log: MemoryLog, chains: Chains, deaths: number): Promise<void> {
  const ears = { onBegun() {}, onFailed: (_: number, error: Error) => assert.fail(error), onCovered() {} };
  const events = log.records('events').length;
  for (let life = 0; ; life++) {
    const isLast = life === deaths;
    const worked = workPartition({ log, feed: log, partition: 0, chains, snapshotSeconds: 0.3, ears });
    const enough = isLast ? events : Math.floor((events * (life + 1)) / (deaths + 1));
    while ((worked.shard()?.position ?? 0) < enough) await setTimeout(1);
    await worked.stop(isLast ? 'hand over' : 'at once');
    if (isLast) return;
  }
}

test('predictions of workers that die are those of a session, and each is there', async () => {
  const { config } = await loadConfig(made.config);
  const artefact = readArtefact(made.artefact);
  const model = await openModelOf(artefact, made.model);
  const log = memoryLog();
  const { signal } = new AbortController();
  await produce(log, [tradesSource(config, 'TEST', [trades])], { hasSnapshots: false, batch: 300, signal });
  const chains = createChains(config, () => createPredictor(artefact, model));
  await work(log, chains, 4);
  await model.close();
  const { predictions, repeats } = readPredictions(log);
  const expected = await expectedOf();
  assert.ok(expected.filter(({ probability }) => probability > 0).length > 100, `${expected.length} predictions`);
  assert.deepEqual(predictions, expected);
  assert.ok(repeats > 0, 'nothing was written again');
});

const missing = await whyNoBrokers();

void describe('a bus with a broker', { skip: missing }, () => {
  let brokers: Brokers | undefined;
  after(async () => brokers?.stop());

  test('minotaur worker --artefact --model, killed once: bus verify holds, bus tail shows them', async () => {
    brokers = await startBrokers(at('broker'), 1, 20_690);
    const { bus, settings } = busFiles(brokers, at('desk'), 'desk');
    const { artefact, model, config } = made;
    const of = { bus, settings, config, artefact, model };
    const { topics } = await initBus(of);
    assert.ok(topics.some(({ topic }) => /^desk\.predictions\.[0-9a-f]{12}\.[0-9a-f]{12}$/.test(topic)));
    await produceToBus({ bus, settings, config, trades: { TEST: [trades] }, batch: 300 });
    const flags = ['--artefact', artefact, '--model', model, '--config', config, '--bus', bus, '--settings', settings];
    const start = () =>
      spawn(process.execPath, [...nodeArguments, MAIN, 'worker', ...flags, '--port', '0'], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
    const first = start();
    for await (const chunk of first.stderr) if (String(chunk).includes('begun in')) break;
    await setTimeout(300);
    first.kill('SIGKILL');
    const second = start();
    second.stderr.resume();
    try {
      const { onPrediction, said } = collected();
      const expected = await expectedOf();
      const signal = AbortSignal.timeout(60_000);
      await tailBus({ ...of, fromStart: true, limit: expected.length, signal, onPrediction });
      assert.deepEqual(said, expected);
      const verified = await verifyBus(of);
      assert.equal(verified.holds, true);
      const [{ predictions }] = verified.chains;
      assert.deepEqual(predictions, { expected: expected.length, found: expected.length, differs: null });
      second.kill('SIGTERM');
      assert.deepEqual(await once(second, 'exit'), [0, null]);
    } finally {
      second.kill('SIGKILL');
    }
  });
});

function collected() {
  const said: Prediction[] = [];
  return { said, onPrediction: ({ chain: _c, epoch: _e, ordinal: _o, ...one }: TailedPrediction) => said.push(one) };
}
