/** A last bar that is not over: what a file says of it by itself, and by when it was written. */
import assert from 'node:assert/strict';
import { utimesSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ConfigInput } from 'minotaur';
import { build, init, inspect } from 'minotaur/runs';
import { minotaur } from './cli.ts';
import { at, BEGIN, parquet, price, table } from './written-tables.ts';

const config = { clocks: { short: { bars: 'given' } }, features: { short: ['close'] } } satisfies ConfigInput;
const ROWS = 300;
const opens = (i: number): number => BEGIN + 60 * i;
const END = opens(ROWS);
const bar = (i: number): string => `${price(i)},${price(i) + 2},${price(i) - 2},${price(i) + 1},${1 + (i % 30)}`;
const taken = (file: string, input?: ConfigInput['input']) =>
  build({ config: { ...config, input }, bars: [file], out: at('bars') });

/** Klines of minutes with the end that Binance gives them, written at a time in seconds. */
function klines(name: string, written: number): string {
  const header = 'open_time,open,high,low,close,volume,close_time';
  const file = table(name, header, (i) => `${1000 * opens(i)},${bar(i)},${1000 * opens(i + 1) - 1}`, ROWS);
  utimesSync(file, written, written);
  return file;
}

test('a file that was written within its last bar says so: in a build, inspected, and by init', async () => {
  const file = klines('within.csv', END - 20);
  const { notes = [], counts } = await taken(file);
  assert.equal(counts.rows, ROWS);
  assert.deepEqual(notes, [
    `${file}: the last bar ends at 2024-08-08T04:59:59.999000Z, after the file was written (2024-08-08T04:59:40.000000Z): it was not over, and its prices and volume are those of a part of it; leave it out, or fetch the file again`,
  ]);
  writeFileSync(at('bars.yaml'), JSON.stringify(config));
  const { stdout, status } = minotaur('build', '--config', at('bars.yaml'), '--bars', file, '--out', at('told'));
  assert.equal(status, 0);
  assert.match(stdout, /^note {6}.*within\.csv: the last bar ends/m);
  const { findings } = await inspect({ files: [file] });
  assert.deepEqual(
    findings.filter(({ name }) => name === 'open').map(({ text }) => text),
    notes,
  );
  const drafted = await init({ files: [file], out: at('drafted.yaml') });
  assert.equal(drafted.findings.filter(({ name }) => name === 'open').length, 1);
});

test('where the time of a file is that of a copy, or none, nothing is said', async () => {
  for (const written of [END, END + 86_400, END - 61, 0, 315_532_800])
    assert.equal((await taken(klines('copied.csv', written))).notes, undefined, `${written}`);
});

test('the same of bars with one time, of Parquet, and of each file of several', async () => {
  const one = table('one.csv', 'time,open,high,low,close,volume', (i) => `${opens(i)},${bar(i)}`, ROWS);
  const columns = await parquet(one);
  for (const file of [one, columns]) {
    utimesSync(file, END - 1, END - 1);
    assert.match(String((await taken(file)).notes), /the last bar ends at 2024-08-08T05:00:00/);
  }
  const next = table('two.csv', 'time,open,high,low,close,volume', (i) => `${END + 60 * i},${bar(i)}`, ROWS);
  const { notes = [] } = await build({ config, bars: [one, next], out: at('bars') });
  assert.equal(notes.length, 1);
  assert.match(notes[0], /one\.csv: the last bar/);
});

test('bars whose own column says that they are not over are refused, with what leaves them out', async () => {
  const cases: [column: string, over: string, open: string][] = [
    ['confirm', '1', '0'],
    ['complete', 'true', 'false'],
    ['is_closed', 'True', 'False'],
    ['isFinal', 'yes', 'no'],
  ];
  for (const [column, over, open] of cases) {
    const of = (name: string, last: string): string =>
      table(
        name,
        `time,open,high,low,close,volume,${column}`,
        (i) => `${opens(i)},${bar(i)},${i === ROWS - 1 ? last : over}`,
        ROWS,
      );
    assert.equal((await taken(of('all.csv', over))).counts.rows, ROWS);
    const file = of('last.csv', open);
    await assert.rejects(
      taken(file),
      new RegExp(
        `last\\.csv line 301: expected bars that are over: .*where: \\{ ${column}: '?${over}'? \\}.*found ${column} ${open}`,
      ),
    );
    assert.equal((await taken(file, { where: { [column]: over } })).counts.rows, ROWS - 1);
  }
  const flagged = await parquet(
    table(
      'flags.csv',
      'time,open,high,low,close,volume,confirm',
      (i) => `${opens(i)},${bar(i)},${i < ROWS - 1 ? 1 : 0}`,
      ROWS,
    ),
  );
  await assert.rejects(taken(flagged), /flags\.parquet: expected bars that are over/);
  assert.equal((await taken(flagged, { where: { confirm: '1' } })).counts.rows, ROWS - 1);
});
