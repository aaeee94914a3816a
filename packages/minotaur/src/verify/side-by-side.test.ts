import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { test } from 'node:test';
import type { Check, CheckResult } from './harness/check.ts';
import { runSideBySide, type Lane } from './side-by-side.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
const some = NAMES.map((name): Check => ({ name, law: '', run: () => assert.fail('lanes run them') }));
const resultOf = ({ name, law }: Check): CheckResult => {
  return { name, law, holds: true, answered: true, compared: {}, first: null };
};

const pause = (milliseconds: number) => (): Promise<void> => setTimeout(milliseconds);

/** A lane that does this for each, and notes what it ran. */
function laneOf(ran: string[], work: (name: string) => Promise<void>, rest: Partial<Lane> = {}): Lane {
  return {
    takes: () => true,
    async run(check) {
      ran.push(check.name);
      await work(check.name);
      return resultOf(check);
    },
    ...rest,
  };
}

const namesOf = (results: readonly CheckResult[]): string[] => results.map(({ name }) => name);

test('results come in the order of the checks, whichever ends first and wherever it ran', async () => {
  const [slow, quick, heard]: string[][] = [[], [], []];
  const afterFour = async (): Promise<void> => {
    while (quick.length < 4) await setTimeout(1);
  };
  const lanes = [laneOf(slow, afterFour), laneOf(quick, (name) => setTimeout(name === 'b' ? 1 : 5))];
  const results = await runSideBySide(some, lanes, ({ name }) => heard.push(name));
  assert.deepEqual([namesOf(results), heard], [NAMES, NAMES]);
  assert.ok(slow.length > 0 && quick.length > slow.length, `${slow.join()} and ${quick.join()}`);
  assert.deepEqual([...slow, ...quick].sort(), NAMES, 'each once');
});

test('a lane runs only what it may, and ends without a wait where nothing is left for it', async () => {
  const [here, apart]: string[][] = [[], []];
  let isOver = false;
  const late = laneOf(apart, pause(1), {
    async around(work, over) {
      await setTimeout(60_000, undefined, { signal: over }).catch(() => {});
      isOver = over.aborted;
      await work();
    },
  });
  assert.deepEqual(namesOf(await runSideBySide(some, [laneOf(here, pause(1)), late])), NAMES);
  assert.deepEqual([here, apart, isOver], [NAMES, [], true]);
  const picky = laneOf(apart, pause(1), { takes: ({ name }) => name !== 'b' });
  await runSideBySide(some, [laneOf(here, pause(30)), picky]);
  assert.ok(apart.length > 0 && !apart.includes('b'), apart.join());
});

test('the error is that of the first check that has one, also where a later one fails before', async () => {
  for (const wait of [1, 50]) {
    const heard: string[] = [];
    const failing: Lane = {
      takes: () => true,
      async run(check) {
        await setTimeout(check.name === 'b' ? wait : 10);
        if (check.name === 'b' || check.name === 'c') throw new Error(check.name);
        return resultOf(check);
      },
    };
    const run = runSideBySide(some, [failing, failing], ({ name }) => heard.push(name));
    await assert.rejects(run, { message: 'b' }, `${wait} ms`);
    assert.deepEqual(heard, ['a']);
  }
});
