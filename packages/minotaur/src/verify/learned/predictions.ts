/**
 * From trades to predictions: what the model is given and what comes of its answer is the same in history and live, and is what
 * the artefact says.
 *
 * A violation: a model in service is given features, or a window of them, that it was not trained on, or its answer is calibrated
 * or judged in another way. Usual causes: missing values filled in by the live code, columns in another order, a sequence that
 * runs across a gap, a scaler that goes on learning.
 *
 * Compared: three ways, row by row: as history (rows by the block, one predictor over them), as a live session (one event at a
 * time), and naively (each row's features and window put together anew). Inputs, answers and refusals have to be the same bits.
 *
 * Not found: another processor's model kernels: predictions are compared on the machine at hand.
 */
import { sameBits } from 'minotaur-core/internal/base/canonical';
import { transformOf, type Prediction, type Predictor } from 'minotaur-core/internal/live/predictor';
import { joinSession, type Session } from 'minotaur-core/internal/live/session';
import type { Model } from 'minotaur-core/internal/model/port';
import { appendRows, type Row, type RowFlags } from 'minotaur-core/internal/rows/row';
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import type { Feed } from 'minotaur-core/internal/chain/contract';
import { result, type Check, type CheckContext, type CheckResult } from '../harness/check.ts';
import { divergenceOf, type Divergence } from '../harness/divergence.ts';
import type { Serving } from '../harness/learned.ts';
import { sidesOf } from '../harness/sides.ts';
import type { Stretch } from '../harness/stretch.ts';
import { createNaivePredictor, type NaivePredictor } from './naive-predictor.ts';

/** A row and what came of it. */
interface Seen {
  readonly values: Float64Array;
  readonly flags: RowFlags;
  /** What the model was given; empty where it was not asked. */
  readonly input: Float32Array;
  readonly prediction: Prediction;
}

export const predictions: Check = {
  name: 'predictions',
  law: 'transform, sequence, model and calibration give history and live the same bits, and are what they say',
  async run(context: CheckContext): Promise<CheckResult> {
    const { serving } = context;
    if (serving === undefined) return result(this, { values: 0 }, null);
    const model = await serving.openModel();
    try {
      return await compareAll(this, context, serving, model);
    } finally {
      await model.close();
    }
  },
};

async function compareAll(check: Check, context: CheckContext, serving: Serving, model: Model): Promise<CheckResult> {
  const sides = sidesOf(context);
  const { artefact } = serving;
  const rows: Row[] = [];
  const engine = sides.historical({ onRows: (block) => appendRows(rows, block) });
  const history = listen(model, (heard) => serving.historical(artefact, heard));
  const live = listen(model, (heard) => serving.live(artefact, heard));
  const session = joinSession(sides.live, live.predictor);
  const naive = createNaivePredictor(artefact);
  const compared = { events: 0, rows: 0, predicted: 0, values: 0 };
  for await (const stretch of context.open()) {
    rows.length = history.seen.length = live.seen.length = 0;
    stretch.push(engine, 0, stretch.length);
    for (const row of rows) await history.predictor.push(row.time, row.values, 0, row);
    for (let i = 0; i < stretch.length; i++) await pushOne(session, stretch, i);
    compared.events += stretch.length;
    context.onProgress?.(stretch.length);
    const first = firstOf(artefact, history.seen, live.seen, naive, compared);
    if (first !== undefined) return result(check, compared, first);
  }
  const same = Buffer.compare(history.predictor.snapshot(), session.snapshot().predictor) === 0;
  const first = same ? null : { message: 'predictions agree, the states after the last event differ' };
  return result(check, compared, first, ['events', 'rows', 'predicted']);
}

/** Hears what a predictor is given, gives to the model, and says. */
function listen(model: Model, make: (heard: Model) => Predictor): { predictor: Predictor; seen: Seen[] } {
  const seen: Seen[] = [];
  let input = new Float32Array(0);
  const inner = make({ ...model, predict: (given) => ((input = given.slice()), model.predict(given)) });
  const predictor: Predictor = {
    columns: inner.columns,
    async push(time, values, offset, flags) {
      input = new Float32Array(0);
      const prediction = await inner.push(time, values, offset, flags);
      seen.push({ values: values.slice(offset), flags, input, prediction });
      return prediction;
    },
    snapshot: () => inner.snapshot(),
    restore: (bytes) => inner.restore(bytes),
  };
  return { predictor, seen };
}

async function pushOne(session: Session, stretch: Stretch, i: number): Promise<void> {
  let pending: Promise<unknown> = Promise.resolve();
  const door: Feed = {
    push: (trades, facts) => void (pending = session.push(trades, facts)),
    pushBar: (bar, facts) => void (pending = session.pushBar(bar, facts)),
    advance: (time, facts) => void (pending = session.advance(time, facts)),
    hole: (hole, facts) => void (pending = session.hole(hole, facts)),
    release: (time, facts) => void (pending = session.release(time, facts)),
  };
  stretch.push(door, i, i + 1);
  await pending;
}

interface Amounts {
  rows: number;
  predicted: number;
  values: number;
}

type Difference = Divergence | { readonly message: string };

function firstOf(
  artefact: Artefact,
  past: readonly Seen[],
  now: readonly Seen[],
  naive: NaivePredictor,
  compared: Amounts,
): Difference | undefined {
  for (let i = 0; i < past.length; i++) {
    const row = compared.rows++;
    const { values, flags, prediction, input } = past[i];
    const history: Place = { artefact, row, side: 'history' };
    const live: Place = { artefact, row, side: 'live' };
    const should = naive.inputFor(prediction.time, values, flags.ready);
    const first =
      firstInput(history, should, past[i]) ??
      (now[i] === undefined
        ? { message: `row ${row}: expected a prediction or a refusal from the live session, found none` }
        : (firstInput(live, input, now[i]) ?? firstAnswer(live, prediction, now[i].prediction)));
    if (first !== undefined) return first;
    compared.values += 3 + input.length;
    if (prediction.refusal !== undefined) continue;
    compared.predicted++;
    const [calibrated, signal] = naive.decide(prediction.probability);
    const wrong = firstAnswer(history, { ...prediction, calibrated, signal }, prediction);
    if (wrong !== undefined) return wrong;
  }
  if (now.length > past.length)
    return { message: `expected ${past.length} rows from the live session, found ${now.length}` };
  return undefined;
}

/** Which row of which side is held against what it should be. */
interface Place {
  readonly artefact: Artefact;
  readonly row: number;
  readonly side: string;
}

/** What the model is given, feature by feature. */
function firstInput(
  { artefact, row, side }: Place,
  expected: Float32Array,
  { input: found, prediction: { time, refusal } }: Seen,
): Difference | undefined {
  if (expected.length !== found.length) {
    const say = (input: Float32Array): string =>
      input.length === 0 ? 'the model not asked' : `${input.length} values`;
    return {
      message: `row ${row}, ${side}: expected ${say(expected)}, found ${say(found)}${refusal === undefined ? '' : ` (${refusal})`}`,
    };
  }
  const at = found.findIndex((value, k) => !sameBits(value, expected[k]));
  if (at < 0) return undefined;
  const { columns } = transformOf(artefact);
  const back = artefact.sequence.length - 1 - Math.floor(at / columns.length);
  const feature = `${columns[at % columns.length]}${back === 0 ? '' : `, ${back} rows back`}, as ${side} gives it to the model`;
  return divergenceOf({ stage: 'inputs', row, time, feature, expected: expected[at], found: found[at] });
}

function firstAnswer({ row, side }: Place, expected: Prediction, found: Prediction): Difference | undefined {
  const { time } = found;
  if (expected.refusal !== found.refusal || expected.time !== time) {
    const say = (one: Prediction): string => `${one.refusal ?? 'a prediction'} at ${one.time}`;
    return { message: `row ${row}, ${side}: expected ${say(expected)}, found ${say(found)}` };
  }
  if (expected.complete !== found.complete)
    return { message: `row ${row}, ${side}: expected complete ${expected.complete}, found ${found.complete}` };
  for (const what of ['probability', 'calibrated', 'signal'] as const) {
    if (sameBits(expected[what], found[what])) continue;
    const feature = `${what}, ${side}`;
    return divergenceOf({ stage: 'predictions', row, time, feature, expected: expected[what], found: found[what] });
  }
  return undefined;
}
