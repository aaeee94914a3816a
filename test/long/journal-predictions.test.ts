import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createJournal } from '../../packages/minotaur/src/journal/writer.ts';
import { simulate } from '../../packages/minotaur/src/files/simulate.ts';
import { openTrades } from '../../packages/minotaur/src/files/trades/trade-source.ts';
import { writeTrades } from '../../packages/minotaur/src/files/trades/write-trades.ts';
import type { Prediction } from '../../packages/core/src/live/predictor.ts';
import type { Recorder } from '../../packages/core/src/live/record.ts';
import type { RecordedSession } from '../../packages/core/src/live/recording.ts';
import { sliceTrades } from '../../packages/core/src/trades/trade.ts';
import type { ShadowResult } from '../../packages/minotaur/src/verify/shadow/shadow.ts';
import { minotaur, run } from '../cli.ts';
import { at, make, sequences, sessionOf, type Made } from '../predicting.ts';

/** Records the first trades of a file, with a restart from a snapshot; returns the predictions made. */
async function record(made: Made, journal: string, change: (prediction: Prediction) => Prediction): Promise<number> {
  const recorder = (): Recorder => {
    const inner = createJournal(journal);
    return { ...inner, prediction: (prediction, ordinal) => inner.prediction(change(prediction), ordinal) };
  };
  let { session, close } = await sessionOf(made, recorder());
  const source = await openTrades([made.trades]);
  let predictions = 0;
  let pushed = 0;
  for await (const { block } of source.blocks()) {
    for (let i = 0; i < block.length && pushed < 60_000; i++, pushed++) {
      for (const { probability } of await session.push(sliceTrades(block, i, i + 1))) predictions += +(probability > 0);
      if (pushed !== 40_000) continue;
      // Killed: the session is not stopped.
      const state = session.snapshot();
      await close();
      ({ session, close } = await sessionOf(made, recorder()));
      session.restore(state);
    }
  }
  (session as RecordedSession).stop();
  source.close();
  await close();
  return predictions;
}

const simulated = at('trades.parquet');
await writeTrades(simulated, simulate({ trades: 150_000, seed: 11 }));

test('a recorded session is held against history, predictions included; one bit of one prediction is found', async () => {
  const made = make('sequences', simulated, sequences);
  const flags = ['--config', made.config, '--artefact', made.artefact, '--model', made.model, '--json'];
  interface Told {
    readonly holds: boolean;
    readonly checks: readonly ShadowResult[];
  }
  assert.ok((await record(made, at('journal'), (prediction) => prediction)) > 100);
  const sound = JSON.parse(minotaur('verify', '--journal', at('journal'), ...flags).stdout) as Told;
  assert.ok(sound.holds, JSON.stringify(sound));
  const { sessions, cutSessions, rows, predictions, snapshots } = sound.checks[0].code.counts;
  assert.deepEqual(
    { sessions, cutSessions, predictions, snapshots },
    { sessions: 2, cutSessions: 1, predictions: rows, snapshots: 1 },
  );
  let n = 0;
  const one = (prediction: Prediction): Prediction =>
    prediction.probability > 0 && ++n === 60
      ? { ...prediction, probability: prediction.probability * (1 + 2 ** -52) }
      : prediction;
  await record(made, at('journal-other'), one);
  const { status, stdout } = minotaur('verify', '--journal', at('journal-other'), ...flags);
  assert.equal(status, 1);
  const [other] = (JSON.parse(stdout) as Told).checks;
  assert.deepEqual([other.code.differences, other.code.counts.predictionsDiffer], [1, 1]);
  assert.match(
    other.code.first?.message ?? '',
    /the probability of time \d+: expected [\d.]+ \(0x[0-9a-f]{16}\), found/,
  );
  // A replay records its predictions too.
  const replay = ['--trades', made.trades, ...flags.slice(0, 6), '--limit', '60000', '--journal', at('journal-replay')];
  run('replay', ...replay, '--out', at('journal-out'));
  const replayed = JSON.parse(minotaur('verify', '--journal', at('journal-replay'), ...flags).stdout) as Told;
  assert.ok(replayed.holds && replayed.checks[0].code.counts.predictions === rows, JSON.stringify(replayed));
});
