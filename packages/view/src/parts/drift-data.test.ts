import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countLevels, packDrift, unpackDrift, type FeatureDrift } from './drift-data.ts';

const drifted = (feature: string, psi: number, rest: Partial<FeatureDrift> = {}): FeatureDrift => ({
  feature,
  psi,
  psiByChance: 0.015,
  bins: 11,
  jensenShannon: 0.25,
  kolmogorovSmirnov: 0.5,
  missing: { reference: 0.125, current: 0 },
  clipped: undefined,
  histogram: { from: -1, to: 2.5, reference: [0.25, 0.75], current: [0, 1] },
  ...rest,
});

test('a feature is the same after it was packed into columns, as far as a page shows it', () => {
  const clipped = { reference: 0.01, current: 0.02 };
  const features = [drifted('a', 1.234_567_8), drifted('b', 0.1, { clipped, kolmogorovSmirnov: NaN })];
  const data = JSON.parse(JSON.stringify(packDrift(features))) as ReturnType<typeof packDrift>;
  assert.deepEqual(unpackDrift(data, 'a'), { ...features[0], psi: 1.2346 });
  assert.deepEqual(unpackDrift(data, 'b'), features[1]);
  assert.equal(unpackDrift(data, 'c'), undefined);
});

test('a stability index of 0.1 is some drift, one of 0.25 is much', () => {
  const features = [0.5, 0.25, 0.249, 0.1, 0.099, 0].map((psi, i) => drifted(`f${i}`, psi));
  const side = { directory: 'rows', rows: 10, compared: 10 };
  const drift = { reference: side, current: side, of: 'ready' as const, features };
  assert.deepEqual(countLevels(drift), { much: 2, some: 2, little: 2 });
});
