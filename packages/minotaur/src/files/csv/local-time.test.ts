import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toUtc, zoneOffset } from './local-time.ts';

const at = (text: string): number => Date.parse(`${text}Z`) * 1000;
const utc = (zone: string, ...texts: readonly string[]): string[] =>
  texts.map((text) => new Date(toUtc(at(text), zoneOffset(zone)) / 1000).toISOString().slice(0, 16));

test('UTC, offsets and names', () => {
  assert.deepEqual(utc('UTC', '2024-07-01T12:00'), ['2024-07-01T12:00']);
  assert.deepEqual(utc('+08:00', '2024-07-01T12:00'), ['2024-07-01T04:00']);
  assert.deepEqual(utc('-0330', '2024-07-01T12:00'), ['2024-07-01T15:30']);
  assert.deepEqual(utc('America/New_York', '2024-01-02T09:30', '2024-07-01T09:30'), [
    '2024-01-02T14:30',
    '2024-07-01T13:30',
  ]);
});

test('clocks that stand ahead of a zone and change when it does: days of a server that begin at 17:00 in New York', () => {
  const server = 'America/New_York+07:00';
  const days = ['2024-01-02T00:00', '2024-03-09T00:00', '2024-03-11T00:00', '2024-10-28T00:00', '2024-11-04T00:00'];
  assert.deepEqual(utc(server, ...days), [
    '2024-01-01T22:00',
    '2024-03-08T22:00',
    '2024-03-10T21:00',
    '2024-10-27T21:00',
    '2024-11-03T22:00',
  ]);
  // Athens changes three weeks later in March and a week earlier in autumn.
  assert.deepEqual(utc('Europe/Athens', ...days.slice(2, 4)), ['2024-03-10T22:00', '2024-10-27T22:00']);
  // The change itself, at 2:00 in New York: 9:00 by the server does not come, 8:59 and 10:00 follow each other.
  assert.deepEqual(utc(server, '2024-03-10T08:59', '2024-03-10T10:00'), ['2024-03-10T06:59', '2024-03-10T07:00']);
  // The hour from 8:00 comes twice in autumn, and is the earlier one.
  assert.deepEqual(utc(server, '2024-11-03T08:30', '2024-11-03T09:00'), ['2024-11-03T05:30', '2024-11-03T07:00']);
  assert.deepEqual(utc('UTC+02:00', '2024-07-01T12:00'), ['2024-07-01T10:00']);
});

test('what is no zone is refused', () => {
  for (const zone of ['', 'New York', 'America/New_Yrok+07:00', '+8', 'America/New_York+7'])
    assert.throws(() => zoneOffset(zone), /input\.zone.*America\/New_York\+07:00/s, zone);
});
