import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trainTrees } from 'minotaur-core/internal/model/trees/trees';
import { cut, makeSignal } from '../../../../test/signal.ts';
import { createTreeCrew } from './tree-crew.ts';

// More than two blocks of columns, and a last one that is not whole.
const data = makeSignal(3000, 75, 5);
const [training, validation] = [cut(data, 0, 2400), cut(data, 2400, 3000)];
const options = { rounds: 6, leaves: 12, featureFraction: 0.9, baggingFraction: 0.8 };

test('the model is the same with any number of threads', async () => {
  const alone = trainTrees(training, validation, options);
  for (const threads of [1, 2, 5]) {
    const crew = createTreeCrew(threads);
    const found = trainTrees(training, validation, options, crew);
    await crew.ended();
    assert.deepEqual(found, alone, `${threads} threads beside`);
  }
});

test('a thread that cannot begin hinders nobody, and what it threw is said', async () => {
  const crew = createTreeCrew(1);
  const broken = {
    start({ size, memory }: Parameters<typeof crew.start>[0]): void {
      // A memory too small for the sizes.
      crew.start({ size: { ...size, rows: size.rows * 1000 }, memory });
    },
  };
  assert.doesNotThrow(() => trainTrees(training, validation, options, broken));
  await assert.rejects(crew.ended(), /Invalid typed array length|out of bounds/);
});
