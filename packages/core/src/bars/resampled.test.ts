/** Time bars of given bars against groups of them, whatever is missing, late or cut. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createEngine } from '../config/engine.ts';
import { COLUMN } from './bar.ts';
import type { GivenBar } from './given.ts';

const MINUTE = 60_000_000;
const START = Date.UTC(2024, 2, 9, 23, 50) * 1000;

interface Found {
  readonly bars: Record<string, number[][]>;
  readonly rows: number[][];
}

const NAMES = [
  'open_time',
  'close_time',
  'available_at',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'constituent_bar_count',
] as const;

type Empty = 'carry' | 'skip';

/** Five- and fifteen-minute bars of minute bars; a snapshot is taken and restored after every bar of `cuts`. */
function resample(given: readonly GivenBar[], empty: Empty, cuts: readonly number[] = [], drive = 'five'): Found {
  const found: Found = { bars: { minute: [], five: [], quarter: [] }, rows: [] };
  const create = (): ReturnType<typeof createEngine> =>
    createEngine(
      {
        clocks: {
          minute: { bars: 'given' },
          five: { from: 'minute', every: '5min', empty },
          quarter: { from: 'five', every: '15min', empty },
        },
        features: { minute: ['close'], five: ['close', 'open_time'], quarter: ['close'] },
        drive,
      },
      {
        onBars: ({ clock, data, from, to }) => {
          for (let i = from; i < to; i++) found.bars[clock].push(NAMES.map((name) => data[COLUMN[name]][i]));
        },
        onRows: ({ count, width, time, values }) => {
          for (let r = 0; r < count; r++) found.rows.push([time[r], ...values.subarray(r * width, (r + 1) * width)]);
        },
      },
    );
  let engine = create();
  given.forEach((bar, i) => {
    engine.pushBar(bar);
    if (!cuts.includes(i)) return;
    const bytes = engine.snapshot();
    engine = create();
    engine.restore(bytes);
  });
  return found;
}

/** A bar of `minute` minutes after the start; `late` microseconds until it is known, `inclusive`: ends a millisecond early. */
function minuteBar(minute: number, price: number, { late = 0, inclusive = false } = {}): GivenBar {
  const openTime = START + minute * MINUTE;
  const closeTime = openTime + MINUTE - (inclusive ? 1000 : 0);
  const prices = { open: price, high: price + 2, low: price - 1, close: price + 1 };
  return { open_time: openTime, close_time: closeTime, available_at: closeTime + late, ...prices, volume: 0.5 * price };
}

/** Five-minute bars by their definition: group, then look for the bar that made the end known. */
function naive(given: readonly GivenBar[], span: number, empty: Empty): number[][] {
  const start = (bar: GivenBar): number => Math.floor(bar.open_time / span) * span;
  const bars: number[][] = [];
  if (given.length === 0) return bars;
  for (let a = start(given[0]); a <= start(given[given.length - 1]); a += span) {
    const inside = given.filter((bar) => start(bar) === a);
    const ending = inside.find((bar) => bar.close_time >= a + span - 1000);
    const knownBy = ending ?? given.find((bar) => bar.open_time >= a + span);
    if (knownBy === undefined || (inside.length === 0 && empty === 'skip')) continue;
    const availableAt = knownBy.available_at ?? NaN;
    const before = bars.length === 0 ? NaN : bars[bars.length - 1][6];
    bars.push([
      a,
      Math.min(a + span, availableAt),
      availableAt,
      inside.length === 0 ? before : inside[0].open,
      inside.length === 0 ? before : Math.max(...inside.map((bar) => bar.high)),
      inside.length === 0 ? before : Math.min(...inside.map((bar) => bar.low)),
      inside.length === 0 ? before : inside[inside.length - 1].close,
      inside.reduce((sum, bar) => sum + bar.volume, 0),
      inside.length,
    ]);
  }
  return bars;
}

const max = (bars: readonly number[][], column: number, sign = 1): number =>
  Math.max(...bars.map((bar) => sign * bar[column]));

const series = fc
  .array(
    fc.record({
      skip: fc.oneof(
        { weight: 8, arbitrary: fc.constant(0) },
        { weight: 2, arbitrary: fc.integer({ min: 1, max: 23 }) },
      ),
      price: fc.integer({ min: 2, max: 99 }),
      late: fc.constantFrom(0, 0, 1500, 200_000),
    }),
    { maxLength: 80 },
  )
  .chain((steps) => fc.boolean().map((inclusive) => ({ steps, inclusive })))
  .map(({ steps, inclusive }) => {
    let minute = 0;
    return steps.map(({ skip, price, late }) => minuteBar((minute += 1 + skip), price, { late, inclusive }));
  });

for (const empty of ['carry', 'skip'] as const) {
  test(`given bars by the interval, empty ${empty}: as defined`, () => {
    fc.assert(
      fc.property(series, (given) => {
        const { bars } = resample(given, empty);
        assert.deepEqual(bars['five'], naive(given, 5 * MINUTE, empty));
        // Bars of bars of bars end with the given bar that says so; a carried bar is one of the parts, with a price.
        const quarters = naive(given, 15 * MINUTE, empty).map((bar) => {
          const parts = bars['five'].filter(([a]) => a >= bar[0] && a < bar[0] + 15 * MINUTE);
          const prices = parts.length === 0 ? bar.slice(3, 6) : [parts[0][3], max(parts, 4), -max(parts, 5, -1)];
          return [...bar.slice(0, 3), ...prices, ...bar.slice(6, 8), parts.length];
        });
        assert.deepEqual(bars['quarter'], quarters);
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  test(`L2, L3: a snapshot after any bar changes nothing, nor does the future: empty ${empty}`, () => {
    fc.assert(
      fc.property(series, fc.array(fc.nat(80), { maxLength: 6 }), fc.nat(80), (given, cuts, cut) => {
        for (const drive of ['minute', 'five']) {
          const whole = resample(given, empty, [], drive);
          assert.deepEqual(resample(given, empty, cuts, drive), whole);
          const past = resample(given.slice(0, cut), empty, [], drive);
          assert.deepEqual(past.rows, whole.rows.slice(0, past.rows.length));
          // L5: a row holds nothing that was not available.
          for (const row of past.rows)
            assert.ok(row[0] <= Math.max(...given.slice(0, cut).map((b) => b.available_at ?? 0)));
        }
      }),
      { numRuns: 100, seed: 6 },
    );
  });
}

test('an interval whose last bar is missing is known with the bar that comes next, and so are the empty ones', () => {
  const given = [0, 1, 2, 3, 4, 5, 6, 7, 19].map((minute) => minuteBar(minute, 10 + minute, { late: 100 }));
  const { bars, rows } = resample(given, 'carry');
  const known = START + 20 * MINUTE + 100;
  assert.deepEqual(
    bars['five'].map((bar) => [(bar[0] - START) / MINUTE, bar[2], bar[8]]),
    [
      [0, START + 5 * MINUTE + 100, 5],
      [5, known, 3],
      [10, known, 0],
      [15, known, 1],
    ],
  );
  // One bar closed three: each has its own row, with its own values (columns: time, close and age of minute, then five).
  assert.deepEqual(
    rows.map((row) => [row[3], (row[4] - START) / MINUTE]),
    [
      [15, 0],
      [18, 5],
      [18, 10],
      [30, 15],
    ],
  );
});

test('a bar that opens in an interval that has ended is refused', () => {
  const engine = createEngine({ clocks: { minute: { bars: 'given' }, five: { from: 'minute', every: '5min' } } });
  for (let minute = 0; minute < 5; minute++) engine.pushBar(minuteBar(minute, 10));
  const across = { ...minuteBar(5, 10), open_time: START + 4.5 * MINUTE };
  const said =
    /^MinotaurError: bars\.csv line 7, bar that ends at 20\d\d-.*Z: expected open_time of at least 20\d\d-.*barTime: close.*found 20\d\d-/;
  assert.throws(() => engine.pushBar(across, { place: () => 'bars.csv line 7' }), said);
});
