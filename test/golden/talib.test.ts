/**
 * Operators against TA-Lib: every file of `talib/` is a test, made by `talib/make_talib.py`. NaN has to be in the same
 * places, and values within 1e-9 of TA-Lib's relative to max(1, |value|). Where all values of an output are below 1, as
 * they are for prices of 1e-8, the largest of them takes the place of 1.
 *
 * Cases with exact arithmetic are compared with that at 1e-12, and we have to be at least as near to it as TA-Lib is,
 * but for a few roundings of the result. `make_scales.py` and `make_silences.py` tell what else a case may have; a file with
 * `rows` holds the outputs of these rows only.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runFeatures, type Table } from '../run-features.ts';

type Column = readonly (number | null)[];

interface Case {
  readonly data: string;
  readonly expression: string;
  /** First rows of the data that are without values. Default none. */
  readonly missing?: number;
  readonly outputs: readonly Column[];
  readonly exact?: readonly Column[];
  /** Rows [first, last) whose values are not compared, and not to be had alike. */
  readonly apart?: readonly [number, number];
}

const folder = new URL('talib/', import.meta.url);
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
const INPUTS = ['data.json', 'scales-data.json', 'silences-data.json'];
const data = Object.assign({}, ...INPUTS.map(read)) as Record<string, Table>;

const ROUNDINGS = 4 * Number.EPSILON;

/** The largest difference of two columns, relative to the larger of |expected| and the unit of the column. */
function worst(expected: Column, found: ArrayLike<number | null>): number {
  const largest = expected.reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 0);
  const unit = Math.min(1, largest) || 1;
  return expected.reduce<number>((most, value, row) => {
    const difference = value === null ? 0 : Math.abs(value - (found[row] as number));
    return Math.max(most, difference / Math.max(unit, Math.abs(value ?? 0)));
  }, 0);
}

/** What is expected, without the rows that are apart. */
function compared(expected: Column, apart: Case['apart'] = [0, 0]): Column {
  return expected.map((value, row) => (row >= apart[0] && row < apart[1] ? null : value));
}

/** The table without values in its first rows. */
function without(table: Table, missing: number): Table {
  return Object.fromEntries(
    Object.entries(table).map(([name, column]) => [name, Array.from(column, (v, row) => (row < missing ? NaN : v))]),
  );
}

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json') && !INPUTS.includes(name))) {
  const { cases, rows } = read(file) as { cases: readonly Case[]; rows?: readonly number[] };
  test(`TA-Lib: ${file.replace('.json', '')}`, () => {
    for (const { data: name, expression, missing = 0, outputs, exact, apart } of cases) {
      const names = outputs.map((_, k) => `out${k}`);
      const found = runFeatures([`${expression} as ${names.join(', ')}`], without(data[name], missing));
      outputs.forEach((expected, k) => {
        const label = `${expression} on ${name}, output ${k}`;
        const ours = rows === undefined ? found[names[k]] : Float64Array.from(rows, (row) => found[names[k]][row]);
        const wrong = expected.findIndex((value, row) => (value === null) !== Number.isNaN(ours[row]));
        assert.equal(wrong, -1, `${label}: NaN in another place, row ${wrong}`);
        if (exact === undefined) {
          const difference = worst(compared(expected, apart), ours);
          if (apart)
            assert.ok(worst(expected, ours) > 1e-9, `${label}: nothing is apart in rows ${apart.join(' to ')}`);
          assert.ok(difference <= 1e-9, `${label}: off by ${difference}`);
        } else {
          const difference = worst(exact[k], ours);
          assert.ok(difference <= 1e-12, `${label}: off by ${difference} from exact arithmetic`);
          const theirs = worst(exact[k], expected);
          assert.ok(difference <= theirs + ROUNDINGS, `${label}: off by ${difference}, TA-Lib by ${theirs}`);
        }
      });
    }
  });
}
