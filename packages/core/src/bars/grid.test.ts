import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MICROS_PER_DAY, MICROS_PER_HOUR } from '../base/time.ts';
import type { ConfigInput } from '../config/config.ts';
import { createEngine, planOf } from '../config/engine.ts';
import { COLUMN } from './bar.ts';

const micros = (text: string): number => Date.parse(text.endsWith('Z') ? text : `${text}Z`) * 1000;
const text = (time: number): string => new Date(time / 1000).toISOString().slice(0, 16);

const NYSE = {
  zone: 'America/New_York',
  open: '09:30',
  close: '16:00',
  holidays: ['2024-03-29'],
  early: { '2024-03-12': '13:00' },
} as const;
const CME = { zone: 'America/Chicago', open: '17:00', close: '16:00' } as const;

type Clock = ConfigInput['clocks'][string];

/** `open_time close_time num_ticks` of the bars of the last clock, `partial` where they are, by trades at these times. */
function bars(clock: Clock | Readonly<Record<string, Clock>>, times: readonly string[], until?: string): string[] {
  const found: string[] = [];
  const clocks = ('bars' in clock || 'from' in clock ? { it: clock } : clock) as ConfigInput['clocks'];
  const last = Object.keys(clocks).at(-1);
  const engine = createEngine(
    { clocks, calendars: { nyse: NYSE, cme: CME } },
    {
      onBars({ clock: name, data, from, to }) {
        if (name !== last) return;
        for (let i = from; i < to; i++) {
          const partial = data[COLUMN.partial][i] === 1 ? ` partial ${text(data[COLUMN.available_at][i])}` : '';
          const ends = `${text(data[COLUMN.open_time][i])} ${text(data[COLUMN.close_time][i])}`;
          found.push(`${ends} ${data[COLUMN.num_ticks][i]}${partial}`);
        }
      },
    },
  );
  for (const time of times) engine.push({ time: micros(time), price: 10, quantity: 1 }, { maxSilence: Infinity });
  if (until !== undefined) engine.advance(micros(until), { maxSilence: Infinity });
  return found;
}

test('weeks begin on Monday; seven days are counted from the epoch, a Thursday', () => {
  const times = ['2024-03-06T12:00', '2024-03-10T23:59:59', '2024-03-11T00:00', '2024-03-20T00:00'];
  assert.deepEqual(bars({ bars: 'time', every: '1week' }, times), [
    '2024-03-04T00:00 2024-03-11T00:00 2',
    '2024-03-11T00:00 2024-03-18T00:00 1',
  ]);
  assert.deepEqual(bars({ bars: 'time', every: '7day', empty: 'skip' }, times), [
    '2024-02-29T00:00 2024-03-07T00:00 1',
    '2024-03-07T00:00 2024-03-14T00:00 2',
  ]);
});

test('an offset moves intervals: a week of currencies begins on Sunday at 17:00 in New York', () => {
  const clock = { bars: 'time', every: '1week', offset: '161hour', zone: 'America/New_York' } as const;
  assert.deepEqual(bars(clock, ['2024-03-06T12:00', '2024-03-10T20:59', '2024-03-10T21:00'], '2024-03-17T21:00'), [
    '2024-03-03T22:00 2024-03-10T21:00 2',
    '2024-03-10T21:00 2024-03-17T21:00 1',
  ]);
  assert.deepEqual(bars({ bars: 'time', every: '1hour', offset: '30min' }, ['2024-03-06T12:10'], '2024-03-06T12:30'), [
    '2024-03-06T11:30 2024-03-06T12:30 1',
  ]);
});

test('local days have 23, 24 or 25 hours', () => {
  const clock = { bars: 'time', every: '1day', zone: 'America/New_York' } as const;
  assert.deepEqual(bars(clock, ['2024-03-09T12:00'], '2024-03-12'), [
    '2024-03-09T05:00 2024-03-10T05:00 1',
    '2024-03-10T05:00 2024-03-11T04:00 0',
  ]);
  const autumn = bars(clock, ['2024-11-02T12:00'], '2024-11-05');
  assert.deepEqual(autumn.slice(1), ['2024-11-03T04:00 2024-11-04T05:00 0']);
});

test('a bar a session; what is traded outside has a bar of its own, and nothing is carried there', () => {
  const clock = { bars: 'time', session: 'nyse' } as const;
  const times = ['2024-03-08T14:29', '2024-03-08T14:30', '2024-03-08T20:59', '2024-03-09T00:00', '2024-03-12T16:59'];
  assert.deepEqual(bars(clock, times, '2024-03-13T14:00'), [
    '2024-03-07T21:00 2024-03-08T14:30 1',
    '2024-03-08T14:30 2024-03-08T21:00 2',
    '2024-03-08T21:00 2024-03-11T13:30 1',
    '2024-03-11T13:30 2024-03-11T20:00 0',
    '2024-03-12T13:30 2024-03-12T17:00 1',
  ]);
  assert.deepEqual(bars({ ...clock, session: 'cme' }, ['2024-03-10T22:00'], '2024-03-11T21:00'), [
    '2024-03-10T22:00 2024-03-11T21:00 1',
  ]);
});

test('hours of a session are counted from its opening, and the last ends with it', () => {
  const clock = { bars: 'time', every: '2hour', session: 'nyse' } as const;
  assert.deepEqual(bars(clock, ['2024-03-11T13:31', '2024-03-11T19:45'], '2024-03-12T13:30'), [
    '2024-03-11T13:30 2024-03-11T15:30 1',
    '2024-03-11T15:30 2024-03-11T17:30 0',
    '2024-03-11T17:30 2024-03-11T19:30 0',
    '2024-03-11T19:30 2024-03-11T20:00 1',
  ]);
  assert.deepEqual(
    bars({ hours: clock, sessions: { from: 'hours', session: 'nyse' } }, ['2024-03-11T13:31', '2024-03-11T20:00']),
    ['2024-03-11T13:30 2024-03-11T20:00 1'],
  );
});

test('an anchor ends the open bar, at both ends of a session', () => {
  const clock = { bars: 'tick', threshold: 3, anchor: { session: 'nyse' } } as const;
  const times = ['2024-03-08T14:00', '2024-03-08T14:30', '2024-03-08T14:31', '2024-03-08T21:00', '2024-03-11T13:30'];
  assert.deepEqual(bars(clock, times), [
    '2024-03-08T14:00 2024-03-08T14:00 1 partial 2024-03-08T14:30',
    '2024-03-08T14:30 2024-03-08T14:31 2 partial 2024-03-08T21:00',
    '2024-03-08T21:00 2024-03-08T21:00 1 partial 2024-03-11T13:30',
  ]);
  const week = { bars: 'tick', threshold: 3, anchor: 'week' } as const;
  assert.deepEqual(bars(week, ['2024-03-10T12:00', '2024-03-11T00:00']), [
    '2024-03-10T12:00 2024-03-10T12:00 1 partial 2024-03-11T00:00',
  ]);
  const funding = { bars: 'tick', threshold: 9, anchor: { every: '8hour' } } as const;
  assert.deepEqual(bars({ it: funding, of: { from: 'it', count: 2 } }, ['2024-03-10T07:00', '2024-03-10T08:00']), [
    '2024-03-10T07:00 2024-03-10T07:00 1 partial 2024-03-10T08:00',
  ]);
});

test('weeks of local days are what trades give at once', () => {
  const zone = 'Europe/London';
  const times = Array.from({ length: 400 }, (_, i) => text(micros('2024-03-20') + i * 1.7 * MICROS_PER_HOUR));
  const direct = bars({ bars: 'time', every: '1week', zone }, times);
  const merged = bars(
    { days: { bars: 'time', every: '1day', zone }, weeks: { from: 'days', every: '1week', zone } },
    times,
  );
  assert.ok(direct.length >= 3);
  assert.deepEqual(merged, direct);
  const minutes = bars(
    { minutes: { bars: 'time', every: '15min', empty: 'skip' }, weeks: { from: 'minutes', every: '1week', zone } },
    times,
  );
  assert.deepEqual(minutes, direct);
});

test('a boundary after a time is the first, one before it the last, over the changes of the clocks too', () => {
  const plan = planOf({
    clocks: {
      a: { bars: 'time', every: '1week' },
      b: { bars: 'time', every: '1day', offset: '90min', zone: 'America/New_York' },
      c: { bars: 'time', every: '1day', offset: '150min', zone: 'Europe/London' },
      d: { bars: 'time', session: 'nyse' },
      e: { bars: 'time', every: '90min', session: 'cme' },
      f: { bars: 'time', every: '2day', offset: '30min', zone: 'America/Sao_Paulo' },
    },
    calendars: { nyse: NYSE, cme: CME },
  });
  for (const { name, source } of plan.clocks) {
    assert.ok(source.type === 'interval');
    const { grid } = source;
    let end = grid.after(micros('2018-02-25'));
    for (; end < micros('2019-03-20');) {
      const next = grid.after(end);
      assert.ok(next > end && next - end < 8 * MICROS_PER_DAY, `${name} ${text(end)}`);
      assert.equal(grid.before(next), end, `${name} ${text(next)}`);
      assert.equal(grid.before(end + 1), end);
      assert.equal(grid.after(next - 1), next);
      assert.equal(grid.after(Math.floor((end + next) / 2)), next);
      end = next;
    }
  }
});

test('the schema names zone and calendar of what is used, and nothing else has changed', () => {
  const linesOf = (clocks: ConfigInput['clocks'], features = {}): readonly string[] =>
    planOf({ clocks, features, calendars: { nyse: NYSE, cme: CME } }).schema.lines;
  const plain = linesOf({
    a: { bars: 'time', every: '1day' },
    b: { bars: 'tick', threshold: 3, anchor: { every: '1day' } },
    c: { from: 'a', every: '7day' },
  });
  assert.deepEqual(
    plain.filter((line) => line.startsWith('clock ')),
    [
      'clock a: time 86400000000 us, empty carry',
      'clock b: tick 3, overshoot reset, anchor day',
      'clock c: from a, every 604800000000 us, empty carry',
    ],
  );
  assert.ok(!plain.some((line) => line.startsWith('zone') || line.startsWith('calendar')));
  const sessions = linesOf({ it: { bars: 'time', session: 'nyse' } });
  assert.ok(sessions.includes('clock it: time sessions of nyse, empty carry'));
  assert.ok(sessions.includes('calendar nyse, no session in 2024: 03-29'));
  assert.ok(sessions.some((line) => line.startsWith('zone America/New_York: -300; 2000-2006')));
  assert.ok(!sessions.some((line) => line.includes('cme')));
  const feature = linesOf({ it: { bars: 'tick', threshold: 3 } }, { it: ['cme(available_at).is_open'] });
  assert.ok(feature.includes('calendar cme: zone America/Chicago, open 17:00, close 16:00, days mon tue wed thu fri'));
});

test('rows that were made with other holidays are refused, and the year is named', () => {
  const it = { clocks: { it: { bars: 'tick', threshold: 3, anchor: { session: 'nyse' } } } } as const;
  const engine = createEngine({ ...it, calendars: { nyse: NYSE } });
  const other = createEngine({ ...it, calendars: { nyse: { ...NYSE, holidays: ['2024-03-28', '2024-03-29'] } } });
  assert.throws(
    () => other.restore(engine.snapshot()),
    /expected 'calendar nyse, no session in 2024: 03-28, 03-29', found 'calendar nyse, no session in 2024: 03-29'/,
  );
});

test('what does not fit together is refused by name', () => {
  const refused = (clocks: Record<string, unknown>, message: RegExp, instruments = {}): void =>
    assert.throws(
      () => planOf({ clocks, calendars: { nyse: NYSE }, ...instruments } as unknown as ConfigInput),
      message,
    );
  refused({ a: { bars: 'time' } }, /expected every, or session/);
  refused({ a: { bars: 'time', session: 'nise' } }, /clocks\.a\.session: expected a calendar \(nyse\).*nyse/);
  refused({ a: { bars: 'time', session: 'nyse', zone: 'UTC' } }, /offset and zone beside every alone/);
  refused(
    { a: { bars: 'time', every: '4hour', zone: 'UTC' } },
    /clocks\.a\.zone: expected none, or bars of whole days/,
  );
  refused({ a: { bars: 'time', every: '1day', offset: '1day' } }, /clocks\.a\.offset: expected less than 1day/);
  refused({ a: { bars: 'tick', threshold: 1, anchor: { offset: '1h' } } }, /expected every, or session/);
  refused({ a: { bars: 'tick', threshold: 1, anchor: { every: '1day', zone: 'Mars' } } }, /clocks\.a\.anchor\.zone/);
  const hours = { bars: 'time', every: '4hour' };
  refused({ a: hours, b: { from: 'a', every: '1day', zone: 'Asia/Kolkata' } }, /clocks\.b\.every: expected a multiple/);
  refused({ a: hours, b: { from: 'a', session: 'nyse' } }, /clocks\.b\.every: expected a multiple of 4hour/);
  const sessions = { bars: 'time', session: 'nyse' };
  refused({ a: sessions, b: { from: 'a', every: '1day' } }, /boundaries of sessions of nyse too/);
  refused({ a: sessions }, /instruments\.X\.times: expected times from 2000.*which the table/, {
    instruments: { X: { times: { from: '1990-01-01' } } },
  });
});
