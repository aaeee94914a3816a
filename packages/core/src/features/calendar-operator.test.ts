import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MICROS_PER_DAY } from '../base/time.ts';
import { createEngine, planOf } from '../config/engine.ts';

const calendars = {
  nyse: { zone: 'America/New_York', open: '09:30', close: '16:00', holidays: ['2024-07-04'] },
  cme: { zone: 'America/Chicago', open: '17:00', close: '16:00' },
} as const;

/** The first row at each of these times: one trade, one bar. */
function rows(feature: string, times: readonly string[]): Record<string, number>[] {
  const found: Record<string, number>[] = [];
  const engine = createEngine(
    { clocks: { it: { bars: 'tick', threshold: 1, suffix: '_it' } }, features: { it: [feature] }, calendars },
    {
      onRows({ count, width, values }) {
        for (let r = 0; r < count; r++)
          found.push(Object.fromEntries(engine.columns.map((name, c) => [name.slice(0, -3), values[r * width + c]])));
      },
    },
  );
  for (const time of times)
    engine.push({ time: Date.parse(`${time}Z`) * 1000, price: 1, quantity: 1 }, { maxSilence: Infinity });
  return found;
}

test('New York opens at 9:30 in New York, on 8 and 11 March 2024', () => {
  const times = ['2024-03-08T14:29:59', '2024-03-08T14:30', '2024-03-11T13:29:59', '2024-03-11T13:30'];
  assert.deepEqual(
    rows('nyse()', times).map(({ is_open: open, local_hour: hour, local_weekday: day }) => [open, hour, day]),
    [
      [0, 9 + 1799 / 3600, 4],
      [1, 9.5, 4],
      [0, 9 + 1799 / 3600, 0],
      [1, 9.5, 0],
    ],
  );
});

test('seconds and the day of the session; NaN where there is none', () => {
  const [open, closed, holiday] = rows('nyse(available_at)', [
    '2024-07-03T14:30',
    '2024-07-03T20:00',
    '2024-07-04T15:00',
  ]);
  const day = (Date.parse('2024-07-03') * 1000) / MICROS_PER_DAY;
  assert.deepEqual(open, {
    is_open: 1,
    seconds_since_open: 3600,
    seconds_to_close: 5.5 * 3600,
    seconds_to_open: NaN,
    session_day: day,
    local_hour: 10.5,
    local_weekday: 2,
    age: 0,
  });
  assert.deepEqual([closed['is_open'], closed['seconds_since_open'], closed['seconds_to_open']], [0, NaN, 41.5 * 3600]);
  assert.deepEqual([holiday['is_open'], holiday['session_day'], holiday['local_weekday']], [0, NaN, 3]);
});

test('the evening belongs to the session of the next day, and calendars stand side by side', () => {
  const [sunday] = rows('cme(available_at) as cme', ['2024-03-10T22:00']);
  assert.equal(sunday['cme_is_open'], 1);
  assert.equal(sunday['cme_local_weekday'], 6);
  assert.equal(sunday['cme_session_day'], (Date.parse('2024-03-11') * 1000) / MICROS_PER_DAY);
  assert.equal(rows('cme(open_time).is_open', ['2024-03-10T21:59:59'])[0]['cme_is_open'], 0);
});

test('a calendar is an operator like others: it waits for nothing, and its name is its own', () => {
  const clocks = { it: { bars: 'tick', threshold: 1 } } as const;
  const plan = planOf({ clocks, features: { it: ['sma(nyse(available_at).is_open, 3) as busy'] }, calendars });
  assert.equal(plan.clocks[0].warmup.bars, 3);
  assert.ok(plan.schema.lines.includes('operator nyse version 1'));
  assert.throws(
    () => planOf({ clocks, calendars: { sma: calendars.nyse } }),
    /operator 'sma': expected a name that is not in use/,
  );
  assert.throws(() => planOf({ clocks, calendars: { NYSE: calendars.nyse } }), /calendars/);
});
