import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { parseConfig } from '../config/config.ts';
import type { SplitConfig } from './section.ts';
import { SPLITS, splitRows, type Fold, type SplitRows } from './splits.ts';

const splitConfig = (split: object): SplitConfig => parseConfig({ clocks: {}, split: split as never }).split;

const configs = fc
  .oneof(
    fc.constant({ method: 'chronological' }),
    fc.constant({ method: 'chronological', train: 0.8, validation: 0, test: 0.2 }),
    fc.constant({ method: 'chronological', train: 0.7, validation: 0.3, test: 0 }),
    fc.record({
      method: fc.constant('walkForward'),
      folds: fc.integer({ min: 2, max: 6 }),
      window: fc.constantFrom('expanding', 'sliding'),
      train: fc.constantFrom(0.3, 0.5, 0.7),
      validation: fc.constantFrom(0, 0.15, 0.6),
    }),
    fc.record({
      method: fc.constant('purgedKFold'),
      folds: fc.integer({ min: 2, max: 6 }),
      embargo: fc.constantFrom(0, 0.01, 0.05, 0.2),
      validation: fc.constantFrom(0, 0.15, 0.6),
    }),
  )
  .map(splitConfig);

/** Rows with equal times, labels of any length, some without a label and some not ready. */
const rowsArbitrary: fc.Arbitrary<SplitRows> = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: 3 }),
      reach: fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: 0, max: 12 }) },
        { weight: 1, arbitrary: fc.constant(NaN) },
      ),
      ready: fc.integer({ min: 0, max: 9 }).map((x) => (x > 0 ? 1 : 0)),
    }),
    { maxLength: 300, size: 'max' },
  )
  .map((list) => {
    let now = 0;
    const time = Float64Array.from(list, ({ gap }) => (now += gap));
    const labelTime = Float64Array.from(list, ({ reach }, i) => time[i] + reach);
    return { time, labelTime, ready: Float64Array.from(list, ({ ready }) => ready) };
  });

const length = fc.integer({ min: 1, max: 8 });

/** Folds, or none where the rows are too few and the error says so. */
function foldsOf(config: SplitConfig, rows: SplitRows, sequence: number): Fold[] {
  try {
    return splitRows(config, rows, sequence);
  } catch (error) {
    assert.match(
      (error as Error).message,
      /^split(, fold \d+)?: expected (at least one \w+ row|rows with a label), found none/,
    );
    return [];
  }
}

const nameOf = (fold: Fold, i: number): string => SPLITS[fold.split[i]];
const usable = (rows: SplitRows, i: number): boolean => !Number.isNaN(rows.labelTime[i]) && rows.ready?.[i] === 1;

test('no training row reaches into the reach of a validation or test row, and validation not into test', () => {
  let pairs = 0;
  fc.assert(
    fc.property(configs, rowsArbitrary, length, (config, rows, sequence) => {
      for (const fold of foldsOf(config, rows, sequence)) {
        const reach = (name: string) =>
          Array.from(fold.split, (_, i) => i)
            .filter((i) => nameOf(fold, i) === name)
            .map((i) => ({ i, from: rows.time[Math.max(0, i - sequence + 1)], to: rows.labelTime[i] }));
        const [train, validation, held] = [reach('train'), reach('validation'), reach('test')];
        for (const [left, right] of [
          [train, validation],
          [train, held],
          [validation, held],
        ])
          for (const a of left)
            for (const b of right) {
              pairs++;
              assert.ok(a.to < b.from || b.to < a.from, `rows ${a.i} and ${b.i}`);
            }
      }
    }),
    { numRuns: 400 },
  );
  assert.ok(pairs > 100_000, `only ${pairs} pairs were compared`);
});

test('every labelled, ready row of a fold is in one split or purged, no other row is, and the counts say so', () => {
  fc.assert(
    fc.property(configs, rowsArbitrary, length, (config, rows, sequence) => {
      for (const { split, counts } of foldsOf(config, rows, sequence)) {
        const { label, sequence: short, embargo } = counts.purged;
        const expected = [counts.none, counts.train, counts.validation, counts.test, label + short + embargo];
        const found = SPLITS.map((_, s) => split.filter((x) => x === s).length);
        assert.deepEqual(found, expected);
        split.forEach((s, i) => assert.ok(s === 0 || usable(rows, i)));
        if (config.method !== 'walkForward') split.forEach((s, i) => assert.equal(s !== 0, usable(rows, i)));
      }
    }),
    { numRuns: 500 },
  );
});

test('purged k-fold: every row is held out in one fold where nothing is purged, and never in two', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 6 }), rowsArbitrary, (folds, rows) => {
      const config = splitConfig({ method: 'purgedKFold', folds });
      const heldIn = (all: readonly Fold[], i: number): number => all.filter((f) => nameOf(f, i) === 'test').length;
      const whole = splitRows(config, plain(97).rows, 1);
      for (let i = 0; i < 97; i++) assert.equal(heldIn(whole, i), 1);
      const purged = foldsOf(config, rows, 3);
      rows.time.forEach((_, i) => assert.ok(heldIn(purged, i) <= 1));
    }),
    { numRuns: 200 },
  );
});

test('train comes before what it is judged by, except in k-fold; a sliding window keeps its length', () => {
  fc.assert(
    fc.property(configs, rowsArbitrary, (config, rows) => {
      if (config.method === 'purgedKFold') return;
      for (const fold of foldsOf(config, rows, 1)) {
        const lastTrain = fold.split.lastIndexOf(1);
        const firstJudged = fold.split.findIndex((s) => s === 2 || s === 3);
        assert.ok(firstJudged < 0 || lastTrain < firstJudged);
      }
    }),
    { numRuns: 300 },
  );
  const { rows } = plain(100);
  const sliding = splitRows(
    splitConfig({ method: 'walkForward', window: 'sliding', folds: 5, validation: 0 }),
    rows,
    1,
  );
  assert.deepEqual(
    sliding.map(({ split }) => [split.indexOf(1), split.lastIndexOf(1), split.indexOf(3), split.lastIndexOf(3)]),
    [0, 10, 20, 30, 40].map((k) => [k, k + 49, k + 50, k + 59]),
  );
});

/** Rows 0, 10, 20, ... whose label is known before the next row. */
function plain(count: number): { rows: SplitRows } {
  const time = Float64Array.from({ length: count }, (_, i) => 10 * i);
  return { rows: { time, labelTime: time.map((t) => t + 5) } };
}

test('the embargo is respected: so many labelled rows after a test are not trained on', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 6 }),
      fc.constantFrom(0.01, 0.05, 0.1),
      length,
      (folds, embargo, sequence) => {
        const count = 200;
        const { rows } = plain(count);
        const wait = Math.floor(count * embargo);
        for (const fold of splitRows(
          splitConfig({ method: 'purgedKFold', folds, embargo, validation: 0 }),
          rows,
          sequence,
        )) {
          const lastTest = fold.split.lastIndexOf(3);
          const next = fold.split.findIndex((s, i) => i > lastTest && s === 1);
          if (next >= 0) assert.equal(next - lastTest - 1, Math.max(wait, sequence - 1));
        }
      },
    ),
  );
});

test('each fold keeps the latest of its training rows for validation, over the test too where they are few', () => {
  const { rows } = plain(100);
  const runs = (config: object): string[] =>
    splitRows(splitConfig(config), rows, 1).map(({ split }) =>
      Array.from(split, (s) => SPLITS[s][0])
        .join('')
        .replace(/(.)\1*/g, (run) => `${run[0]}${run.length} `)
        .trim(),
    );
  assert.deepEqual(runs({ method: 'walkForward', folds: 2 }), ['t43 v7 t25 n25', 't64 v11 t25']);
  assert.deepEqual(runs({ method: 'purgedKFold', folds: 2, embargo: 0.1, validation: 0.2 }), [
    't50 p10 t30 v10',
    't40 v10 t50',
  ]);
  assert.deepEqual(runs({ method: 'purgedKFold', folds: 4, embargo: 0.1, validation: 0.6 })[2], 't30 v20 t25 p10 v15');
});

test('the defaults: 65, 15 and 20 of 100 rows; a label or sequence over the boundary is purged and counted', () => {
  const { rows } = plain(100);
  const [{ split }] = splitRows(splitConfig({ method: 'chronological' }), rows, 1);
  assert.deepEqual([split.lastIndexOf(1), split.lastIndexOf(2), split.lastIndexOf(3)], [64, 79, 99]);
  const longer = { ...rows, labelTime: rows.time.map((t) => t + 30) };
  const [{ counts }] = splitRows(splitConfig({ method: 'chronological' }), longer, 4);
  assert.deepEqual(counts, {
    train: 62,
    validation: 9,
    test: 17,
    purged: { label: 6, sequence: 6, embargo: 0 },
    none: 0,
  });
});

test('nothing after the training cut changes what is trained on; the same rows give the same folds', () => {
  fc.assert(
    fc.property(rowsArbitrary, length, fc.nat(), (rows, sequence, seed) => {
      const config = splitConfig({ method: 'chronological' });
      const [fold] = foldsOf(config, rows, sequence);
      if (fold === undefined) return;
      assert.deepEqual(splitRows(config, rows, sequence)[0], fold);
      const cut = fold.split.findIndex((s) => s === 2);
      const labelTime = rows.labelTime.map((t, i) => (i >= cut ? t + (seed % 50) : t));
      const [other] = foldsOf(config, { ...rows, labelTime }, sequence);
      if (other !== undefined) assert.deepEqual(other.split.subarray(0, cut), fold.split.subarray(0, cut));
    }),
    { numRuns: 300 },
  );
});

test('too few rows, none with a label, and rows out of order are told', () => {
  const empty = { time: new Float64Array(0), labelTime: new Float64Array(0) };
  const config = splitConfig({ method: 'chronological' });
  assert.throws(() => splitRows(config, empty, 1), /split: expected rows with a label, found none among 0 rows/);
  assert.throws(() => splitRows(config, plain(2).rows, 1), /fold 0: expected at least one validation row/);
  assert.throws(
    () => splitRows(config, plain(50).rows, 60),
    /found none: of 50 labelled rows 0 were purged by label, 1/,
  );
  const walk = splitConfig({ method: 'walkForward', folds: 9, validation: 0 });
  assert.throws(() => splitRows(walk, plain(10).rows, 1), /fold 0: expected at least one test row/);
  const backwards = { time: Float64Array.of(2, 1), labelTime: Float64Array.of(3, 3) };
  assert.throws(() => splitRows(config, backwards, 1), /row 2: expected a time from 2 on, found 1/);
  const early = { time: Float64Array.of(2, 3), labelTime: Float64Array.of(1, 3) };
  assert.throws(() => splitRows(config, early, 1), /row 1: expected a label_time from 2 on, found 1/);
});
