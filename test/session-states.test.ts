/** States of a session with a model: taken between events only, written over one that nobody needs, gone on from behind another model. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { parseConfig } from '../packages/core/src/config/config.ts';
import { createSession, type Session, type SessionState } from '../packages/core/src/live/session.ts';
import { recordSession } from '../packages/core/src/live/recording.ts';
import { createPredictor, type Prediction } from '../packages/core/src/live/predictor.ts';
import type { Model } from '../packages/core/src/model/port.ts';
import { copyTrades, tradeAt } from '../packages/core/src/trades/trade.ts';
import { simulate } from '../packages/minotaur/src/files/simulate.ts';
import { createJournal } from '../packages/minotaur/src/journal/writer.ts';
import { openJournal } from '../packages/minotaur/src/journal/reader.ts';
import { createEngine } from '../packages/minotaur/src/node/engine.ts';
import { factsOf } from '../packages/minotaur/src/service/publication/facts.ts';
import { createPublication } from '../packages/minotaur/src/service/publication/publication.ts';
import { readOnRecord } from '../packages/minotaur/src/service/supervisor/on-record.ts';
import {
  openLiveChain,
  type LiveChain,
  type Predicting,
} from '../packages/minotaur/src/service/supervisor/session-chain.ts';
import { servedOf } from '../packages/minotaur/src/store/served-model.ts';
import { learnFrom } from '../packages/minotaur/src/verify/faults/learned-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-states-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const input = (length: number) =>
  ({
    symbol: 'AAA',
    clocks: { s: { bars: 'tick', threshold: 10 } },
    features: { s: ['close', 'sma(close, 5)'] },
    label: { method: 'horizon', after: 8 },
    sequence: { length },
    model: { kind: 'logistic', calibration: 'none' },
  }) as const;
const config = parseConfig(input(3));
const market = copyTrades([...simulate({ trades: 20_000, seed: 5 })][0]);
const learned = async (length: number) => (await learnFrom(input(length), [market])).serving;
const [three, five] = [await learned(3), await learned(5)];
const { plan } = createEngine(config);

const sessionOf = async (serving: typeof three, model?: Model): Promise<Session> =>
  createSession({
    engine: (sinks) => createEngine(config, sinks),
    artefact: serving.artefact,
    model: model ?? (await serving.openModel()),
  });

async function pushed(session: Pick<Session, 'push'>, from: number, to: number): Promise<Prediction[]> {
  const predictions: Prediction[] = [];
  for (let i = from; i < to; i++) predictions.push(...(await session.push(tradeAt(market, i))));
  return predictions;
}

test('a state is written over the one before, predictor and all, and is the state that a new one is', async () => {
  const session = await sessionOf(three);
  await pushed(session, 0, 333);
  const first = session.snapshot();
  await pushed(session, 333, 777);
  const fresh = session.snapshot();
  const over = session.snapshot(first);
  assert.equal(over.predictor, first.predictor);
  assert.equal(over.engine, first.engine);
  assert.deepEqual(over, fresh);
  const again = await sessionOf(three);
  again.restore(over);
  const expected = await pushed(session, 777, 1000);
  assert.ok(expected.some(({ refusal }) => refusal === undefined));
  assert.deepEqual(await pushed(again, 777, 1000), expected);
});

test('a state of another sequence is not written over', async () => {
  const [session, other] = [await sessionOf(three), await sessionOf(five)];
  await pushed(session, 0, 500);
  await pushed(other, 0, 500);
  const taken = other.snapshot();
  const before = Uint8Array.from(taken.predictor);
  assert.deepEqual(session.snapshot(taken).predictor, session.snapshot().predictor);
  assert.deepEqual(taken.predictor, before);
});

test('while the model takes its time there is no state to take, to go on from, or to end a record with', async () => {
  let release = (): void => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  const model = await three.openModel();
  const slow: Model = { ...model, predict: async (row) => (await gate, model.predict(row)) };
  const journal = join(folder, 'busy');
  const make = await sessionOf(three, slow);
  const session = recordSession(createJournal(journal), () => make);
  const cold: SessionState = session.snapshot();
  const all = pushed(session, 0, 200);
  await new Promise((resolve) => setImmediate(resolve));
  const refused = { kind: 'input', message: /after the predictions of the event before/ };
  assert.throws(() => session.snapshot(), refused);
  assert.throws(() => session.restore(cold), refused);
  assert.throws(() => session.stop(), refused);
  release();
  const predictions = await all;
  const state = session.snapshot();
  const again = await sessionOf(three);
  again.restore(state);
  assert.deepEqual(await pushed(again, 200, 400), await pushed(make, 200, 400));
  session.stop();
  const kinds = [...openJournal(journal).records()].map(({ record }) => record.kind);
  assert.equal(kinds.filter((kind) => kind === 'prediction').length, predictions.length);
  assert.equal(kinds.indexOf('stop'), kinds.length - 1);
});

const predicting = async (serving: typeof three, of: string): Promise<Predicting> => {
  const { artefact } = serving;
  return { artefact, model: await serving.openModel(), served: servedOf(artefact, of.repeat(64)) };
};

async function opened(journal: string, by: Predicting, goesOn: boolean): Promise<LiveChain> {
  const publication = createPublication(factsOf(plan, 'test'), { now: () => 0 });
  const record = goesOn ? readOnRecord(journal, plan.instruments, { predicts: true }) : undefined;
  return openLiveChain({ config, journal, publication, predicting: by, record });
}

/** What a model of `serving` says of rows that it has all seen. */
async function expectedOf(serving: typeof three, to: number): Promise<Prediction[]> {
  const predictor = createPredictor(serving.artefact, await serving.openModel());
  const predictions: Promise<Prediction>[] = [];
  const engine = createEngine(config, {
    onRows({ count, width, time, values, ready, complete }) {
      for (let i = 0; i < count; i++)
        predictions.push(
          predictor.push(time[i], values.slice(i * width, (i + 1) * width), 0, {
            ready: ready[i] === 1,
            complete: complete[i] === 1,
          }),
        );
    },
  });
  for (let i = 0; i < to; i++) {
    engine.push(tradeAt(market, i));
    await Promise.all(predictions);
  }
  return Promise.all(predictions);
}

for (const killedAt of [400, 407, 441])
  test(`a model with a longer sequence takes the place of another, killed at ${killedAt}: it goes on as it would have`, async () => {
    const journal = join(folder, `replaced-${killedAt}`);
    const [before, behind] = [await expectedOf(three, 400), await expectedOf(five, 700)];
    const first = await opened(journal, await predicting(three, 'a'), false);
    const found = await pushed(first as unknown as Session, 0, 395);
    first.snapshot();
    found.push(...(await pushed(first as unknown as Session, 395, 400)));
    assert.deepEqual(found, before);
    await first.replace(await predicting(five, 'b'));
    found.push(...(await pushed(first as unknown as Session, 400, killedAt)));
    first.sync();
    first.settle();
    const second = await opened(journal, await predicting(five, 'b'), true);
    const { trades } = second.counts();
    assert.equal(trades, killedAt);
    found.push(...(await pushed(second as unknown as Session, killedAt, 700)));
    assert.deepEqual(found, [...before, ...behind.slice(before.length)]);
    second.stop();
  });
