/** The loop over a program in plain TypeScript: logistic regression by Adam, with dropout of its inputs. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { distributions, sfc32 } from 'minotaur-core/internal/base/random';
import { checkpointStep, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { runLoop, stepsOf, type Loop, type LoopSettings } from './loop.ts';
import { createBatch, type Samples, type TrainingData } from './sequences.ts';
import type { ProgramSession } from './session.ts';
import { beginning, bestOf, type LoopState } from './state.ts';

const folder = mkdtempSync(join(tmpdir(), 'loop-'));
after(() => rmSync(folder, { recursive: true }));

const [LENGTH, WIDTH, BATCH] = [2, 3, 8];
const INPUTS = LENGTH * WIDTH;
const SIZE = INPUTS + 1;
const masks = [{ shape: [BATCH, INPUTS], rate: 0.25, offset: 0 }];
const columns = ['a', 'b', 'c'];
/** 2024-01-01, in microseconds. */
const DAY = 1_704_067_200_000_000;

/** 83 sequences to learn from, 40 to be judged by; the label is likely where two of the values are large. */
function makeData(): TrainingData {
  const random = distributions(sfc32(3));
  const values = Float32Array.from({ length: 130 * WIDTH }, () => random.normal());
  const samples = (from: number, count: number): Samples => {
    const ends = Int32Array.from({ length: count }, (_, i) => from + i);
    const labels = Float32Array.from(ends, (end) =>
      values[end * WIDTH] + values[(end - 1) * WIDTH + 1] + 0.5 * random.normal() > 0 ? 1 : 0,
    );
    return { ends, times: Float64Array.from(ends, (end) => DAY + end * 1_000_000), labels };
  };
  return { values, width: WIDTH, length: LENGTH, train: samples(1, 83), validation: samples(85, 40) };
}

const data = makeData();
const program = {
  size: SIZE,
  statistics: 1,
  masks,
  initial: () => ({ p: new Float32Array(SIZE), s: new Float32Array(1) }),
};
const settings: LoopSettings = {
  learningRate: 0.05,
  weightDecay: 0.001,
  warmup: 0.1,
  schedule: 'cosine',
  emaDecay: 0.9,
  epochs: 6,
  patience: 3,
  seed: 5,
};

/** s counts what was counted. */
function openSession(): ProgramSession {
  const batch = createBatch(data, BATCH);
  const mask = new Float32Array(BATCH * INPUTS);
  const h = new Float32Array(5);
  const scoreOf = (p: Float32Array, row: number, masked: boolean): number => {
    let z = p[INPUTS];
    for (let i = 0; i < INPUTS; i++) z += p[i] * batch.x[row * INPUTS + i] * (masked ? mask[row * INPUTS + i] : 1);
    return z;
  };
  const lossOf = (z: number, y: number): number => Math.log1p(Math.exp(-Math.abs(z))) + Math.max(z, 0) - y * z;
  return {
    batch,
    masks: mask,
    h,
    async step(from, to) {
      const gradient = new Float64Array(SIZE);
      let [loss, rows] = [0, 0];
      for (let r = 0; r < BATCH; r++) {
        const z = scoreOf(from.p, r, true);
        const slope = batch.w[r] * (1 / (1 + Math.exp(-z)) - batch.y[r]);
        loss += batch.w[r] * lossOf(z, batch.y[r]);
        rows += batch.w[r];
        for (let i = 0; i < INPUTS; i++) gradient[i] += slope * batch.x[r * INPUTS + i] * mask[r * INPUTS + i];
        gradient[INPUTS] += slope;
      }
      for (let i = 0; i < SIZE; i++) {
        const g = gradient[i] / rows;
        to.m[i] = 0.9 * from.m[i] + 0.1 * g;
        to.v[i] = 0.999 * from.v[i] + 0.001 * g * g;
        const way = (to.m[i] * h[2]) / (Math.sqrt(to.v[i]) * h[3] + 1e-8);
        to.p[i] = from.p[i] - h[0] * (way + h[1] * from.p[i]);
        to.e[i] = h[4] * from.e[i] + (1 - h[4]) * to.p[i];
      }
      to.s[0] = from.s[0] + rows;
      return { loss: loss / rows, norm: Math.hypot(...gradient) / rows };
    },
    async evaluate({ p }) {
      const logits = Float32Array.from({ length: BATCH }, (_, r) => scoreOf(p, r, false));
      return { logits, losses: logits.map((z, r) => lossOf(z, batch.y[r])) };
    },
    close: async () => {},
  };
}

const watchless: Loop['watch'] = { every: 1000, keep: () => {}, left: () => 'no checkpoint is left' };
const loopOf = (watch: Partial<Loop['watch']> = {}, own: Partial<LoopSettings> = {}): Loop => {
  return {
    program,
    session: openSession(),
    data,
    columns,
    settings: { ...settings, ...own },
    watch: { ...watchless, ...watch },
  };
};

async function undisturbed(): Promise<LoopState> {
  const state = beginning(program, settings.seed);
  await runLoop(loopOf(), state);
  return state;
}

test('an epoch is every row once, in an order of its own; the rest of the last batch counts nothing', async () => {
  const state = await undisturbed();
  const { curve, step } = state.place;
  assert.equal(stepsOf(data, BATCH), 11);
  assert.equal(step, 11 * curve.length);
  assert.equal(state.vectors.s[0], 83 * curve.length);
  assert.ok(curve[curve.length - 1].trainLoss < curve[0].trainLoss);
  assert.ok(Math.max(...curve.map(({ auc }) => auc)) > 0.85);
});

test('stopped after any step and gone on with from a checkpoint: the same bits, the curve among them', async () => {
  const whole = await undisturbed();
  const identity = { seed: settings.seed };
  for (let stop = 1; stop < whole.place.step; stop += 7) {
    const path = join(folder, `${stop}.checkpoint`);
    const controller = new AbortController();
    const first = beginning(program, settings.seed);
    const watch: Partial<Loop['watch']> = {
      signal: controller.signal,
      every: 5,
      keep: (state) => writeCheckpoint(path, identity, state),
      onStep: (step) => step === stop && controller.abort(new Error('killed')),
    };
    await assert.rejects(runLoop(loopOf(watch), first), /killed/);
    const again = beginning(program, settings.seed);
    const kept = Math.floor(stop / 5) * 5;
    assert.equal(checkpointStep(path), kept === 0 ? undefined : kept);
    if (kept > 0) readCheckpoint(path, identity, again);
    await runLoop(loopOf(), again);
    assert.deepEqual(again, whole, `stopped after step ${stop}`);
  }
});

test('training ends when validation has not got better, and the best weights are those of the best epoch', async () => {
  const state = beginning(program, 1);
  const bests: Float32Array[] = [];
  const onEpoch = (): void => void bests.push(state.best.p.slice());
  const ending = await runLoop(loopOf({ onEpoch }, { learningRate: 1, epochs: 200, patience: 4, emaDecay: 0 }), state);
  const { curve } = state.place;
  assert.equal(ending, 'patience');
  assert.equal(curve.length, bestOf(curve) + 4);
  assert.deepEqual(state.best.p, bests[bestOf(curve) - 1]);
});

test('a loss that is no number ends the training, and says where and by which column', async () => {
  const values = data.values.slice();
  values[20 * WIDTH + 1] = NaN;
  const loop: Loop = { ...loopOf({ left: () => 'the checkpoint of step 5 is left' }), data: { ...data, values } };
  const state = beginning(program, 5);
  await assert.rejects(
    runLoop(loop, state),
    /step \d+ of epoch 1, sequences that end at 2024-01-01T00:0\d:\d\d.*, .*expected a finite loss and gradient, found loss NaN.*column b is NaN; the checkpoint of step 5/,
  );
  assert.ok(state.vectors.p.every(Number.isFinite), 'the weights are those before the step');
});

test('a checkpoint of another training is refused by the first difference, and a changed one as that', () => {
  const path = join(folder, 'other.checkpoint');
  const state = beginning(program, 1);
  writeCheckpoint(path, { 'model.batch': 8, 'model.seed': 1, rows: 'aa' }, state);
  assert.throws(
    () => readCheckpoint(path, { 'model.batch': 8, 'model.seed': 2, rows: 'bb' }, state),
    /model\.seed: expected 2, as of this training, found 1/,
  );
  const bytes = readFileSync(path);
  bytes[bytes.length - 40] ^= 1;
  writeFileSync(path, bytes);
  assert.throws(() => readCheckpoint(path, {}, state), /expected bytes as they were written, found changed ones/);
  writeFileSync(path, 'something else');
  assert.throws(() => checkpointStep(path), /expected a file that train wrote/);
});
