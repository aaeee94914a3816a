import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { naiveLabel, tradeEvent, type NaiveEvent } from '../../../../test/naive-labels.ts';
import { parseConfig } from '../config/config.ts';
import type { LabelConfig } from './section.ts';
import type { BarPrices, TradePrices } from './labels-first-touch.ts';
import { BARRIERS, createLabeller, horizonRows, type LabelRows, type Labels } from './labels.ts';

const S = 1_000_000;
const labelConfig = (label: object): LabelConfig => parseConfig({ clocks: {}, label: label as never }).label;

/** Few seconds and few whole prices: equal times, jumps over a barrier and prices exactly at one are the rule. */
const seconds = fc.integer({ min: 0, max: 60 });
const prices = fc.integer({ min: 90, max: 110 });
const until = fc.oneof(
  fc.integer({ min: 1, max: 8 }),
  fc.integer({ min: 1, max: 30 }).map((s) => `${s}s`),
);
const side = fc.constantFrom('long', 'short');
const shares = fc.constantFrom(0.01, 0.02, 0.05, 0.1);
const limit = fc.option(until, { nil: undefined });
const delay = fc.oneof(
  fc.constant(0),
  fc.constant('500ms'),
  fc.integer({ min: 1, max: 12 }).map((s) => `${s}s`),
);
const configs = fc
  .oneof(
    fc.record({ method: fc.constant('fixed'), target: shares, stop: shares, side, limit, delay }),
    fc.record({
      method: fc.constant('atr'),
      multiple: fc.constantFrom(0.5, 1.5, 3),
      minStop: shares,
      side,
      limit,
      delay,
    }),
    fc.record({ method: fc.constant('horizon'), after: until, side, delay }),
  )
  .map((label) => labelConfig(JSON.parse(JSON.stringify(label)) as object));

const table = (list: readonly (readonly number[])[], c: number): Float64Array => Float64Array.from(list, (x) => x[c]);

const rowsArbitrary: fc.Arbitrary<LabelRows> = fc
  .array(
    fc.tuple(
      seconds,
      fc.oneof({ weight: 9, arbitrary: prices }, { weight: 1, arbitrary: fc.constant(NaN) }),
      fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 3 }) }, { weight: 1, arbitrary: fc.constant(NaN) }),
      fc.integer({ min: 0, max: 5 }).map((x) => (x > 0 ? 1 : 0)),
    ),
    { maxLength: 40, size: 'max' },
  )
  .map((list) => {
    const sorted = list.toSorted((a, b) => a[0] - b[0]);
    const time = table(sorted, 0).map((s) => s * S);
    return { time, close: table(sorted, 1), atr: table(sorted, 2), ready: table(sorted, 3) };
  });

/** A random walk with gaps and equal times, or prices at random. */
const tradesArbitrary: fc.Arbitrary<TradePrices> = fc
  .tuple(
    fc.array(fc.tuple(seconds, prices, fc.integer({ min: -1, max: 1 })), { maxLength: 120, size: 'max' }),
    fc.boolean(),
  )
  .map(([list, walks]) => {
    const sorted = list.toSorted((a, b) => a[0] - b[0]);
    let level = 100;
    const price = Float64Array.from(sorted, ([, p, move]) => (walks ? (level += move) : p));
    return { length: sorted.length, time: table(sorted, 0).map((s) => s * S), price };
  });

/** Bars that follow or overlap each other, with gaps, known at or after their end. */
const barsArbitrary: fc.Arbitrary<BarPrices> = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 6 }), prices, prices, prices, prices), {
    maxLength: 60,
    size: 'max',
  })
  .map((list) => {
    let known = 0;
    const made = list.map(([gap, length, ...p]) => {
      const open = known + gap;
      known = open + length;
      return [open * S, known * S, p[0], Math.max(...p), Math.min(...p), p[3]];
    });
    const [open_time, available_at, open, high, low, close] = [0, 1, 2, 3, 4, 5].map((c) => table(made, c));
    return { length: made.length, open_time, available_at, open, high, low, close };
  });

function assertAsNaive(labels: Labels, config: LabelConfig, rows: LabelRows, events: readonly NaiveEvent[]): void {
  for (let i = 0; i < rows.time.length; i++) {
    const { label, labelTime, price, ambiguous } = labels;
    const barrier = BARRIERS[labels.barrier[i]];
    const entry = { entry_time: labels.entryTime[i], entry_price: labels.entryPrice[i] };
    const found = {
      ...entry,
      label: label[i],
      label_time: labelTime[i],
      barrier,
      price: price[i],
      ambiguous: ambiguous[i],
    };
    assert.deepEqual(found, naiveLabel(config, rows, i, events), `row ${i}`);
    assert.equal(Number.isNaN(labels.return[i]), barrier === 'none');
    if (barrier === 'target') assert.ok(labels.return[i] > 0);
    if (barrier === 'stop') assert.ok(labels.return[i] < 0);
    if (barrier !== 'none') assert.ok(labelTime[i] >= entry.entry_time && entry.entry_time >= rows.time[i]);
  }
}

test('labels from trades are those of the double loop, for any cutting into blocks', () => {
  const compared = { target: 0, stop: 0, time: 0, unresolved: 0, delayed: 0 };
  fc.assert(
    fc.property(
      configs,
      rowsArbitrary,
      tradesArbitrary,
      fc.integer({ min: 1, max: 9 }),
      (config, rows, trades, cut) => {
        const labeller = createLabeller(config, rows);
        for (let from = 0; from < trades.length; from += cut) {
          const to = Math.min(trades.length, from + cut);
          const time = trades.time.subarray(from, to);
          labeller.addTrades({ length: to - from, time, price: trades.price.subarray(from, to) });
        }
        const events = Array.from(trades.time, (time, i) => tradeEvent(time, trades.price[i]));
        const labels = labeller.finish();
        assertAsNaive(labels, config, rows, events);
        for (const name of ['target', 'stop', 'time', 'unresolved'] as const) compared[name] += labels.counts[name];
        compared.delayed += labels.entryTime.filter((t, i) => t > rows.time[i]).length;
      },
    ),
    { numRuns: 2000 },
  );
  for (const [name, count] of Object.entries(compared)) assert.ok(count > 1000, `only ${count} of ${name}`);
});

test('labels from bars are those of the double loop; where a bar spans both barriers, the stop and ambiguous', () => {
  let ambiguous = 0;
  fc.assert(
    fc.property(configs, rowsArbitrary, barsArbitrary, (config, rows, bars) => {
      const labeller = createLabeller(config, rows);
      labeller.addBars(bars);
      const events = Array.from(bars.open_time, (openTime, i) => ({
        isAfter: (row: number) => openTime >= row,
        from: openTime,
        known: bars.available_at[i],
        open: bars.open[i],
        high: bars.high[i],
        low: bars.low[i],
        close: bars.close[i],
      }));
      const labels = labeller.finish();
      assertAsNaive(labels, config, rows, events);
      ambiguous += labels.counts.ambiguous;
    }),
    { numRuns: 2000 },
  );
  assert.ok(ambiguous > 1000, `only ${ambiguous} ambiguous labels were compared`);
});

test('counts account for every row', () => {
  fc.assert(
    fc.property(configs, rowsArbitrary, tradesArbitrary, (config, rows, trades) => {
      const labeller = createLabeller(config, rows);
      labeller.addTrades(trades);
      const { counts: c, label } = labeller.finish();
      assert.equal(c.labelled, c.target + c.stop + c.time);
      assert.equal(c.rows, c.labelled + c.unresolved + c.unready + c.withoutEntry);
      assert.equal(c.labelled, label.filter((x) => x === x).length);
      assert.equal(c.unready, (rows.ready as Float64Array).filter((x) => x === 0).length);
    }),
    { numRuns: 500 },
  );
});

const one = (time: number, close: number): LabelRows => ({
  time: Float64Array.of(time),
  close: Float64Array.of(close),
});
const trades = (...list: readonly (readonly [time: number, price: number])[]): TradePrices => ({
  length: list.length,
  time: table(list, 0),
  price: table(list, 1),
});
function labelOne(label: object, ...list: readonly (readonly [time: number, price: number])[]): Labels {
  const labeller = createLabeller(labelConfig(label), one(10, 100));
  labeller.addTrades(trades(...list));
  return labeller.finish();
}

test('a trade of the same microsecond as the row is not after it', () => {
  const { label, labelTime, price } = labelOne({ method: 'fixed' }, [10, 90], [11, 102]);
  assert.deepEqual([label[0], labelTime[0], price[0]], [1, 11, 102]);
});

test('with a delay the entry is the first trade so long after the row; barriers and limit count from it', () => {
  const delayed = { method: 'fixed', delay: '500ms', limit: '2s' };
  const H = S / 2;
  const late = labelOne(delayed, [11, 200], [10 + H - 1, 300], [10 + H, 50], [10 + H, 80], [11 + H, 51]);
  assert.deepEqual(
    [late.entryTime[0], late.entryPrice[0]],
    [10 + H, 50],
    'at exactly the delay, the first of its time',
  );
  assert.deepEqual([late.label[0], late.labelTime[0], late.return[0]], [1, 11 + H, 51 / 50 - 1]);
  const limited = labelOne(delayed, [20 + H, 50], [20 + H + 2 * S, 50.1], [21 + H + 2 * S, 99]);
  assert.deepEqual([limited.barrier[0], limited.labelTime[0], limited.price[0]], [3, 20 + H + 2 * S, 50.1]);
  const silent = labelOne(delayed, [11, 102]);
  assert.deepEqual([silent.entryTime[0], silent.counts.unresolved], [NaN, 1], 'nothing to enter at');
});

test('with a delay a limit in rows ends as long after its row; an entry that comes no sooner is none', () => {
  const rows = { time: Float64Array.of(0, S, 2 * S, 3 * S), close: Float64Array.of(100, 100, 100, 100) };
  const labeller = createLabeller(labelConfig({ method: 'horizon', after: 1, delay: '200ms' }), rows);
  assert.equal(horizonRows(labelConfig({ method: 'horizon', after: 1, delay: '200ms' })), undefined, 'needs trades');
  assert.equal(horizonRows(labelConfig({ method: 'horizon', after: 1 })), 1);
  labeller.addTrades(trades([0.2 * S, 10], [1.2 * S, 11], [1.3 * S, 99], [4 * S, 12]));
  const { label, labelTime, entryPrice, counts } = labeller.finish();
  assert.deepEqual(
    [label[0], labelTime[0], entryPrice[0]],
    [1, 1.2 * S, 10],
    'the last trade by then, itself included',
  );
  assert.deepEqual([label[1], labelTime[1], entryPrice[1]], [1, 2.2 * S, 11]);
  assert.deepEqual(Array.from(entryPrice.subarray(2)), [NaN, 12], 'row 2 would be entered when it is left');
  assert.deepEqual([counts.withoutEntry, counts.unresolved], [1, 1]);
});

test('a price exactly at a barrier reaches it; the price is the trade, beyond the barrier where it jumped', () => {
  assert.equal(labelOne({ method: 'fixed' }, [11, 101.99], [12, 102]).labelTime[0], 12);
  assert.equal(labelOne({ method: 'fixed' }, [11, 99.01], [12, 99]).barrier[0], 2);
  const gap = labelOne({ method: 'fixed' }, [11, 97], [12, 103]);
  assert.deepEqual([gap.price[0], gap.return[0]], [97, 97 / 100 - 1]);
});

test('the last microsecond of a time limit is inside; the limit counts once something later is seen', () => {
  const limited = { method: 'fixed', limit: '1s' };
  assert.equal(labelOne(limited, [10 + S, 102]).barrier[0], 1);
  assert.equal(labelOne(limited, [10 + S, 101]).barrier[0], 0);
  const late = labelOne(limited, [10 + S, 101], [11 + S, 102]);
  assert.deepEqual([late.barrier[0], late.price[0], late.labelTime[0], late.label[0]], [3, 101, 10 + S, 1]);
});

test('a silence longer than the time limit ends at the price of the entry', () => {
  const silent = labelOne({ method: 'horizon', after: '1s' }, [10, 77], [11 + S, 120]);
  assert.deepEqual([silent.price[0], silent.return[0], silent.label[0]], [100, 0, 0]);
});

test('what follows the data set changes no label that was known', () => {
  fc.assert(
    fc.property(configs, rowsArbitrary, tradesArbitrary, fc.nat(), (config, rows, all, at) => {
      const cut = at % (all.length + 1);
      const labels = [cut, all.length].map((length) => {
        const labeller = createLabeller(config, rows);
        labeller.addTrades({ ...all, length });
        return labeller.finish();
      });
      const [short, whole] = labels;
      short.label.forEach((label, i) => {
        if (label === label) assert.deepEqual([label, short.labelTime[i]], [whole.label[i], whole.labelTime[i]]);
      });
    }),
    { numRuns: 500 },
  );
});

test('rows, trades and bars that step back in time, and bars without prices, are refused', () => {
  const backwards = { time: Float64Array.of(2, 1), close: Float64Array.of(1, 1) };
  assert.throws(() => createLabeller(labelConfig({ method: 'fixed' }), backwards), /row 2: expected a time from/);
  assert.throws(() => labelOne({ method: 'fixed' }, [12, 100], [11, 100]), /trade of .*: expected a time from/);
  const labeller = createLabeller(labelConfig({ method: 'fixed' }), one(10, 100));
  const flat = (price: number, ...times: number[]): BarPrices => {
    const time = Float64Array.from(times);
    const same = time.map(() => price);
    return {
      length: times.length,
      open_time: time,
      available_at: time,
      open: same,
      high: same,
      low: same,
      close: same,
    };
  };
  assert.throws(() => labeller.addBars(flat(100, 12, 11)), /bar of .*: expected a time from/);
  assert.throws(() => labeller.addBars(flat(NaN, 13)), /bar of .*: expected 0 < low <= high, found NaN, NaN/);
});
