/** L9: every interleaving of the feeds within the skew gives the same rows, flags included, and the same state. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { COLUMN } from '../../packages/core/src/bars/bar.ts';
import { mulberry32 } from '../../packages/core/src/base/random.ts';
import type { Engine } from '../../packages/core/src/chain/contract.ts';
import type { ConfigInput } from '../../packages/core/src/config/config.ts';
import { createEngine, restoreEngine } from '../../packages/core/src/config/engine.ts';
import type { RowBlock } from '../../packages/core/src/rows/align.ts';
import { inOrderOfTime, lanesArbitrary, pushLane, scheduleOf, shuffled, type Lanes, type Turn } from '../lanes.ts';
import { assertSameRows, blockOf, START } from '../trades.ts';

const RUNS = { numRuns: 60, seed: 99 };
const NAMES = ['a', 'b', 'c'];
const SKEW = 60_000_000;
const SECOND = 1_000_000;
const LATENCY = { b: 250_000, c: 1_000_000 };

const features = ['open', 'close', 'open_time', 'sma(close, 3)', 'ema(volume, 2) as vema'];
const config: ConfigInput = {
  instruments: { a: {}, b: {}, c: { latency: '1s' } },
  clocks: {
    short: { of: 'a', bars: 'tick', threshold: 4 },
    slow: { of: 'b', bars: 'time', every: '10s' },
    quick: { of: 'b', bars: 'tick', threshold: 2 },
    own: { of: 'a', bars: 'time', every: '5s' },
    parent: { of: 'c', bars: 'dollar', threshold: 100_000, anchor: 'day' },
    child: { from: 'parent', count: 2 },
  },
  ready: { tolerance: 0.5 },
  features: {
    ...Object.fromEntries(['short', 'slow', 'quick', 'own', 'parent', 'child'].map((c) => [c, features])),
    rows: ['close_short / close_quick as ratio', 'sma(close_quick, 3) as mean', 'lag(age_child, 2) as before'],
  },
};

interface Run {
  engine: Engine;
  readonly rows: number[][];
  readonly bars: Map<string, number[][]>;
}

function start(settings: ConfigInput, bytes?: Uint8Array, before?: Run): Run {
  const rows = before?.rows ?? [];
  const bars = before?.bars ?? new Map<string, number[][]>();
  const sinks = {
    onRows: ({ count, width, time, values, ready, complete }: RowBlock) => {
      for (let r = 0; r < count; r++)
        rows.push([time[r], ...values.subarray(r * width, (r + 1) * width), ready[r], complete[r]]);
    },
    onBars: ({ clock, data, from, to }: { clock: string; data: readonly Float64Array[]; from: number; to: number }) => {
      const own = bars.get(clock) ?? [];
      for (let i = from; i < to; i++) own.push(data.map((column) => column[i]));
      bars.set(clock, own);
    },
  };
  return { engine: bytes ? restoreEngine(settings, bytes, sinks) : createEngine(settings, sinks), rows, bars };
}

/** `random`: of cuts into blocks, and of snapshots that are gone on from. */
function play(settings: ConfigInput, lanes: Lanes, turns: readonly Turn[], random?: () => number): Run {
  let run = start(settings);
  for (const { lane, from, to } of turns) {
    pushLane(run.engine, lane, lanes[lane].slice(from, to), random !== undefined && random() < 0.5);
    if (random !== undefined && random() < 0.1) run = start(settings, run.engine.snapshot(), run);
  }
  return run;
}

for (const drive of ['short', 'own', 'quick', 'child']) {
  test(`L9, L1, L2: any schedule, cuts and restores give the same rows and the same state, driven by ${drive}`, () => {
    const settings = { ...config, drive };
    fc.assert(
      fc.property(lanesArbitrary(NAMES, 120), fc.integer(), (lanes, seed) => {
        const random = mulberry32(seed);
        const expected = play(settings, lanes, inOrderOfTime(lanes));
        const found = play(settings, lanes, scheduleOf(lanes, SKEW, random, random()), random);
        assertSameRows(found.rows, expected.rows);
        assert.equal(found.engine.counts().waitingRows, 0);
        assert.equal(Buffer.compare(found.engine.snapshot(), expected.engine.snapshot()), 0, 'states differ');
      }),
      RUNS,
    );
  });
}

test('L9 where late trades are put in order: any schedule of what arrives gives the same rows and the same state', () => {
  const settings: ConfigInput = { ...config, trades: { reorder: { within: '1s' } } };
  fc.assert(
    fc.property(lanesArbitrary(NAMES, 120), fc.integer(), (sorted, seed) => {
      const random = mulberry32(seed);
      const lanes = shuffled(withoutHoles(sorted), 900_000, random);
      const expected = play(settings, lanes, scheduleOf(lanes, SKEW / 2, random, 0));
      const found = play(settings, lanes, scheduleOf(lanes, SKEW / 2, random, random()), random);
      assertSameRows(found.rows, expected.rows);
      assert.equal(Buffer.compare(found.engine.snapshot(), expected.engine.snapshot()), 0, 'states differ');
    }),
    RUNS,
  );
});

/** A declared hole has to end behind the newest event, which late trades would make another. */
function withoutHoles(lanes: Lanes): Lanes {
  const kept = Object.entries(lanes).map(([name, events]) => [name, events.filter(({ kind }) => kind !== 'hole')]);
  return Object.fromEntries(kept) as Lanes;
}

test('L9 where instruments begin anew or are split: any schedule gives the same rows, none of what was before', () => {
  const at = (seconds: number): string => new Date((START + seconds * SECOND) / 1000).toISOString();
  const settings: ConfigInput = {
    ...config,
    instruments: {
      a: { adjustments: [{ time: at(90), factor: 2 }] },
      b: { adjustments: [{ time: at(70), reset: true }] },
      c: { latency: '1s', adjustments: [{ time: at(40), reset: true }] },
    },
  };
  fc.assert(
    fc.property(lanesArbitrary(NAMES, 120), fc.integer(), (lanes, seed) => {
      const random = mulberry32(seed);
      const expected = play(settings, lanes, inOrderOfTime(lanes));
      const found = play(settings, lanes, scheduleOf(lanes, SKEW, random, random()), random);
      assertSameRows(found.rows, expected.rows);
      assert.equal(Buffer.compare(found.engine.snapshot(), expected.engine.snapshot()), 0, 'states differ');
      const { columns } = found.engine.plan;
      const opened = 1 + columns.indexOf('open_time_quick');
      for (const row of found.rows)
        if (row[0] - LATENCY.b >= START + 70 * SECOND && row[opened] === row[opened])
          assert.ok(row[opened] >= START + 70 * SECOND, 'a bar of before the reset');
    }),
    RUNS,
  );
});

test('states are the same wherever the same events have come, also while rows wait', () => {
  fc.assert(
    fc.property(lanesArbitrary(NAMES, 80), fc.integer(), (lanes, seed) => {
      const random = mulberry32(seed);
      const some = Object.fromEntries(
        Object.entries(lanes).map(([name, events]) => {
          const until = START + 30_000_000 + random() * 50_000_000;
          return [name, events.filter(({ time }) => time <= until)];
        }),
      );
      const states = [0, 0.5, 1].map((eager) =>
        play(config, some, scheduleOf(some, SKEW, random, eager), random).engine.snapshot(),
      );
      for (const state of states) assert.equal(Buffer.compare(state, states[0]), 0, 'states differ');
    }),
    RUNS,
  );
});

test('a row holds the newest bar of another instrument that was available a latency before, by a plain search', () => {
  fc.assert(
    fc.property(lanesArbitrary(NAMES, 150), fc.integer(), (lanes, seed) => {
      const { rows, bars } = play(config, lanes, scheduleOf(lanes, SKEW, mulberry32(seed), 0.5));
      const { columns } = createEngine(config).plan;
      for (const row of rows) {
        const [time] = row;
        for (const [clock, latency] of [
          ['slow', LATENCY.b],
          ['quick', LATENCY.b],
          ['parent', LATENCY.c],
          ['child', LATENCY.c],
        ] as const) {
          const seen = (bars.get(clock) ?? []).filter((bar) => bar[COLUMN.available_at] + latency <= time);
          const newest = seen.at(-1);
          const value = (name: string): number => row[1 + columns.indexOf(`${name}_${clock}`)];
          assert.deepEqual(
            [value('close'), value('open_time'), value('age')],
            newest === undefined
              ? [NaN, NaN, NaN]
              : [newest[COLUMN.close], newest[COLUMN.open_time], (time - newest[COLUMN.available_at]) / 1e6],
          );
        }
      }
    }),
    RUNS,
  );
});

const PLAIN: ConfigInput = {
  instruments: { a: {}, b: { latency: '0' } },
  clocks: { a: { of: 'a', bars: 'tick', threshold: 1 }, b: { of: 'b', bars: 'tick', threshold: 1 } },
  features: { a: ['close'], b: ['close'] },
};
const trade = (seconds: number, id: number, price = 10) => ({
  time: START + Math.round(seconds * SECOND),
  id,
  price,
  quantity: 1,
  buyerMaker: false,
});

test('a row waits for a trade of the other instrument that is later than it, and a released one is not complete', () => {
  const { engine, rows } = start(PLAIN);
  const at = (name: string) => ({ instrument: name });
  engine.push(trade(0, 1, 20), at('b'));
  engine.push(trade(1, 1), at('a'));
  engine.push(trade(1, 2, 21), at('b'));
  assert.deepEqual([rows.length, engine.counts().waitingRows], [0, 1]);
  // Another trade of the very same time may still come; only a later one settles the row.
  engine.push(trade(1, 3, 22), at('b'));
  engine.push(trade(1.000001, 4, 23), at('b'));
  assert.deepEqual(rows, [[START + SECOND, 10, 0, 22, 0, 1, 1]]);
  engine.push(trade(5, 2, 11), at('a'));
  assert.throws(() => engine.release(1.5), /release: expected an integer time, found 1.5/);
  assert.throws(() => engine.release(0), /release: expected a time from/);
  engine.release(START + 4 * SECOND);
  assert.equal(rows.length, 1);
  engine.release(START + 5 * SECOND);
  assert.deepEqual(rows[1], [START + 5 * SECOND, 11, 0, 23, 3.999999, 1, 0]);
  // What comes late enters its bar, and stands in the rows after it.
  engine.push(trade(4, 5, 24), at('b'));
  engine.push(trade(6, 3, 12), at('a'));
  engine.advance(START + 7 * SECOND, at('b'));
  assert.deepEqual(rows[2], [START + 6 * SECOND, 12, 0, 24, 2, 1, 1]);
});

test('a row is not ready again before features of rows hold nothing of what was before an instrument began anew', () => {
  for (const which of ['a', 'b']) {
    const adjustments = [{ time: new Date((START + 10 * SECOND) / 1000).toISOString(), reset: true as const }];
    const settings: ConfigInput = {
      ...PLAIN,
      instruments: {
        a: which === 'a' ? { adjustments } : {},
        b: { latency: '0', ...(which === 'b' ? { adjustments } : {}) },
      },
      features: { ...PLAIN.features, rows: ['rolling_mean(close_a + close_b, 3) as mean'] },
    };
    const { engine, rows } = start(settings);
    for (let i = 1; i <= 20; i++) {
      engine.push(trade(i - 0.5, i, i < 10 ? 10 : 1000), { instrument: 'b' });
      engine.push(trade(i, i, i < 10 ? 10 : 1000), { instrument: 'a' });
    }
    engine.advance(START + 30 * SECOND, { instrument: 'b' });
    const ready = rows.map((row) => row.at(-2));
    const begun = rows.findIndex(([time]) => time >= START + 10 * SECOND + (which === 'b' ? 0 : 0));
    assert.deepEqual(
      ready.slice(2, begun - 1),
      ready.slice(2, begun - 1).map(() => 1),
    );
    for (const row of rows)
      if (row.at(-2) === 1) assert.ok([20, 2000].includes(row.at(-3) as number), `${which}: ${row.at(-3)}`);
    assert.ok(ready.slice(-5).every((one) => one === 1));
  }
});

test('what is too far ahead, of no instrument, or one row too many is refused by name, and leaves no trace', () => {
  const { engine } = start(PLAIN);
  assert.throws(() => engine.push(trade(0, 1)), /event: expected the instrument it is of \(a, b\), found none/);
  assert.throws(() => engine.advance(START), /expected the instrument it is of/);
  assert.throws(() => engine.push(trade(0, 1), { instrument: 'c' }), /found 'c'/);
  engine.push(trade(0, 1), { instrument: 'a' });
  const before = engine.snapshot();
  const far = /trade 2: expected an event of a up to 2024-03-09T23:59:20.000000Z, `skew` beyond the newest of b/;
  assert.throws(() => engine.push(trade(60.000001, 2), { instrument: 'a' }), far);
  assert.throws(
    () => engine.advance(START + 61 * SECOND, { instrument: 'a' }),
    /advance: expected an event of a up to/,
  );
  assert.deepEqual(engine.snapshot(), before);
  // Of a block, the trades before it are used.
  assert.throws(() => engine.push(blockOf([trade(60, 2), trade(61, 3)]), { instrument: 'a' }), /trade 3: expected/);
  assert.equal(engine.counts().trades, 2);
});

test('at most 1,024 rows wait, whatever way the trades come', () => {
  const trades = Array.from({ length: 1500 }, (_, i) => trade(i / 100, i + 1));
  for (const cut of [1, 7, 1500]) {
    const { engine, rows } = start(PLAIN);
    const pushAll = (): void => {
      for (let i = 0; i < trades.length; i += cut)
        engine.push(blockOf(trades.slice(i, i + cut)), { instrument: 'a', place: (row) => `trade ${i + row + 1}` });
    };
    assert.throws(pushAll, /trade 1025: expected at most 1024 rows that wait for other instruments/);
    assert.deepEqual([engine.counts().trades, engine.counts().waitingRows], [1024, 1024]);
    engine.advance(START + 10 * SECOND, { instrument: 'b' });
    assert.deepEqual([rows.length, engine.counts().waitingRows], [1000, 24]);
    const { instruments } = engine.counts();
    assert.deepEqual([instruments?.a.trades, instruments?.b.trades], [1024, 0]);
  }
});

test('what does not fit together is refused: clocks of nobody, instruments without a clock, too many bars in the skew', () => {
  const of =
    (change: object): (() => unknown) =>
    () =>
      createEngine({ ...PLAIN, ...change });
  const { a, b } = PLAIN.clocks as Record<string, object>;
  assert.throws(
    of({ clocks: { a, b: { bars: 'tick', threshold: 1 } } }),
    /clocks.b.of: expected an instrument \(a, b\), found none/,
  );
  assert.throws(of({ clocks: { a, b: { ...b, of: 'bb' } } }), /found 'bb', did you mean 'b'|found 'bb'/);
  assert.throws(of({ clocks: { a }, features: {} }), /instruments.b: expected an instrument that a clock is of/);
  assert.throws(
    of({ clocks: { a: { of: 'a', bars: 'time', every: '50ms' }, b } }),
    /skew: expected at most 1024 bars of 'a', 51200000 us, found 60000000 us/,
  );
});

test('the latency is part of the schema, what is traded and the skew are not', () => {
  const id = (change: object): string => createEngine({ ...PLAIN, ...change }).schema.id;
  const instruments = (a: object, b: object) => ({ instruments: { a, b } });
  assert.equal(id(instruments({ symbol: 'X' }, { symbol: 'Y', latency: '0' })), id({}));
  assert.equal(
    id(instruments({ latency: '5s' }, { latency: '0' })),
    id({}),
    'that of the driving instrument means nothing',
  );
  assert.equal(id({ skew: '5s' }), id({}));
  assert.notEqual(id(instruments({}, { latency: '1ms' })), id({}));
});
