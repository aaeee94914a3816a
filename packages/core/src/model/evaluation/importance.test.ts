import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { sfc32 } from '../../base/random.ts';
import { createFalls, permuteBlocks } from './importance.ts';
import { sigmoid } from '../matrix.ts';
import { rocAuc } from './metrics.ts';

test('every row gives its values once, none of two blocks and more keeps its own, and blocks keep together', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 20 }), fc.nat(), (rows, block, seed) => {
      const from = permuteBlocks(rows, block, sfc32(seed));
      assert.deepEqual(
        from.toSorted(),
        Uint32Array.from({ length: rows }, (_, i) => i),
      );
      const blocks = Math.ceil(rows / block);
      if (blocks < 2) return;
      const broken = from.filter((row, i) => i > 0 && row !== from[i - 1] + 1).length;
      assert.ok(broken < blocks, `${broken} of ${blocks}`);
      if (rows % block === 0) assert.ok(from.every((row, i) => row !== i));
    }),
  );
});

test('what the model has of a feature falls away with it, and what it has not of another does not', () => {
  const random = sfc32(7);
  const rows = 1500;
  const draw = () => Float64Array.from({ length: rows }, () => 2 * random() - 1);
  const [strong, weak, none] = [draw(), draw(), draw()];
  const say = (a: Float64Array, b: Float64Array): Float64Array => a.map((v, i) => sigmoid(2 * v + 0.5 * b[i]));
  const probabilities = say(strong, weak);
  const labels = probabilities.map((p) => Number(random() < p));
  const falls = createFalls({ probabilities, labels }, { block: 5, replicates: 200, begin: () => sfc32(1) });
  const permuted = (values: Float64Array): Float64Array[] =>
    [1, 2, 3].map((seed) => Float64Array.from(permuteBlocks(rows, 5, sfc32(seed)), (row) => values[row]));
  const [ofStrong, ofWeak, ofNone] = [
    permuted(strong).map((values) => say(values, weak)),
    permuted(weak).map((values) => say(strong, values)),
    permuted(none).map(() => probabilities),
  ];
  const found = [ofStrong, ofWeak, ofNone].map(falls);
  const [a, b, c] = found.map((one) => one.rocAuc);
  const mean = ofStrong.reduce((sum, p) => sum + rocAuc(probabilities, labels) - rocAuc(p, labels), 0) / 3;
  assert.ok(Math.abs(a.mean - mean) < 1e-12 && a.spread > 0);
  assert.ok(a.interval[0] > 0.1 && a.mean > 4 * b.mean && b.mean > 0, JSON.stringify(found));
  assert.deepEqual(c, { mean: 0, spread: 0, interval: [0, 0] });
  assert.ok(found[0].logLoss.interval[0] > 0.05 && found[0].logLoss.mean > found[1].logLoss.mean);
  assert.ok(Number.isNaN(falls([ofWeak[0]]).rocAuc.spread));
});

test('memory is that of a few sets of rows, however many are drawn', () => {
  const rows = 5000;
  const random = sfc32(3);
  const probabilities = Float64Array.from({ length: rows }, () => random());
  const labels = probabilities.map((p) => Number(random() < p));
  let bytes = 0;
  const Original = globalThis.Uint32Array;
  globalThis.Uint32Array = new Proxy(Original, {
    construct(target, given: [number]) {
      const made = new target(...given);
      bytes += made.byteLength;
      return made;
    },
  });
  try {
    createFalls({ probabilities, labels }, { block: 50, replicates: 40, begin: () => sfc32(1) })([probabilities]);
  } finally {
    globalThis.Uint32Array = Original;
  }
  assert.ok(bytes > 0 && bytes <= 5 * 4 * rows, `${bytes} bytes`);
});
