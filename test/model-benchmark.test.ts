/** Our trees against LightGBM on the same simulated rows with the same options; its figure is committed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rocAuc } from '../packages/core/src/model/metrics.ts';
import { predictTrees, trainTrees } from '../packages/core/src/model/trees.ts';
import { cut, makeSignal } from './signal.ts';

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`./golden/sklearn-model/${name}`, import.meta.url), 'utf8'));

test('test AUC is within 0.005 of LightGBM', () => {
  const { rows, width, seed, validationFrom, testFrom, options } = read('benchmark.json');
  const data = makeSignal(rows, width, seed);
  const held = cut(data, testFrom, rows);
  const { model } = trainTrees(cut(data, 0, validationFrom), cut(data, validationFrom, testFrom), options);
  const found = rocAuc(predictTrees(model, held.x), held.y);
  const { testAuc } = read('lightgbm.json');
  assert.ok(found > testAuc - 0.005, `${found}, LightGBM ${testAuc}`);
  // Beyond it by as much would mean that the two did not see the same rows.
  assert.ok(found < testAuc + 0.005, `${found}, LightGBM ${testAuc}`);
});
