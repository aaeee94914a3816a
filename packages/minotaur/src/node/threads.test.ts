import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { count, here, reachable, sum, vanish, wait, which } from '../../../../test/worker-work.ts';
import { keepingThreads, prepareThread, preparingThreads } from './threads.ts';
import { runInWorker, runInWorkers, streamFromWorker } from './worker.ts';

const shared = (): Int32Array => new Int32Array(new SharedArrayBuffer(8));
const ask = (ended: Int32Array): Promise<number> => runInWorker(here, { which }, { ended });

test('a thread that has replied gets the next task, others where it is busy; in the end all have ended', async () => {
  const ended = shared();
  const before = await ask(ended);
  assert.equal(ended[0], 1, 'nobody keeps it');
  await keepingThreads(async () => {
    const first = await ask(ended);
    assert.notEqual(first, before);
    assert.equal(await ask(ended), first);
    const both = await runInWorkers(here, { which }, [{ ended }, { ended }], { atMost: 2 });
    assert.equal(new Set([...both, first]).size, 2);
    assert.equal(ended[0], 1);
  });
  assert.equal(ended[0], 3);
  assert.notEqual(await ask(ended), before);
});

test('a thread is kept after a stream, and after an abort; not after an error', async () => {
  const ended = shared();
  await keepingThreads(async () => {
    const first = await ask(ended);
    for await (const item of streamFromWorker(here, { count }, { until: 4, made: shared() }, 2)) assert.ok(item < 4);
    assert.equal(await ask(ended), first);
    const stop = new AbortController();
    const stopped = { signal: stop.signal, onNote: () => stop.abort(new Error('enough')) };
    await assert.rejects(runInWorker(here, { wait }, 20, stopped), /enough/);
    assert.equal(await ask(ended), first);
    await assert.rejects(runInWorker(here, { sum }, { values: [], wrong: 'fact' }), /trades\.csv line 7/);
    assert.equal(ended[0], 1, 'it has ended when its caller hears of the error');
    const second = await ask(ended);
    assert.notEqual(second, first);
    await assert.rejects(runInWorker(here, { vanish }, null), /the thread of vanish ended without a reply/);
    assert.notEqual(await ask(ended), second);
  });
  assert.equal(ended[0], 3);
});

test('a thread is kept after a stream that is not read to its end, once it has come to it', async () => {
  const ended = shared();
  const others = new Set<number>();
  await keepingThreads(async () => {
    const first = await ask(ended);
    for await (const item of streamFromWorker(here, { count }, { until: 5, made: shared() }, 2)) if (item === 1) break;
    // Until then there is another for whoever asks.
    let asked = await ask(ended);
    for (const end = performance.now() + 30_000; asked !== first; asked = await ask(ended)) {
      others.add(asked);
      assert.ok(performance.now() < end, 'it did not come back');
      await sleep(1);
    }
  });
  assert.ok(others.size <= 1);
  assert.equal(ended[0], 1 + others.size);
});

test('an error of the scope ends its threads too, after what they are at', async () => {
  const ended = shared();
  const made = shared();
  const scope = keepingThreads(async () => {
    await ask(ended);
    const items = streamFromWorker(here, { count }, { until: 5, made }, 2);
    await items.next();
    items.close();
    throw new Error('the scope itself');
  });
  await assert.rejects(scope, /the scope itself/);
  assert.deepEqual([ended[0], made[1]], [1, 1]);
});

test('a thread that goes on holds nothing of the tasks before', async () => {
  const held: number[] = [];
  await keepingThreads(async () => {
    for (let task = 0; task < 4; task++)
      held.push(await runInWorker(here, { reachable }, new SharedArrayBuffer(1 << 20)));
  });
  assert.deepEqual(held, [0, 0, 0, 0]);
});

test('a thread that was begun before its task is the one that gets it; one that gets none ends too', async () => {
  const ended = shared();
  prepareThread(here);
  await keepingThreads(async () => {
    prepareThread(here);
    prepareThread(here);
    prepareThread('file:///nowhere/at-all.js');
    const first = await ask(ended);
    assert.equal(await ask(ended), first);
    const both = await runInWorkers(here, { which }, [{ ended }, { ended }], { atMost: 2 });
    assert.equal(new Set([...both, first]).size, 2, 'there is one, however often it was asked for');
  });
  assert.equal(ended[0], 2);
});

test('where threads are only prepared, one that is done ends beside what is still to do; who keeps them inside has them kept', async () => {
  const ended = shared();
  await preparingThreads(async () => {
    prepareThread(here);
    const first = await ask(ended);
    for (const end = performance.now() + 30_000; ended[0] < 1; await sleep(1))
      assert.ok(performance.now() < end, 'it did not end');
    await keepingThreads(async () => {
      const second = await ask(ended);
      assert.notEqual(second, first);
      assert.equal(await ask(ended), second);
    });
    assert.equal(ended[0], 1);
  });
  assert.equal(ended[0], 2);
});

test('what is wrong with a module that was loaded ahead is heard by whoever has a task for it', async () => {
  const gone = 'file:///nowhere/at-all.js';
  await keepingThreads(async () => {
    prepareThread(gone);
    await assert.rejects(runInWorker(gone, { sum }, { values: [] }), /Cannot find module/);
  });
});
