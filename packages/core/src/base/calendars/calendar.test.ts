import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import { MICROS_PER_DAY } from '../time.ts';
import { createCalendar, DAY, FROM, STRETCH_SLOTS, stretchAt, TO, type Calendar } from './calendar.ts';
import { calendarsSection } from './calendar-section.ts';

const micros = (text: string): number => Date.parse(text) * 1000;

function calendarOf(input: z.input<typeof calendarsSection>[string]): Calendar {
  return createCalendar('it', calendarsSection.parse({ it: input }).it);
}

/** `from to day`, the day `closed` where it is. */
function at(calendar: Calendar, time: string): string {
  const stretch = new Float64Array(STRETCH_SLOTS);
  stretchAt(calendar, micros(time), stretch);
  const text = (t: number): string => (Number.isFinite(t) ? new Date(t / 1000).toISOString().slice(0, 16) : String(t));
  const day = stretch[DAY];
  return `${text(stretch[FROM])} ${text(stretch[TO])} ${day === day ? text(day * MICROS_PER_DAY).slice(0, 10) : 'closed'}`;
}

const nyse = calendarOf({
  zone: 'America/New_York',
  open: '09:30',
  close: '16:00',
  holidays: ['2024-07-04', '2024-12-25'],
  early: { '2024-07-03': '13:00' },
});

test('New York opens at 9:30 in New York, in winter and in summer', () => {
  assert.equal(at(nyse, '2024-03-08T14:30Z'), '2024-03-08T14:30 2024-03-08T21:00 2024-03-08');
  assert.equal(at(nyse, '2024-03-08T14:29:59.999Z'), '2024-03-07T21:00 2024-03-08T14:30 closed');
  assert.equal(at(nyse, '2024-03-11T13:30Z'), '2024-03-11T13:30 2024-03-11T20:00 2024-03-11');
  assert.equal(at(nyse, '2024-03-11T13:29Z'), '2024-03-08T21:00 2024-03-11T13:30 closed');
  assert.equal(at(nyse, '2024-03-11T20:00Z'), '2024-03-11T20:00 2024-03-12T13:30 closed');
});

test('London is four hours ahead of New York in the weeks between the two changes', () => {
  const lse = calendarOf({ zone: 'Europe/London', open: '08:00', close: '16:30' });
  assert.equal(at(lse, '2024-03-20T12:00Z'), '2024-03-20T08:00 2024-03-20T16:30 2024-03-20');
  assert.equal(at(nyse, '2024-03-20T15:00Z'), '2024-03-20T13:30 2024-03-20T20:00 2024-03-20');
  assert.equal(at(lse, '2024-04-02T12:00Z'), '2024-04-02T07:00 2024-04-02T15:30 2024-04-02');
  assert.equal(at(lse, '2024-10-28T12:00Z'), '2024-10-28T08:00 2024-10-28T16:30 2024-10-28');
  assert.equal(at(nyse, '2024-10-28T15:00Z'), '2024-10-28T13:30 2024-10-28T20:00 2024-10-28');
});

test('summer in the south, and zones of half an hour', () => {
  const asx = calendarOf({ zone: 'Australia/Sydney', open: '10:00', close: '16:00' });
  assert.equal(at(asx, '2024-01-15T00:00Z'), '2024-01-14T23:00 2024-01-15T05:00 2024-01-15');
  assert.equal(at(asx, '2024-07-15T00:00Z'), '2024-07-15T00:00 2024-07-15T06:00 2024-07-15');
  const nse = calendarOf({ zone: 'Asia/Kolkata', open: '09:15', close: '15:30' });
  assert.equal(at(nse, '2024-06-03T03:45Z'), '2024-06-03T03:45 2024-06-03T10:00 2024-06-03');
});

test('holidays have no session, and early closes are early', () => {
  assert.equal(at(nyse, '2024-07-03T16:59Z'), '2024-07-03T13:30 2024-07-03T17:00 2024-07-03');
  assert.equal(at(nyse, '2024-07-04T15:00Z'), '2024-07-03T17:00 2024-07-05T13:30 closed');
});

test('a session across midnight belongs to the day on which it closes', () => {
  const cme = calendarOf({ zone: 'America/Chicago', open: '17:00', close: '16:00', holidays: ['2024-12-25'] });
  assert.equal(at(cme, '2024-03-10T22:00Z'), '2024-03-10T22:00 2024-03-11T21:00 2024-03-11');
  assert.equal(at(cme, '2024-03-08T21:59Z'), '2024-03-07T23:00 2024-03-08T22:00 2024-03-08');
  assert.equal(at(cme, '2024-03-08T22:00Z'), '2024-03-08T22:00 2024-03-10T22:00 closed');
  assert.equal(at(cme, '2024-12-24T23:00Z'), '2024-12-24T22:00 2024-12-25T23:00 closed');
  const fx = calendarOf({ zone: 'America/New_York', open: '17:00', close: '17:00' });
  assert.equal(at(fx, '2024-03-12T21:00Z'), '2024-03-12T21:00 2024-03-13T21:00 2024-03-13');
  assert.equal(at(fx, '2024-03-12T20:59Z'), '2024-03-11T21:00 2024-03-12T21:00 2024-03-12');
  const always = calendarOf({ zone: 'UTC', open: '00:00', close: '24:00', days: ['sat', 'sun'] });
  assert.equal(at(always, '2024-06-02T00:00Z'), '2024-06-02T00:00 2024-06-03T00:00 2024-06-02');
});

test('stretches follow each other without a gap, and each is what any time in it gives', () => {
  const stretch = new Float64Array(STRETCH_SLOTS);
  const again = new Float64Array(STRETCH_SLOTS);
  for (const calendar of [nyse, calendarOf({ zone: 'America/Chicago', open: '17:00', close: '16:00' })]) {
    stretchAt(calendar, micros('2019-01-02T12:00Z'), stretch);
    for (let sessions = 0; stretch[TO] < micros('2026-01-01');) {
      const end = stretch[TO];
      stretchAt(calendar, end - 1, again);
      assert.deepEqual(again, stretch);
      stretchAt(calendar, end, stretch);
      assert.equal(stretch[FROM], end);
      assert.ok(stretch[TO] > end);
      if (stretch[DAY] === stretch[DAY]) sessions++;
      assert.ok(sessions < 2000);
    }
  }
});

test('the schema names what differs', () => {
  assert.deepEqual(nyse.lines.slice(0, 4), [
    'calendar it: zone America/New_York, open 09:30, close 16:00, days mon tue wed thu fri',
    'calendar it, no session in 2024: 07-04, 12-25',
    'calendar it, early closes of 2024: 07-03 13:00',
    'zone America/New_York: -300; 2000-2006 4/1/0 02:00 -240, 10/25/0 02:00 -300; 2007-2100 3/8/0 02:00 -240, 11/1/0 02:00 -300',
  ]);
});

test('what cannot be is refused by name', () => {
  const hours = { zone: 'America/New_York', open: '09:30', close: '16:00' };
  assert.throws(() => calendarOf({ ...hours, early: { '2024-07-03': '16:00' } }), /calendars\.it\.early\.2024-07-03/);
  assert.throws(() => calendarOf({ ...hours, early: { '2024-07-06': '13:00' } }), /a day that has a session/);
  assert.throws(() => calendarOf({ ...hours, zone: 'New York' }), /a zone of the table/);
});
