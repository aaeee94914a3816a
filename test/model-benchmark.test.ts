/** Our trees against LightGBM on the same simulated rows with the same options; its figure is committed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rocAuc } from '../packages/core/src/model/evaluation/metrics.ts';
import { predictTrees, trainTrees, type TreeOptions } from '../packages/core/src/model/trees/trees.ts';
import { cut, makeSignal } from './signal.ts';

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`./golden/sklearn-model/${name}`, import.meta.url), 'utf8')) as T;

interface Benchmark {
  readonly rows: number;
  readonly width: number;
  readonly seed: number;
  readonly validationFrom: number;
  readonly testFrom: number;
  readonly options: Partial<TreeOptions>;
}

test('test AUC is within 0.005 of LightGBM', () => {
  const { rows, width, seed, validationFrom, testFrom, options } = read<Benchmark>('benchmark.json');
  const data = makeSignal(rows, width, seed);
  const held = cut(data, testFrom, rows);
  const { model } = trainTrees(cut(data, 0, validationFrom), cut(data, validationFrom, testFrom), options);
  const found = rocAuc(predictTrees(model, held.x), held.y);
  const { testAuc } = read<{ testAuc: number }>('lightgbm.json');
  assert.ok(found > testAuc - 0.005, `${found}, LightGBM ${testAuc}`);
  // Beyond it by as much would mean that the two did not see the same rows.
  assert.ok(found < testAuc + 0.005, `${found}, LightGBM ${testAuc}`);
});
