/** Holes over the whole chain: gaps of ids and declared ones, however the events come. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { mulberry32 } from '../../packages/core/src/base/random.ts';
import type { Engine, Hole } from '../../packages/core/src/chain/contract.ts';
import type { ConfigInput } from '../../packages/core/src/config/config.ts';
import type { Trade } from '../../packages/core/src/trades/trade.ts';
import { start } from '../collected.ts';
import { assertSameRows, blockOf, tradesArbitrary, walk } from '../trades.ts';

const features = ['close', 'volume', 'sma(close, 2)', 'tick_price_skewness'];
const timed: ConfigInput = {
  clocks: {
    '10s': { bars: 'time', every: '10s' },
    '1min': { bars: 'time', every: '1min', empty: 'skip' },
    '2min': { from: '10s', every: '2min' },
  },
  features: {
    '10s': features,
    '1min': features,
    '2min': ['close', 'volume'],
    rows: ['sma(close_10s, 34)', 'close_1min / lag(close_2min, 1) - 1 as stretch'],
  },
};
const mixed: ConfigInput = {
  clocks: {
    short: { bars: 'tick', threshold: 3 },
    medium: { from: 'short', count: 2 },
    dollar: { bars: 'dollar', threshold: 90_000, anchor: 'day', overshoot: 'carry' },
    ...timed.clocks,
  },
  features: { short: features, medium: features, dollar: ['close'], ...timed.features },
};

/** Trades and holes in order; what is missing is in `all`. */
interface Torn {
  readonly all: readonly Trade[];
  readonly events: readonly (Trade | Hole)[];
}

const torn = (maxLength: number): fc.Arbitrary<Torn> =>
  fc
    .tuple(
      // Few trades with everything that breaks, and enough tame ones for windows to fill and empty.
      fc.oneof(
        tradesArbitrary(maxLength),
        fc.nat().map((seed) => walk(maxLength, seed, 10)),
      ),
      fc.array(fc.tuple(fc.nat(maxLength), fc.nat(9), fc.constantFrom('missing', 'declared'), fc.nat(30_000_000)), {
        maxLength: 3,
      }),
    )
    .map(([all, faults]) => {
      const events: (Trade | Hole)[] = [];
      let left = 0;
      all.forEach((trade, i) => {
        for (const [at, run, kind, reach] of faults) {
          if (at % all.length !== i || i === 0) continue;
          if (kind === 'missing') left = Math.max(left, run);
          else events.push({ from: all[i - 1].time, to: all[i - 1].time + (run === 0 ? 0 : reach) });
        }
        if (left === 0) events.push(trade);
        else left--;
      });
      return { all, events };
    });

const isHole = (event: Trade | Hole): event is Hole => 'from' in event;

/** Pushes events [from, to), trades together as far as no hole parts them. */
function pushAll(engine: Engine, events: readonly (Trade | Hole)[]): void {
  let trades: Trade[] = [];
  for (const event of events) {
    if (!isHole(event)) {
      trades.push(event);
      continue;
    }
    engine.push(blockOf(trades));
    engine.hole(event);
    trades = [];
  }
  engine.push(blockOf(trades));
}

const RUNS = { numRuns: 80, seed: 99 };

for (const drive of ['short', '10s'] as const) {
  test(`L1, L2: with holes too, any cuts and restores give the same rows, counts and state, driven by ${drive}`, () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(torn(200), cuts, ({ events }, lengths) => {
        const settings = { ...mixed, drive };
        const whole = start(settings);
        pushAll(whole.engine, events);
        let found = start(settings);
        for (let i = 0, k = 0; i < events.length; k++) {
          const to = Math.min(events.length, i + lengths[k % lengths.length]);
          const [first] = events.slice(i, to);
          if (to - i === 1 && !isHole(first)) found.engine.push(first);
          else pushAll(found.engine, events.slice(i, to));
          if (k % 3 === 2) found = start(settings, found.rows, found.engine.snapshot());
          i = to;
        }
        assertSameRows(found.rows, whole.rows);
        assert.deepEqual(found.engine.counts(), whole.engine.counts());
        assert.equal(Buffer.compare(found.engine.snapshot(), whole.engine.snapshot()), 0, 'states differ');
      }),
      RUNS,
    );
  });
}

test('a row that is complete and ready is, to the bit, the row of the trades without a hole', () => {
  let compared = 0;
  let incomplete = 0;
  fc.assert(
    fc.property(torn(300), ({ all, events }) => {
      const whole = start(timed);
      whole.engine.push(blockOf(all));
      const byTime = new Map(whole.rows.map((row) => [row[0], row]));
      const found = start(timed);
      pushAll(found.engine, events);
      const sound = found.rows.filter((row) => row.at(-1) === 1 && row.at(-2) === 1);
      assertSameRows(
        sound,
        sound.map((row) => byTime.get(row[0]) ?? []),
      );
      if (found.engine.counts().holes > 0) compared += sound.length;
      incomplete += found.rows.filter((row) => row.at(-1) === 0).length;
    }),
    { ...RUNS, numRuns: 200 },
  );
  assert.ok(compared > 1000 && incomplete > 1000, `${compared} compared, ${incomplete} not complete`);
});

test('a hole changes no value, only what is complete', () => {
  fc.assert(
    fc.property(torn(200), ({ events }) => {
      const [found, without] = [start(mixed), start(mixed)];
      pushAll(found.engine, events);
      const nameless = events.filter((event) => !isHole(event)).map((event) => ({ ...event, id: undefined }) as Trade);
      pushAll(without.engine, nameless);
      const values = (rows: readonly number[][]): number[][] => rows.map((row) => row.slice(0, -1));
      assertSameRows(values(found.rows), values(without.rows));
      assert.ok(without.rows.every((row) => row.at(-1) === 1));
    }),
    RUNS,
  );
});

test('L3: a watermark changes complete alone, and only of rows that it lets out before a hole is known', () => {
  let changed = 0;
  fc.assert(
    fc.property(torn(200), fc.integer(), ({ events }, seed) => {
      const random = mulberry32(seed);
      const settings = { ...mixed, drive: '10s' };
      const expected = start(settings);
      pushAll(expected.engine, events);
      const { engine, rows } = start(settings);
      events.forEach((event, i) => {
        const before = rows.length;
        const newest = engine.lastEvent()?.time;
        // Up to the next trade, and to the nearest end of the holes before it.
        const last = events.findIndex((later, k) => k >= i && !isHole(later));
        const ahead = last < 0 ? [] : events.slice(i, last + 1).map((one) => (isHole(one) ? one.to : one.time));
        const next = Math.min(...ahead);
        const state = engine.snapshot();
        if (newest !== undefined && next < Infinity && next > newest && random() < 0.6)
          engine.advance(newest + Math.floor(random() * (next - newest)));
        const out = rows.length;
        const { holes } = engine.counts();
        if (isHole(event)) engine.hole(event);
        else engine.push(event);
        if (engine.counts().holes === holes || out === before) return;
        // The same rows, let out by a watermark alone: what was known then.
        const alone = start(settings, [], state);
        alone.engine.advance(next);
        for (let r = before; r < out; r++) {
          assert.equal(rows[r].at(-1), alone.rows[r - before].at(-1));
          if (rows[r].at(-1) !== expected.rows[r].at(-1)) changed++;
          rows[r][rows[r].length - 1] = expected.rows[r].at(-1) ?? NaN;
        }
      });
      assertSameRows(rows, expected.rows);
    }),
    RUNS,
  );
  assert.ok(changed > 0, 'no watermark came before a hole');
});
