/** By one time of each bar, when it opened, no bar is said closed before it is. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { barTelling, readBars } from './bars-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-spacing-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];
const START = Date.UTC(2024, 0, 1);

/** A file of bars at these milliseconds. */
function made(name: string, times: readonly number[], header = 'time'): string {
  const path = join(folder, `${name}.csv`);
  const rows = times.map((time) => `${time},1,2,0.5,1,5`);
  writeFileSync(path, `${[`${header},open,high,low,close,volume`, ...rows].join('\n')}\n`);
  return path;
}

/** So many times with one distance, from `from` on. */
const every = (distance: number, count: number, from = START): number[] =>
  Array.from({ length: count }, (_, i) => from + distance * i);
/** Times that follow each other by these distances. */
const apart = (distances: readonly number[]): number[] => {
  let time = START;
  return [time, ...distances.map((distance) => (time += distance))];
};
const hash = (i: number): number => Math.imul(i + 1, 0x9e3779b1) >>> 0;
/** Without order, from 0 to 100. */
const dice = (i: number): number => (hash(hash(i) ^ (hash(i) >>> 15)) >>> 8) % 101;
/** Days but those of weekends, at these hours. */
const sessions = (hours: readonly number[]): number[] =>
  every(DAY, 60)
    .filter((day) => new Date(day).getUTCDay() % 6 > 0)
    .flatMap((day) => hours.map((hour) => day + hour * HOUR));
const months = Array.from({ length: 30 }, (_, i) => Date.UTC(2021, i));
/** Midnights of New York. */
const local = every(DAY, 300).map(
  (day) => day + (day >= Date.UTC(2024, 2, 11) && day < Date.UTC(2024, 10, 4) ? 4 : 5) * HOUR,
);

test('bars of one length, with gaps, sessions and breaks, are taken', async () => {
  const sound: Record<string, readonly number[]> = {
    minutes: every(MINUTE, 500).filter((_, i) => i % 50 < 45),
    sparse: every(MINUTE, 5000).filter((_, i) => dice(i) < 20),
    five: [...every(5 * MINUTE, 30), ...every(5 * MINUTE, 30, START + DAY)],
    hours: every(HOUR, 100).filter((_, i) => i % 24 < 7),
    days: every(DAY, 100).filter((day) => new Date(day).getUTCDay() % 6 > 0),
    weeks: every(7 * DAY, 50),
    'new-york': sessions([14.5, 15.5, 16.5, 17.5, 18.5, 19.5, 20.5]),
    'hong-kong': sessions([1.5, 2.5, 3.5, 5, 6, 7]),
    seconds: every(SECOND, 500).filter((_, i) => i % 25 > 0),
  };
  for (const [name, times] of Object.entries(sound)) {
    const { rows, columns } = await readBars(made(name, times));
    assert.equal(rows, times.length, name);
    for (let i = 1; i < rows; i++) assert.ok(columns['close_time'][i - 1] <= columns['open_time'][i], `${name} ${i}`);
  }
});

test('times of opening of bars of no one length are refused, those of closing are taken', async () => {
  const wrong: Record<string, readonly number[]> = {
    ticks: apart(Array.from({ length: 300 }, (_, i) => 137 + 13 * dice(i))),
    'ticks-in-seconds': apart(Array.from({ length: 300 }, (_, i) => SECOND * (1 + (dice(i) % 7)))),
    'mostly-a-second': every(200 * SECOND, 9).flatMap((from) =>
      [0, 1, 2, 3, 40, 41, 100].map((s) => from + SECOND * s),
    ),
    'local-days': local,
    months,
    longer: [...every(MINUTE, 200), ...every(5 * MINUTE, 40, START + 200 * MINUTE)],
    shorter: [...every(5 * MINUTE, 40), ...every(MINUTE, 30, START + 200 * MINUTE)],
    few: [...every(MINUTE, 20), ...every(5 * MINUTE, 10, START + 20 * MINUTE)],
    odd: [...every(MINUTE, 50), ...every(MINUTE, 50, START + 50 * MINUTE + 30 * SECOND)],
  };
  for (const [name, times] of Object.entries(wrong)) {
    const said = new RegExp(`${name}\\.csv[^]*bars of [^]*barTime: close`);
    await assert.rejects(readBars(made(name, times)), said, name);
    await assert.rejects(readBars(made(name, times, 'open_time')), said, name);
    assert.equal((await readBars(made(name, times), { barTime: 'close' })).rows, times.length, name);
  }
  const twice = made('twice', [...every(MINUTE, 200), ...every(5 * MINUTE, 40, START + 200 * MINUTE)]);
  await assert.rejects(readBars(twice), /twice\.csv line 210: [^]*found 300 s from \S+ on, 8 times over/);
});

test('files of one clock have bars of one length', async () => {
  const [minutes, fives] = [made('1m', every(MINUTE, 50)), made('5m', every(5 * MINUTE, 50, START + DAY))];
  const telling = barTelling({});
  for (const _ of [1, 2]) await readBars(minutes, {}, telling);
  await assert.rejects(
    readBars(fives, {}, telling),
    /5m\.csv: expected bars of 60 s, as in \S+1m\.csv[^]*found bars of 300 s/,
  );
  const closing = barTelling({});
  for (const file of [minutes, fives]) await readBars(file, { barTime: 'close' }, closing);
});

test('times a moment before a whole minute or second are those of closing, unless it is said that they are not', async () => {
  for (const [name, distance, off] of [
    ['millisecond', MINUTE, 1],
    ['hours', HOUR, 1],
    ['second', 5 * MINUTE, SECOND],
    ['of-seconds', 5 * SECOND, 1],
  ] as const) {
    const file = made(`closing-${name}`, every(distance, 50, START + distance - off));
    const said =
      /closing-.*expected times at which bars open; `input: \{ barTime: close \}`.*found 2024-.*and the like, each [\d.]+ s before/;
    await assert.rejects(readBars(file), said);
    const { rows, columns } = await readBars(file, { barTime: 'close' });
    assert.equal(rows, 50);
    // They open where the one before has ended, at whole minutes or seconds, so that bars can be made of them.
    assert.deepEqual([columns['open_time'][0], columns['open_time'][1]], [START * 1000, (START + distance) * 1000]);
    assert.equal((await readBars(file, { barTime: 'open' })).rows, 50);
  }
  // Bars of a second are at whole ones; some of a minute that begin late are none of closing.
  assert.equal((await readBars(made('whole', every(SECOND, 50)))).rows, 50);
  assert.equal((await readBars(made('late', every(MINUTE, 50, START + 59_000 - 10 * SECOND)))).rows, 50);
});
