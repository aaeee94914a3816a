import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mulberry32 } from '../../../base/random.ts';
import { many, walkingBars } from '../../../../../../test/oracle.ts';

/** Counts every bin of every bar anew; exact where volumes divide by every number of bins. */
function profile(high: number[], low: number[], volume: number[], bins: number): number[] {
  const top = Math.max(...high);
  const bottom = Math.min(...low);
  if (top === bottom) return [top, top, top];
  const held = new Array<number>(bins).fill(0);
  const bin = (price: number): number => Math.min(bins - 1, Math.floor((price - bottom) * (bins / (top - bottom))));
  high.forEach((_, k) => {
    const covered = [...held.keys()].filter((b) => b >= bin(low[k]) && b <= bin(high[k]));
    for (const b of covered) held[b] += volume[k] / covered.length;
  });
  const poc = held.indexOf(Math.max(...held));
  let [first, last, sum] = [poc, poc, held[poc]];
  const target = 0.7 * held.reduce((all, x) => all + x, 0);
  while (sum < target) {
    const below = held[first - 1] ?? -1;
    const above = held[last + 1] ?? -1;
    if (below >= above) sum += held[--first];
    if (above >= below) sum += held[++last];
  }
  const edge = (b: number): number => bottom + (b * (top - bottom)) / bins;
  return [edge(poc + 0.5), edge(first), edge(last + 1)];
}

for (const [window, bins, whole] of [
  [5, 4, true],
  [20, 10, true],
  [1, 3, true],
  [50, 50, false],
  [100, 100, false],
] as const) {
  test(`volume_profile(${window}, ${bins}) as a full recount`, () => {
    const { high, low } = walkingBars(400);
    const random = mulberry32(3);
    // Whole shares make ties, which have to fall the same way; a stretch without volume and one at a single price.
    const volume = high.map((_, i) =>
      i > 200 && i < 230 ? 0 : whole ? 2520 * Math.floor(random() * 4) : random() * 50,
    );
    for (let i = 300; i < 325; i++) high[i] = low[i] = 101;
    const found = many(`volume_profile(high, low, volume, ${window}, ${bins})`, 3, { high, low, volume });
    for (let i = 0; i < high.length; i++) {
      const of = (x: number[]): number[] => x.slice(i - window + 1, i + 1);
      const expected = i < window - 1 ? [NaN, NaN, NaN] : profile(of(high), of(low), of(volume), bins);
      expected.forEach((value, k) => {
        const near = Number.isNaN(value) ? Number.isNaN(found[k][i]) : Math.abs(found[k][i] - value) <= 1e-12 * value;
        assert.ok(near, `row ${i}, output ${k}: expected ${value}, found ${found[k][i]}`);
      });
    }
  });
}
