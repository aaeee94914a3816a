/** Intervals, chance and verdict where the truth is known: a simulated market whose labels overlap. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exp } from '../../base/elementary/index.ts';
import { distributions, sfc32, type Random } from '../../base/random.ts';
import { chanceOf } from './chance.ts';
import { independenceOf } from './independent.ts';
import { blockLength, drawBlocks, intervalsOf, shareBelow } from './intervals.ts';
import { rocAuc } from './metrics.ts';
import { verdictOf } from './verdict.ts';

interface Market {
  readonly rows: number;
  /** Rows that a label lives. */
  readonly life: (random: Random) => number;
  /** How much of what comes the scores know. */
  readonly skill: number;
}

const LONGEST = 100;

/** Labels are signs of sums of the shocks that follow, scores are those sums in noise that stays for some ten rows. */
function simulated({ rows, life, skill }: Market, random: Random) {
  const shocks = Float64Array.from({ length: rows + LONGEST }, () => random.normal());
  const time = Float64Array.from({ length: rows }, (_, i) => i);
  const [labelTime, labels, probabilities] = [1, 2, 3].map(() => new Float64Array(rows));
  let noise = random.normal();
  for (let i = 0; i < rows; i++) {
    const lives = life(random);
    let sum = 0;
    for (let k = 1; k <= lives; k++) sum += shocks[i + k];
    noise = 0.9 * noise + Math.sqrt(1 - 0.81) * random.normal();
    labelTime[i] = i + lives;
    labels[i] = sum > 0 ? 1 : 0;
    probabilities[i] = 1 / (1 + exp(-(skill * sum) / Math.sqrt(lives) - noise));
  }
  return { time, labelTime, labels, probabilities };
}

/** How often, of `times` markets, the interval holds the truth, and something was learned. */
function tried(market: Market, times: number): { readonly covered: number; readonly learned: number } {
  const long = simulated({ ...market, rows: 300_000 }, distributions(sfc32(1)));
  const truth = rocAuc(long.probabilities, long.labels);
  const random = distributions(sfc32(2));
  let [covered, learned] = [0, 0];
  for (let k = 0; k < times; k++) {
    const rows = simulated(market, random);
    const { labels: independent } = independenceOf(rows);
    const block = blockLength(market.rows, independent);
    const judged = { ...rows, threshold: 0.5, gain: rows.labels, taken: new Int32Array(0), late: new Int32Array(0) };
    const { rocAuc: interval } = intervalsOf(judged, { block, replicates: 300, random: sfc32(k) });
    const chance = chanceOf(rows, { block, shifts: 300, random: sfc32(k) });
    if (interval[0] <= truth && truth <= interval[1]) covered++;
    const score = rocAuc(rows.probabilities, rows.labels);
    if (verdictOf({ rocAuc: score, interval, chance, independent }).kind === 'learned something') learned++;
  }
  return { covered: covered / times, learned: learned / times };
}

const lives: Readonly<Record<string, Market['life']>> = {
  'all of 12 rows': () => 12,
  'of 12 rows in the mean, many of them short': (random) =>
    1 + Math.min(LONGEST - 1, Math.floor(11.5 * random.exponential())),
};
for (const [name, life] of Object.entries(lives)) {
  test(`labels ${name}: intervals hold the truth, and of noise nothing is learned`, () => {
    const noise = tried({ rows: 500, life, skill: 0 }, 200);
    assert.ok(noise.covered >= 0.88 && noise.covered <= 0.99, `noise: ${noise.covered} covered`);
    assert.ok(noise.learned <= 0.07, `noise: ${noise.learned} learned`);
    const skilled = tried({ rows: 500, life, skill: 0.6 }, 100);
    assert.ok(skilled.covered >= 0.88 && skilled.covered <= 0.99, `skill: ${skilled.covered} covered`);
    assert.ok(skilled.learned >= 0.8, `skill: ${skilled.learned} learned`);
  });
}

test('a block spans two independent labels; a drawn set has as many rows as there are', () => {
  assert.equal(blockLength(600, 40), 30);
  assert.equal(blockLength(600, 600), 2);
  assert.equal(blockLength(10, 1), 10);
  const counts = new Uint32Array(97);
  const sums = new Float64Array(97);
  const random = sfc32(3);
  for (let k = 0; k < 4000; k++) {
    drawBlocks(random, 10, counts);
    assert.equal(
      counts.reduce((a, b) => a + b, 0),
      97,
    );
    counts.forEach((count, i) => (sums[i] += count / 4000));
  }
  assert.ok(
    sums.every((mean) => Math.abs(mean - 1) < 0.08),
    'no row is favoured',
  );
});

test('blocks of one row are the plain bootstrap: the deviation of a mean is that of the formula', () => {
  const rows = 400;
  const labels = Float64Array.from({ length: rows }, (_, i) => i % 2);
  const gain = Float64Array.from({ length: rows }, (_, i) => ((i * 7919) % rows) / rows - 0.5);
  const judged = {
    probabilities: labels,
    labels,
    threshold: 0.5,
    gain,
    taken: Int32Array.from(labels.keys()),
    late: new Int32Array(0),
  };
  const { gross } = intervalsOf(judged, { block: 1, replicates: 2000, random: sfc32(5) });
  const expected = 1.96 * Math.sqrt(1 / 12 / rows);
  assert.ok(
    Math.abs((gross[1] - gross[0]) / 2 / expected - 1) < 0.08,
    `${gross[0]} to ${gross[1]}, by formula ${expected}`,
  );
});

test('where most sets have one class only there is no interval', () => {
  const labels = Float64Array.of(1, 0, 0, 0, 0, 0);
  const judged = {
    probabilities: labels,
    labels,
    threshold: 0.5,
    gain: labels,
    taken: new Int32Array(0),
    late: new Int32Array(0),
  };
  const { rocAuc: interval, brier, gross } = intervalsOf(judged, { block: 1, replicates: 200, random: sfc32(1) });
  assert.deepEqual(
    [interval, brier, gross],
    [
      [NaN, NaN],
      [0, 0],
      [NaN, NaN],
    ],
  );
});

test('few blocks take percentiles further out, as far as tables of Student and the normal distribution say', () => {
  // mpmath 1.3, 30 digits: ncdf(-t sqrt(n / (n - 1))), t from the regularized incomplete beta function.
  const golden: readonly (readonly [blocks: number, share: number])[] = [
    [10, 0.008551],
    [20, 0.015881],
    [100, 0.023064],
  ];
  for (const [blocks, share] of golden) assert.ok(Math.abs(shareBelow(blocks) - share) < 1e-4, `${blocks}`);
  assert.ok(Math.abs(shareBelow(1e9) - 0.025) < 1e-6);
});
