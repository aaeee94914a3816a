/** What is learned of a column is the same bits however it is found: digests of what whole sorts and exact sums gave. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { portableHashing } from '../base/bytes/hashing.ts';
import { distributions, sfc32 } from '../base/random.ts';
import { columnTransform } from './by-column.ts';
import { learnColumn } from './column.ts';
import { SCALES, type ColumnSpec, type ScaleName } from './spec.ts';

const ROWS = 6001;

type Draw = (random: ReturnType<typeof distributions>, i: number) => number;
const COLUMNS: Readonly<Record<string, Draw>> = {
  normal: (random) => random.normal(),
  price: (random) => 60_000 + random.normal(),
  sorted: (random, i) => i + random.uniform(),
  heavy: (random) => random.normal() / (random.uniform() * random.uniform()),
  counts: (random) => Math.floor(random.uniform() * 4),
  flag: (random) => (random.uniform() < 0.004 ? 1 : 0),
  constant: () => 0.1,
  'nearly constant': (random) => 1e9 + Math.round(random.uniform()) * 1e-7,
  zeros: (_, i) => (i % 2 === 0 ? 0 : -0),
  'two heaps': (random) => (random.uniform() < 0.5 ? 1e-12 : 1e12) * random.normal(),
  tiny: (random) => random.normal() * 1e-310,
  huge: (random) => random.normal() * 1e150,
  'beyond squares': (random) => random.normal() * 1e200,
  'beyond sums': (random) => (random.uniform() - 0.5) * 1.7e308,
  gaps: (random, i) => (i % 3 === 0 ? NaN : i % 50 === 1 ? Infinity : random.normal()),
  'few left': (random, i) => (i % 997 === 0 ? random.normal() : NaN),
  'one left': (_, i) => (i === 400 ? 7 : NaN),
  missing: () => NaN,
};

const VARIANTS: readonly Partial<ColumnSpec>[] = [
  {},
  { clip: null },
  { clip: [0, 1], impute: 'none' },
  { clip: [0.2, 0.25], log1p: true, wasClipped: true },
];

/** Learned columns, or why there are none, and what they make of the values. */
function learnedText(scale: ScaleName): string {
  const parts: string[] = [];
  Object.entries(COLUMNS).forEach(([name, draw], k) => {
    const random = distributions(sfc32(17 + k));
    const values = Float64Array.from({ length: ROWS }, (_, i) => draw(random, i));
    for (const variant of VARIANTS) {
      const spec = {
        log1p: false,
        clip: [0.01, 0.99],
        wasClipped: false,
        impute: 'median',
        scale,
        ...variant,
      } as const;
      try {
        const learned = learnColumn(name, values, spec);
        const made = columnTransform(learned)(values.slice(0, 300)).map((out) => [...out].join());
        parts.push(JSON.stringify(learned), ...made);
      } catch (error) {
        parts.push(String(error));
      }
    }
  });
  return parts.join('\n');
}

const DIGESTS: Readonly<Record<ScaleName, string>> = {
  standard: '1f64a06a24c0dd9151f00632ea23a59744fa8f11995f5a6456ad466054e795b3',
  minmax: '0dfa33131483a224e61989b1a2df73c58ca6eb4be2e39ce27065ddab88f22104',
  robust: 'db0e451680047d9be450ef54d61592eb79297fd4c2f4c67b0d633c4cb89caeb8',
  'yeo-johnson': '55cfb83623bf7d5f2fbef83b1b10b943958ed6e5c26582cf988d2290b656d600',
  'quantile-normal': '5d1aeaa957f5e387ac8d9efd98c67d8b6ed858e9cc9e61ecfb74183e077940e8',
  'quantile-uniform': '04bb2cab471f7b99ee386e32ddd3229a741ffb506724514d9546c2cf23fca6d4',
  none: 'ece3f960b8d63940bb29347df9d2e6e5fbf3f8101bcd193a6fe74d1f7629e32f',
};

for (const scale of SCALES) {
  test(`${scale}: what was learned of ${ROWS} rows by sorting and summing all of them`, () => {
    const bytes = new TextEncoder().encode(learnedText(scale));
    assert.equal(portableHashing.sha256().update(bytes).hex(), DIGESTS[scale]);
  });
}
