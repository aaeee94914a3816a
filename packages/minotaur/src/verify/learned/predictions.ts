/**
 * From trades to predictions, three ways: as history (rows by the block, one predictor over them), as a live session (one
 * event at a time), and naively (each row's features and window put together anew). What the model is given and what comes
 * out have to be the same bits in all three, refusals included.
 */
import { bitsOf, sameBits } from 'minotaur-core/internal/base/canonical';
import { transformOf, type Prediction, type Predictor } from 'minotaur-core/internal/live/predictor';
import { joinSession, type Session } from 'minotaur-core/internal/live/session';
import type { Model } from 'minotaur-core/internal/model/port';
import { appendRows, type Row } from 'minotaur-core/internal/rows/row';
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import { NOTHING, result, sidesOf, type Check, type CheckContext, type CheckResult } from '../harness/check.ts';
import type { Stretch } from '../harness/feed.ts';
import type { Serving } from '../harness/learned.ts';
import { createNaivePredictor, type NaivePredictor } from './naive-predictor.ts';
import type { Divergence } from '../harness/trace.ts';
import type { Feed } from 'minotaur-core/internal/chain/contract';

/** A row and what came of it. */
interface Seen {
  readonly values: Float64Array;
  readonly ready: boolean;
  /** What the model was given; empty where it was not asked. */
  readonly input: Float32Array;
  readonly prediction: Prediction;
}

export const predictions: Check = {
  name: 'predictions',
  law: 'transform, sequence, model and calibration give history and live the same bits, and are what they say',
  async run(context: CheckContext): Promise<CheckResult> {
    const { serving } = context;
    if (serving === undefined) return result(this, { values: 0 }, NOTHING);
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
    for (const { time, values, ready } of rows) await history.predictor.push(time, values, 0, ready);
    for (let i = 0; i < stretch.length; i++) await pushOne(session, stretch, i);
    compared.events += stretch.length;
    context.onProgress?.(stretch.length);
    const first = firstOf(artefact, history.seen, live.seen, naive, compared);
    if (first !== undefined) return result(check, compared, first);
  }
  const same = Buffer.compare(history.predictor.snapshot(), session.snapshot().predictor) === 0;
  return result(
    check,
    compared,
    same ? null : { message: 'predictions agree, the states after the last event differ' },
  );
}

/** Hears what a predictor is given, gives to the model, and says. */
function listen(model: Model, make: (heard: Model) => Predictor): { predictor: Predictor; seen: Seen[] } {
  const seen: Seen[] = [];
  let input = new Float32Array(0);
  const inner = make({ ...model, predict: (given) => ((input = given.slice()), model.predict(given)) });
  const predictor: Predictor = {
    columns: inner.columns,
    async push(time, values, offset, ready) {
      input = new Float32Array(0);
      const prediction = await inner.push(time, values, offset, ready);
      seen.push({ values: values.slice(offset), ready, input, prediction });
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
  };
  stretch.push(door, i, i + 1);
  await pending;
}

type Compared = { rows: number; predicted: number; values: number };

function firstOf(
  artefact: Artefact,
  past: readonly Seen[],
  now: readonly Seen[],
  naive: NaivePredictor,
  compared: Compared,
): Divergence | { message: string } | undefined {
  for (let i = 0; i < past.length; i++) {
    const row = compared.rows++;
    const { values, ready, prediction, input } = past[i];
    const should = naive.inputFor(prediction.time, values, ready);
    const first =
      firstInput(artefact, row, should, input, prediction, 'history') ??
      (now[i] === undefined
        ? { message: `row ${row}: expected a prediction or a refusal from the live session, found none` }
        : (firstInput(artefact, row, input, now[i].input, now[i].prediction, 'live') ??
          firstAnswer(row, prediction, now[i].prediction, 'live')));
    if (first !== undefined) return first;
    compared.values += 3 + input.length;
    if (prediction.refusal !== undefined) continue;
    compared.predicted++;
    const [calibrated, signal] = naive.decide(prediction.probability);
    const wrong = firstAnswer(row, { ...prediction, calibrated, signal }, prediction, 'history');
    if (wrong !== undefined) return wrong;
  }
  if (now.length > past.length)
    return { message: `expected ${past.length} rows from the live session, found ${now.length}` };
  return undefined;
}

/** What the model is given, feature by feature. */
function firstInput(
  artefact: Artefact,
  row: number,
  expected: Float32Array,
  found: Float32Array,
  { time, refusal }: Prediction,
  side: string,
): Divergence | { message: string } | undefined {
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
  return divergence('inputs', row, time, feature, expected[at], found[at]);
}

function firstAnswer(
  row: number,
  expected: Prediction,
  found: Prediction,
  side: string,
): Divergence | { message: string } | undefined {
  if (expected.refusal !== found.refusal || expected.time !== found.time) {
    const say = ({ time, refusal }: Prediction): string => `${refusal ?? 'a prediction'} at ${time}`;
    return { message: `row ${row}, ${side}: expected ${say(expected)}, found ${say(found)}` };
  }
  for (const what of ['probability', 'calibrated', 'signal'] as const) {
    if (!sameBits(expected[what], found[what]))
      return divergence('predictions', row, found.time, `${what}, ${side}`, expected[what], found[what]);
  }
  return undefined;
}

function divergence(
  stage: Divergence['stage'],
  row: number,
  time: number,
  feature: string,
  expected: number,
  found: number,
): Divergence {
  const bits = { expectedBits: bitsOf(expected), foundBits: bitsOf(found) };
  return { stage, row, time, feature, expected, found, ...bits, trade: NaN, clock: '', around: [] };
}
