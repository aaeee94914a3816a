/** What threads are asked to do in worker.test.ts and threads.test.ts. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { threadId } from 'node:worker_threads';
import { fail } from '../packages/core/src/base/errors.ts';
import type { Caller } from '../packages/minotaur/src/node/worker.ts';

/** This module, for whoever runs its functions elsewhere. */
export const here = import.meta.url;

export interface Sum {
  readonly values: readonly number[];
  readonly wrong?: 'fact' | 'bug';
}

export async function sum({ values, wrong }: Sum): Promise<{ total: number; conditions: readonly string[] }> {
  if (wrong === 'fact') fail('input', 'trades.csv line 7', 'a price', 'none');
  if (wrong === 'bug') throw new TypeError('a mistake of ours');
  const conditions = process.execArgv.filter((argument) => argument.startsWith('--conditions'));
  return { total: values.reduce((a, b) => a + b, 0), conditions };
}

/** Ends the thread from inside. */
export async function vanish(_task: null): Promise<never> {
  return process.exit(3);
}

let isCounted = false;
/** Which thread it is; counts in `ended` when that has ended by itself. */
export async function which({ ended }: { readonly ended: Int32Array }): Promise<number> {
  if (!isCounted) process.on('exit', () => Atomics.add(ended, 0, 1));
  isCounted = true;
  return threadId;
}

const given: WeakRef<SharedArrayBuffer>[] = [];
/** How many of the memories that this thread was given before are still reachable in it. */
export async function reachable(memory: SharedArrayBuffer): Promise<number> {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const before = given.filter((ref) => ref.deref() !== undefined).length;
  given.push(new WeakRef(memory));
  return before;
}

/** Says that it began, and goes on until it is told to stop. */
export async function wait(seconds: number, { signal, tell }: Caller<'began' | 'ends'>): Promise<string> {
  tell('began');
  await new Promise((resolve) => {
    const timer = setTimeout(resolve, 1000 * seconds);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve(null)));
  });
  tell('ends');
  return 'waited';
}

export interface Saying {
  readonly count: number;
  /** How many were heard. */
  readonly heard: Int32Array;
}

/** Says so many numbers, a hundred at most before they are heard. */
export async function say({ count: most, heard }: Saying, { tell }: Caller<number>): Promise<void> {
  for (let i = 0; i < most; i++) {
    while (i - Atomics.load(heard, 0) >= 100) await new Promise(setImmediate);
    tell(i);
  }
}

/** The whole numbers below `until`; says in `made` how many it made, and, at last, that it was closed. */
export async function* count({
  until,
  made,
}: {
  readonly until: number;
  readonly made: Int32Array;
}): AsyncGenerator<number> {
  try {
    for (let i = 0; i < until; i++) {
      made[0] = i + 1;
      if (i === 5) fail('input', 'item 5', 'less', 'more');
      yield i;
    }
  } finally {
    made[1] = 1;
  }
}
