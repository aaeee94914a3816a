import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readBars } from './bars-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-bars-meaning-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function made(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** So many minutes of a walk, as columns by name. */
function walkOf(count: number, volume: (i: number) => number): string[] {
  let price = 100;
  return Array.from({ length: count }, (_, i) => {
    const open = price;
    price += Math.sin(i * 12.9898) + Math.cos(i / 9);
    const [high, low] = [Math.max(open, price) + 1, Math.min(open, price) - 1];
    return [1_700_000_040 + 60 * i, open, high, low, price, volume(i)].join();
  });
}

test('open and close that are turned around, and a volume of the day, are refused, and taken by accept', async () => {
  const volume = (i: number): number => 1 + (i % 7);
  const names = 'time,open,high,low,close,volume';
  const file = (name: string, header: string, rows: readonly string[]): string =>
    made(name, `${[header, ...rows].join('\n')}\n`);
  assert.equal((await readBars(file('right.csv', names, walkOf(200, volume)))).rows, 200);
  const turned = file('turned.csv', 'time,close,high,low,open,volume', walkOf(200, volume));
  await assert.rejects(readBars(turned), /turned\.csv: expected bars that open about where the one before closed/);
  assert.equal((await readBars(turned, { accept: true })).rows, 200);
  const rising = file(
    'rising.csv',
    names,
    walkOf(200, (i) => 5 + 3 * i),
  );
  await assert.rejects(readBars(rising), /rising\.csv: .*found volumes that rise in each of the first 100 bars/);
  assert.equal((await readBars(rising, { accept: true })).rows, 200);
});

test('a header that comes again is left out; one of other columns is refused', async () => {
  const rows = walkOf(40, (i) => 1 + (i % 7));
  const names = 'time,open,high,low,close,volume';
  const of = (again: string): string =>
    made('again.csv', `${[names, ...rows.slice(0, 20), again, ...rows.slice(20)].join('\n')}\n`);
  const { columns, place } = await readBars(of(names));
  assert.deepEqual(columns, (await readBars(made('once.csv', `${[names, ...rows].join('\n')}\n`))).columns);
  assert.match(place(20), /again\.csv line 23$/);
  await assert.rejects(
    readBars(of('time,close,high,low,open,volume')),
    /again\.csv line 22: expected the columns of the header in line 1.*found a header of time, close/,
  );
});
