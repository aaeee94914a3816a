import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEngine } from '../config/engine.ts';
import type { Notice } from '../trades/intake.ts';
import type { GivenBar } from './given.ts';

const START = 1_443_184_680_000_000;
const MINUTE = 60_000_000;

/** Minute `i`, whose prices are `[open, high, low, close]`. */
function bar(i: number, [open, high, low, close]: readonly number[], more: Partial<GivenBar> = {}): GivenBar {
  const open_time = START + i * MINUTE;
  return { open_time, close_time: open_time + MINUTE, open, high, low, close, volume: 1, ...more };
}

const good = (i: number): GivenBar => bar(i, [10, 11, 9, 10]);
/** As of exchanges that take the close before for the open. */
const outside = (i: number): GivenBar => bar(i, [12, 11, 9, 10]);

function run(bars: readonly GivenBar[], invalid?: 'reject' | 'drop' | 'keep') {
  const notices: Notice[] = [];
  const opens: number[] = [];
  const engine = createEngine(
    { clocks: { it: { bars: 'given' } }, features: { it: ['open'] }, ...(invalid && { bars: { invalid } }) },
    {
      onNotice: (notice) => notices.push(notice),
      onRows: ({ count, values, width }) => {
        for (let r = 0; r < count; r++) opens.push(values[r * width]);
      },
    },
  );
  bars.forEach((one, i) => engine.pushBar(one, { place: () => `bars.csv line ${i + 2}` }));
  return { notices, opens, counts: engine.counts() };
}

test('a bar whose open is outside its range is dropped, counted and reported', () => {
  const { notices, opens, counts } = run([good(0), outside(1), good(2)]);
  assert.deepEqual(opens, [10, 10]);
  assert.deepEqual([counts.invalid, counts.dropped, counts.trades], [1, 1, 2]);
  const found = 'open 12, high 11, low 9, close 10';
  assert.deepEqual(notices, [
    {
      problem: 'invalid',
      row: 0,
      last: 0,
      count: 1,
      handling: 'drop',
      expected: 'open and close from low to high',
      found,
    },
  ]);
});

test('kept, it is used as it is; what has no place on a chart is dropped all the same', () => {
  const broken = [
    bar(2, [10, 11, NaN, 10]),
    bar(2, [10, 9, 11, 10]),
    bar(2, [10, 11, 0, 10]),
    bar(2, [10, 11, 9, 10], { volume: -1 }),
    bar(2, [10, 11, 9, 10], { close_time: START }),
    bar(2, [10, 11, 9, 10], { close_time: NaN }),
    bar(2, [10, 11, 9, 10], { available_at: START }),
  ];
  const { opens, notices, counts } = run([good(0), outside(1), ...broken, good(3)], 'keep');
  assert.deepEqual(opens, [10, 12, 10]);
  assert.deepEqual(
    notices.map(({ handling }) => handling),
    ['keep', ...broken.map(() => 'drop')],
  );
  assert.deepEqual([counts.invalid, counts.dropped], [8, 7]);
});

test('rejected, it is named by its place, and the next good bar is taken', () => {
  assert.throws(
    () => run([good(0), outside(1)], 'reject'),
    /^MinotaurError: bars.csv line 3 \(invalid\): expected open and close from low to high, found open 12, high 11, low 9/,
  );
  const engine = createEngine({ clocks: { it: { bars: 'given' } }, bars: { invalid: 'reject' } });
  engine.pushBar(good(0));
  assert.throws(() => engine.pushBar(outside(1)), /event 2, a bar for clock 'it' \(invalid\)/);
  engine.pushBar(good(2));
  assert.equal(engine.counts().bars['it'], 2);
});

test('a bar that is there twice is refused by its place, and the next one is taken', () => {
  const again = /bars.csv line 4: expected a bar that opens after \S+Z, as the one before did [^]*found \S+Z/;
  assert.throws(() => run([good(0), good(1), good(1), good(2)]), again);
  // Of another symbol at one time; of more minutes, which began before.
  assert.throws(() => run([good(0), good(1), bar(1, [50, 51, 49, 50])]), again);
  const five = bar(0, [10, 11, 9, 10], { close_time: START + 2 * MINUTE });
  const grown = bar(1, [10, 11, 9, 10], { close_time: START + 3 * MINUTE });
  for (const one of [five, grown]) assert.throws(() => run([good(0), good(1), one]), again);
  const config = { clocks: { it: { bars: 'given' } } } as const;
  let engine = createEngine(config);
  engine.pushBar(good(0));
  const state = engine.snapshot();
  for (const kept of [engine, createEngine(config)]) {
    kept.restore(state);
    assert.throws(() => kept.pushBar(good(0)), /a bar that opens after/);
    engine = kept;
  }
  engine.pushBar(good(1));
  assert.equal(engine.counts().bars['it'], 2);
});

test('bars of trades of one microsecond begin together, and bars may overlap', () => {
  const [flat, open] = [START + MINUTE, { close_time: START + MINUTE }];
  const bars = [good(0), bar(1, [10, 11, 9, 10], open), bar(1, [11, 11, 9, 10], open), bar(1, [12, 13, 9, 10])];
  assert.equal(bars[1].open_time, flat);
  const sliding = [4, 5].map((i) => bar(i, [13, 14, 9, 10], { close_time: START + (i + 5) * MINUTE }));
  assert.deepEqual(run([...bars, ...sliding]).opens, [10, 10, 11, 12, 13, 13]);
});

test('a bar that steps back is refused by its place', () => {
  assert.throws(() => run([good(1), good(0)]), /bars.csv line 3: expected a bar that is available at \S+Z or later/);
});
