/** Splits over rows of several instruments, against plain double loops over all rows of all of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { parseConfig } from '../config/config.ts';
import { inOrderOfTime, type Part } from './parts.ts';
import type { SplitConfig } from './section.ts';
import { planFolds } from './splits-segments.ts';
import { SPLITS, splitRows, type Fold, type SplitRows } from './splits.ts';

type PooledRows = SplitRows & { readonly parts: readonly Part[]; readonly ready: Float64Array };

const splitConfig = (split: object): SplitConfig => parseConfig({ clocks: {}, split: split as never }).split;

const configs = fc
  .oneof(
    fc.constant({ method: 'chronological' }),
    fc.constant({ method: 'chronological', train: 0.5, validation: 0.25, test: 0.25 }),
    fc.record({
      method: fc.constant('walkForward'),
      folds: fc.integer({ min: 2, max: 4 }),
      window: fc.constantFrom('expanding', 'sliding'),
      validation: fc.constantFrom(0, 0.15),
    }),
    fc.record({
      method: fc.constant('purgedKFold'),
      folds: fc.integer({ min: 2, max: 4 }),
      embargo: fc.constantFrom(0, 0.02, 0.1),
      validation: fc.constantFrom(0, 0.15),
    }),
  )
  .map(splitConfig);

/** One to four instruments that begin at times of their own, some busy and some quiet, with times that many share. */
const pools: fc.Arbitrary<PooledRows> = fc
  .array(
    fc.record({
      begins: fc.integer({ min: 0, max: 120 }),
      pace: fc.integer({ min: 1, max: 8 }),
      rows: fc.array(
        fc.record({
          gap: fc.integer({ min: 0, max: 3 }),
          reach: fc.oneof(
            { weight: 8, arbitrary: fc.integer({ min: 0, max: 20 }) },
            { weight: 1, arbitrary: fc.constant(NaN) },
          ),
          ready: fc.integer({ min: 0, max: 9 }).map((x) => (x > 0 ? 1 : 0)),
        }),
        { maxLength: 90, size: 'max' },
      ),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((instruments) => {
    const [time, labelTime, ready]: [number[], number[], number[]] = [[], [], []];
    const parts = instruments.map(({ begins, pace, rows }): Part => {
      const from = time.length;
      let now = begins;
      for (const row of rows) {
        time.push((now += row.gap * pace));
        labelTime.push(now + row.reach);
        ready.push(row.ready);
      }
      return { from, to: time.length };
    });
    return {
      time: Float64Array.from(time),
      labelTime: Float64Array.from(labelTime),
      ready: Float64Array.from(ready),
      parts,
    };
  });

const length = fc.integer({ min: 1, max: 6 });

/** Folds, or none where the rows are too few. */
function foldsOf(config: SplitConfig, rows: SplitRows, sequence: number): Fold[] {
  try {
    return splitRows(config, rows, sequence);
  } catch (error) {
    assert.match((error as Error).message, /^split(, fold \d+)?: expected (at least one \w+ row|rows with a label)/);
    return [];
  }
}

const partOf = (parts: readonly Part[], i: number): number => parts.findIndex(({ from, to }) => i >= from && i < to);

/** What becomes of every row of a fold, found row by row among all others. */
function naiveCodes(segments: ReturnType<typeof planFolds>[number], rows: PooledRows, sequence: number): string[] {
  const { time, labelTime, ready, parts } = rows;
  const all = Array.from(time.keys());
  const before = (a: number, b: number): boolean =>
    time[a] < time[b] || (time[a] === time[b] && (partOf(parts, a) - partOf(parts, b) || a - b) < 0);
  const usable = all.filter((i) => ready[i] === 1 && !Number.isNaN(labelTime[i]));
  const placeOf = (i: number): number => usable.filter((j) => before(j, i)).length;
  return all.map((i) => {
    if (!usable.includes(i)) return 'none';
    const place = placeOf(i);
    const s = segments.findIndex(({ from, to }) => place >= from && place < to);
    if (s < 0) return 'none';
    const { split, from, embargo } = segments[s];
    const within = (j: number, k: number): boolean => placeOf(j) >= segments[k].from && placeOf(j) < segments[k].to;
    const reachesOver = s + 1 < segments.length && usable.some((j) => within(j, s + 1) && labelTime[i] >= time[j]);
    const window = all.filter((j) => partOf(parts, j) === partOf(parts, i) && j <= i && j > i - sequence);
    const beginsBefore = s > 0 && window.some((j) => usable.every((k) => !within(k, s) || before(j, k)));
    return reachesOver || beginsBefore || place < from + embargo ? 'purged' : SPLITS[split];
  });
}

test('every row of every instrument is where plain loops over all rows put it', () => {
  let checked = 0;
  fc.assert(
    fc.property(configs, pools, length, (config, rows, sequence) => {
      const folds = foldsOf(config, rows, sequence);
      const usable = rows.time.filter((_, i) => rows.ready[i] === 1 && !Number.isNaN(rows.labelTime[i])).length;
      const plans = planFolds(config, usable);
      folds.slice(0, 2).forEach(({ split }, k) => {
        assert.deepEqual(
          Array.from(split, (code) => SPLITS[code]),
          naiveCodes(plans[k], rows, sequence),
        );
        checked++;
      });
    }),
    { numRuns: 60 },
  );
  assert.ok(checked > 20, `only ${checked} folds were checked`);
});

test('what rows of one instrument reach is reached by no row of any that judges', () => {
  let across = 0;
  fc.assert(
    fc.property(configs, pools, length, (config, rows, sequence) => {
      const { time, labelTime, parts } = rows;
      for (const { split } of foldsOf(config, rows, sequence)) {
        const reach = (name: string) =>
          Array.from(time.keys())
            .filter((i) => SPLITS[split[i]] === name)
            .map((i) => {
              const part = partOf(parts, i);
              return { i, part, from: time[Math.max(parts[part].from, i - sequence + 1)], to: labelTime[i] };
            });
        const [train, validation, held] = [reach('train'), reach('validation'), reach('test')];
        for (const [left, right] of [
          [train, validation],
          [train, held],
          [validation, held],
        ])
          for (const a of left)
            for (const b of right) {
              if (a.part !== b.part) across++;
              assert.ok(a.to < b.from || b.to < a.from, `rows ${a.i} and ${b.i}`);
            }
      }
    }),
    { numRuns: 200 },
  );
  assert.ok(across > 20_000, `only ${across} pairs of two instruments were compared`);
});

test('counts of instruments add up to those of all, and are those of the codes', () => {
  fc.assert(
    fc.property(configs, pools, length, (config, rows, sequence) => {
      for (const { split, counts, parts } of foldsOf(config, rows, sequence)) {
        parts.forEach((own, p) => {
          const codes = split.subarray(rows.parts[p].from, rows.parts[p].to);
          const purged = own.purged.label + own.purged.sequence + own.purged.embargo;
          const found = SPLITS.map((_, s) => codes.filter((x) => x === s).length);
          assert.deepEqual(found, [own.none, own.train, own.validation, own.test, purged]);
        });
        assert.equal(
          counts.train,
          parts.reduce((sum, own) => sum + own.train, 0),
        );
        assert.equal(
          counts.none,
          parts.reduce((sum, own) => sum + own.none, 0),
        );
      }
    }),
    { numRuns: 200 },
  );
});

test('one instrument is divided as rows without parts; an instrument that comes later has no training rows', () => {
  fc.assert(
    fc.property(configs, pools, length, (config, { time, ready }, sequence) => {
      const one = { ready, time: time.toSorted(), labelTime: time.toSorted().map((t) => t + 5) };
      const whole = { ...one, parts: [{ from: 0, to: time.length }] };
      assert.deepEqual(
        foldsOf(config, whole, sequence).map(({ split }) => split),
        foldsOf(config, one, sequence).map(({ split }) => split),
      );
    }),
    { numRuns: 100 },
  );
  const time = Float64Array.from({ length: 130 }, (_, i) => (i < 100 ? 10 * i : 701 + 10 * (i - 100)));
  const parts = [
    { from: 0, to: 100 },
    { from: 100, to: 130 },
  ];
  const [fold] = splitRows(
    splitConfig({ method: 'chronological' }),
    { time, parts, labelTime: time.map((t) => t + 3) },
    1,
  );
  assert.deepEqual([fold.parts[0].train, fold.parts[1].train], [77, 7]);
  const late = { time: time.map((t, i) => (i < 100 ? t : t + 240)), parts };
  const [other] = splitRows(splitConfig({ method: 'chronological' }), { ...late, labelTime: late.time }, 1);
  assert.deepEqual([other.parts[0].train, other.parts[1].train], [84, 0]);
  assert.ok(other.parts[1].test > 0);
});

test('rows of all instruments are merged by time, those of equal times in the order of the instruments', () => {
  fc.assert(
    fc.property(pools, ({ time, parts }) => {
      const order = Array.from(time.keys()).sort((a, b) => time[a] - time[b] || a - b);
      assert.deepEqual(Array.from(inOrderOfTime(time, parts)), order);
    }),
  );
  assert.equal(inOrderOfTime(new Float64Array(0), []).length, 0);
});

test('rows out of order are told of within an instrument, and are none between two', () => {
  const config = splitConfig({ method: 'chronological' });
  const time = Float64Array.of(5, 6, 1, 2);
  const parts = [
    { from: 0, to: 2 },
    { from: 2, to: 4 },
  ];
  assert.doesNotThrow(() =>
    splitRows(
      splitConfig({ method: 'chronological', train: 0.5, validation: 0.25, test: 0.25 }),
      { time, parts, labelTime: time },
      1,
    ),
  );
  assert.throws(() => splitRows(config, { time, labelTime: time }, 1), /row 3: expected a time from 6 on, found 1/);
});
