/** A model that does not answer: its row is refused when its time is over, those behind it at once, until it has answered. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import type { Model } from 'minotaur-core/internal/model/port';
import { withinLimit } from './answer-limit.ts';

/** Answers when it is told to. */
function asked() {
  const calls: { answer: (probability: number) => void; fail: (error: Error) => void }[] = [];
  let closed = 0;
  const model: Model = {
    reads: 'p',
    predict: () => new Promise((answer, fail) => void calls.push({ answer, fail })),
    close: () => Promise.resolve(void closed++),
  };
  return { calls, served: withinLimit(model), closed: () => closed };
}

const row = new Float32Array(1);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const unanswered = { name: 'MinotaurError', message: 'the model has not answered within 5 s' };

// Hooks of a file would be those of all files in the process.
void describe('a limit', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  test('an answer within the limit is the answer, and so is a failure', async () => {
    const { calls, served } = asked();
    const [first, second] = [served.predict(row), served.predict(row)];
    mock.timers.tick(4999);
    await turn();
    calls[0].answer(0.25);
    calls[1].fail(new Error('out of memory'));
    assert.equal(await first, 0.25);
    await assert.rejects(second, /^Error: out of memory$/);
    mock.timers.tick(10_000);
    await turn();
    const third = served.predict(row);
    calls[2].answer(0.5);
    assert.equal(await third, 0.5);
  });

  test('behind a call that is past its limit nothing is asked until it has settled; its answer is not used', async () => {
    for (const how of ['answer', 'fail'] as const) {
      const { calls, served } = asked();
      const first = assert.rejects(served.predict(row), unanswered);
      mock.timers.tick(5000);
      await first;
      await assert.rejects(served.predict(row), unanswered);
      assert.equal(calls.length, 1);
      if (how === 'answer') calls[0].answer(0.25);
      else calls[0].fail(new Error('too late'));
      await turn();
      const next = served.predict(row);
      assert.equal(calls.length, 2);
      calls[1].answer(0.75);
      assert.equal(await next, 0.75);
    }
  });

  test('an answer that lies ready when a held-up thread looks at its clock is in time', async () => {
    const { calls, served } = asked();
    const first = served.predict(row);
    setImmediate(() => calls[0].answer(0.25));
    mock.timers.tick(60_000);
    assert.equal(await first, 0.25);
  });

  test('a model that throws at once has failed, not been late', async () => {
    const fail = (): never => assert.fail('no memory');
    const served = withinLimit({ reads: 'p', predict: fail, close: () => Promise.resolve() });
    for (let i = 0; i < 2; i++) {
      await assert.rejects(served.predict(row), /no memory/);
      mock.timers.tick(5000);
      await turn();
    }
  });

  test('it is closed at once, but not beneath a call that is past its limit, and nobody waits for that', async () => {
    const idle = asked();
    await idle.served.close();
    assert.equal(idle.closed(), 1);
    const { calls, served, closed } = asked();
    const first = assert.rejects(served.predict(row), unanswered);
    mock.timers.tick(5000);
    await first;
    await served.close();
    assert.equal(closed(), 0);
    calls[0].answer(0.25);
    await turn();
    assert.equal(closed(), 1);
  });
});
