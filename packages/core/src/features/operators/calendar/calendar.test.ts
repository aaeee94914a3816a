import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runFeatures } from '../../../../../../test/run-features.ts';

const DAY = 86_400_000;

/** Every day from 1890 to 2120, at a time of day that changes, and its last and first microsecond. */
const times: number[] = [];
for (let day = Math.floor(Date.UTC(1890, 0, 1) / DAY); day < Date.UTC(2120, 0, 1) / DAY; day++) {
  const start = day * DAY * 1000;
  times.push(
    start,
    start + ((((day * 7919) % 86_400) + 86_400) % 86_400) * 1_000_000 + 123_456,
    start + DAY * 1000 - 1,
  );
}

const weekday = (date: Date): number => (date.getUTCDay() + 6) % 7;

/** From the first of January of the year that the Thursday of the week lies in. */
function isoWeek(date: Date): number {
  const thursday = new Date(date.getTime() + (3 - weekday(date)) * DAY);
  return 1 + Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / (7 * DAY));
}

const references: Record<string, (date: Date) => number> = {
  hour_of_day: (date) => date.getUTCHours(),
  day_of_week: weekday,
  day_of_month: (date) => date.getUTCDate(),
  week_of_year: isoWeek,
  month_of_year: (date) => date.getUTCMonth() + 1,
  is_weekend: (date) => (weekday(date) >= 5 ? 1 : 0),
};

for (const [name, reference] of Object.entries(references)) {
  test(`${name} of every day from 1890 to 2120`, () => {
    const out = runFeatures([`${name}()`], { available_at: times }, [1, 1000])[name];
    times.forEach((time, i) => {
      const date = new Date(Math.floor(time / 1000));
      if (out[i] !== reference(date)) assert.equal(out[i], reference(date), date.toISOString());
    });
  });

  test(`${name} of NaN is NaN`, () => {
    assert.deepEqual([...runFeatures([`${name}()`], { available_at: [NaN] })[name]], [NaN]);
  });
}

test('cycle_sin, cycle_cos: the end of a cycle lies beside its beginning', () => {
  const x = [0, 6, 12, 18, 24, NaN];
  const { sine, cosine } = runFeatures(['cycle_sin(x, 24) as sine', 'cycle_cos(x, 24) as cosine'], { x });
  const near = (found: Float64Array, expected: number[]): void =>
    expected.forEach((value, i) => assert.ok(Math.abs(found[i] - value) < 1e-15, `row ${i}: ${found[i]}`));
  near(sine, [0, 1, 0, -1, 0]);
  near(cosine, [1, 0, -1, 0, 1]);
  assert.ok(Number.isNaN(sine[5]) && Number.isNaN(cosine[5]));
});
