import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createForeman, serveBlocks, type CrewTask } from './crew.ts';
import { writeJob } from './histogram.ts';
import { createSpace } from './tree-space.ts';

const [BEGUN, NEXT, DONE] = [0, 1, 2];

test('a thread that fails just before the caller waits is noticed at once', (t) => {
  const space = createSpace({ rows: 4, width: 64, bagged: 4, used: 64, leaves: 2 }, true);
  const { control } = space;
  const jobOf = (histogram: number): void => {
    const leaf = { histogram, total: { gradient: 0, hessian: 4, rows: 4 } };
    writeJob(space, { rules: { minRows: 1, minHessian: 1, lambda: 1 }, from: 0, to: 0, leaf });
  };
  jobOf(0);
  let task: CrewTask | undefined;
  const foreman = createForeman(space, { start: (given) => (task = given) });
  const { notify, wait } = Atomics;
  // A thread has taken the first of two blocks before the caller takes any.
  t.mock.method(Atomics, 'notify', (array: Int32Array, index: number) => {
    if (index === BEGUN) Atomics.add(control, NEXT, 1);
    return notify(array, index);
  });
  let found: string | undefined;
  t.mock.method(Atomics, 'wait', (array: Int32Array, index: number, value: number) => {
    if (index !== DONE || found !== undefined) return wait(array, index, value, 50);
    // The caller has looked and nothing had failed: the thread fails now, by a histogram that there is not.
    Atomics.store(control, NEXT, 1);
    jobOf(1e6);
    assert.throws(() => serveBlocks(task as CrewTask), RangeError);
    found = wait(array, index, value, 50);
    return found;
  });
  assert.throws(() => foreman.run(), /every block done by the thread that took it, found a thread that failed/);
  assert.equal(found, 'not-equal');
});
