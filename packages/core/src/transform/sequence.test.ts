/** Sequences against slices of the whole, whatever breaks them and wherever they are stopped and gone on with. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { MICROS_PER_DAY } from '../base/time.ts';
import { createSequencer, sequenceSlots, type SequenceBreaks } from './sequence.ts';

interface Row {
  readonly time: number;
  readonly values: readonly number[];
  readonly ready: boolean;
}

/** The windows of all rows, undefined where there is none: each row looks back over the whole by itself. */
function naive(rows: readonly Row[], length: number, { gap, day }: SequenceBreaks): (number[] | undefined)[] {
  const broken = (i: number): boolean => {
    const apart = rows[i].time - rows[i - 1].time;
    const dayOf = ({ time }: Row): string => new Date(time / 1000).toISOString().slice(0, 10);
    return (gap !== undefined && apart > gap) || (day && dayOf(rows[i]) !== dayOf(rows[i - 1]));
  };
  return rows.map((_, end) => {
    const from = end - length + 1;
    if (from < 0) return undefined;
    for (let i = from; i <= end; i++) if (!rows[i].ready || (i > from && broken(i))) return undefined;
    return rows.slice(from, end + 1).flatMap(({ values }) => values.map(Math.fround));
  });
}

const HOUR = 3_600_000_000;
const START = 1_700_000_000_000_000;
const WIDTH = 3;
const steps = fc.oneof(fc.constantFrom(0, 1, HOUR, HOUR + 1, 5 * HOUR), fc.integer({ min: 0, max: 2 * HOUR }));
const rowsOf = fc
  .array(
    fc.record({
      step: steps,
      ready: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
      values: fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: WIDTH, maxLength: WIDTH }),
    }),
    { maxLength: 60 },
  )
  .map((list) => {
    let time = START;
    return list.map(({ step, ready, values }): Row => ({ time: (time += step), ready, values }));
  });
const breaksOf = fc.record(
  { gap: fc.constantFrom(0, 1, HOUR, 4 * HOUR), day: fc.boolean() },
  { requiredKeys: ['day'] },
) as fc.Arbitrary<SequenceBreaks>;

function windowsOf(rows: readonly Row[], length: number, breaks: SequenceBreaks, state: Float64Array) {
  const sequencer = createSequencer({ length, width: WIDTH, breaks, state });
  const out = new Float32Array(length * WIDTH);
  // Rows come as blocks do: side by side in one buffer.
  const block = Float64Array.from(rows.flatMap(({ values }) => values));
  return rows.map(({ time, ready }, i) => {
    if (!sequencer.push(time, block, i * WIDTH, ready)) return undefined;
    sequencer.window(out);
    return [...out];
  });
}

const fresh = (length: number): Float64Array => new Float64Array(sequenceSlots(length, WIDTH));

test('every window is the slice of rows that end there', () => {
  let full = 0;
  fc.assert(
    fc.property(rowsOf, fc.integer({ min: 1, max: 6 }), breaksOf, (rows, length, breaks) => {
      const found = windowsOf(rows, length, breaks, fresh(length));
      full += found.filter((window) => window !== undefined).length;
      assert.deepEqual(found, naive(rows, length, breaks));
    }),
    { numRuns: 500, seed: 1 },
  );
  assert.ok(full > 500, `${full} windows were compared`);
});

test('stopped at any row and gone on from a copy of the state: the same windows', () => {
  fc.assert(
    fc.property(rowsOf, fc.integer({ min: 1, max: 6 }), breaksOf, fc.nat(60), (rows, length, breaks, cut) => {
      const state = fresh(length);
      const before = windowsOf(rows.slice(0, cut), length, breaks, state);
      const after = windowsOf(rows.slice(cut), length, breaks, state.slice());
      assert.deepEqual([...before, ...after], naive(rows, length, breaks));
    }),
    { numRuns: 500, seed: 2 },
  );
});

test('after a break nothing of the rows before it is left in what counts', () => {
  const rows = (n: number, time: number): Row[] =>
    Array.from({ length: n }, (_, i) => ({ time: time + i, ready: true, values: [i, i, i] }));
  const breaks = { gap: 10, day: false };
  const state = fresh(4);
  windowsOf(rows(6, START), 4, breaks, state);
  const late = rows(3, START + 1000);
  assert.deepEqual(windowsOf(late, 4, breaks, state), [undefined, undefined, undefined]);
  assert.throws(
    () => createSequencer({ length: 4, width: WIDTH, breaks, state }).window(new Float32Array(12)),
    /expected 4 rows, found 3/,
  );
});

test('a gap of exactly the limit does not break, midnight itself belongs to the new day', () => {
  const midnight = Math.ceil(START / MICROS_PER_DAY) * MICROS_PER_DAY;
  const ends = (times: number[], breaks: SequenceBreaks): boolean[] => {
    const sequencer = createSequencer({ length: 2, width: 0, breaks, state: new Float64Array(sequenceSlots(2, 0)) });
    return times.map((time) => sequencer.push(time, new Float64Array(0), 0, true));
  };
  assert.deepEqual(ends([START, START + 5, START + 11], { gap: 5, day: false }), [false, true, false]);
  assert.deepEqual(ends([midnight - 2, midnight - 1, midnight, midnight + 1], { day: true }), [
    false,
    true,
    false,
    true,
  ]);
});

test('state or room of another size is refused', () => {
  const breaks = { day: false };
  assert.throws(() => createSequencer({ length: 2, width: 3, breaks, state: new Float64Array(8) }), /9 doubles/);
  assert.throws(() => createSequencer({ length: 0, width: 3, breaks, state: new Float64Array(3) }), /at least 1/);
  const one = createSequencer({ length: 1, width: 3, breaks, state: new Float64Array(6) });
  assert.equal(one.push(START, Float64Array.of(1, 2, 3), 0, true), true);
  assert.throws(() => one.window(new Float32Array(4)), /room for 3/);
});
