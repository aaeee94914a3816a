import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MICROS_PER_DAY, MICROS_PER_HOUR } from '../time.ts';
import { instantOf, offsetAt, zoneOf, ZONE_TIMES } from './zone.ts';
import { TZDATA, zones } from './zones.gen.ts';

const micros = (text: string): number => Date.parse(text) * 1000;

/** Zones whose law has not changed for long, and is not expected to: they are compared whatever tzdata the runtime has. */
const STABLE = new Set(['UTC', 'America/New_York', 'Europe/London', 'Asia/Tokyo', 'Asia/Kolkata', 'Australia/Sydney']);

function byIntl(name: string): (time: number) => number {
  const fields = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    ...Object.fromEntries(fields.map((field) => [field, 'numeric'])),
  });
  return (time) => {
    const parts = Object.fromEntries(format.formatToParts(time / 1000).map(({ type, value }) => [type, Number(value)]));
    const { year, month, day, hour, minute, second } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) * 1000 - time;
  };
}

const sameData = process.versions.tz === TZDATA;

for (const name of Object.keys(zones)) {
  test(`${name}: the table is the time zone database`, { skip: !sameData && !STABLE.has(name) }, () => {
    const zone = zoneOf(name, 'zone');
    const expected = byIntl(name);
    const times: number[] = [];
    // Around every change that the table has, and every 11 days: a change that it lacks is between two of these.
    for (const change of zone.changes) times.push(change - 1_000_000, change);
    for (let t: number = ZONE_TIMES.from; t < ZONE_TIMES.to; t += 11 * MICROS_PER_DAY + MICROS_PER_HOUR) times.push(t);
    times.push(ZONE_TIMES.to - 1_000_000);
    for (const time of times) assert.equal(offsetAt(zone, time), expected(time), new Date(time / 1000).toISOString());
  });
}

test('a wall time is found: once, where it comes twice the first, where it never comes the leap', () => {
  const newYork = zoneOf('America/New_York', 'zone');
  assert.equal(instantOf(newYork, micros('2024-03-08T09:30Z')), micros('2024-03-08T14:30Z'));
  assert.equal(instantOf(newYork, micros('2024-03-11T09:30Z')), micros('2024-03-11T13:30Z'));
  assert.equal(instantOf(newYork, micros('2024-03-10T01:59Z')), micros('2024-03-10T06:59Z'));
  assert.equal(instantOf(newYork, micros('2024-03-10T02:30Z')), micros('2024-03-10T07:00Z'));
  assert.equal(instantOf(newYork, micros('2024-03-10T03:00Z')), micros('2024-03-10T07:00Z'));
  assert.equal(instantOf(newYork, micros('2024-11-03T01:30Z')), micros('2024-11-03T05:30Z'));
  assert.equal(instantOf(newYork, micros('2024-11-03T02:00Z')), micros('2024-11-03T07:00Z'));
  const saoPaulo = zoneOf('America/Sao_Paulo', 'zone');
  // Midnight never came on the day on which summer began.
  assert.equal(instantOf(saoPaulo, micros('2018-11-04T00:00Z')), micros('2018-11-04T03:00Z'));
  const kolkata = zoneOf('Asia/Kolkata', 'zone');
  assert.equal(instantOf(kolkata, micros('2024-06-03T09:15Z')), micros('2024-06-03T03:45Z'));
});

test('wall times that rise have instants that never fall', () => {
  for (const name of ['America/New_York', 'Australia/Sydney', 'Europe/Istanbul', 'Asia/Jerusalem']) {
    const zone = zoneOf(name, 'zone');
    let before = -Infinity;
    for (let wall = micros('2010-01-01'); wall < micros('2018-01-01'); wall += MICROS_PER_HOUR / 2) {
      const instant = instantOf(zone, wall);
      assert.ok(instant >= before, `${name} ${wall}`);
      before = instant;
    }
  }
});

test('a zone that the table lacks is refused with the nearest', () => {
  assert.throws(
    () => zoneOf('America/New_Yrok', 'calendars.nyse.zone'),
    /did you mean.*America\/New_York|America\/New_York/,
  );
  assert.throws(() => zoneOf('toString', 'zone'), /a zone of the table/);
});
