/** Given bars beside trades, other bars or series: checks have no turns of bars, and say so instead of leaving events out. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ConfigInput } from 'minotaur';
import { verify } from 'minotaur/runs';
import { temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const START = 1_700_000_000_000;

function made(name: string, header: string, line: (i: number) => string): string {
  const path = join(folder, name);
  writeFileSync(path, `${[header, ...Array.from({ length: 50 }, (_, i) => line(i))].join('\n')}\n`);
  return path;
}

const trades = made(
  'trades.csv',
  'time,price,quantity,side,id',
  (i) => `${START + 5000 * i},${100 + (i % 7)},1,buy,${i + 1}`,
);
const bars = made('bars.csv', 'open_time,close_time,open,high,low,close,volume', (i) => {
  const open = START + 60_000 * i;
  return `${open},${open + 60_000},1,2,0.5,1.5,10`;
});
const rates = made('rate.csv', 'time,rate', (i) => `${START + 60_000 * i},${i}`);
const clocks = { a: { bars: 'tick', threshold: 5 }, minute: { bars: 'given' } } as const;

test('bars beside anything else are refused by name, and bars alone are gone through', async () => {
  const both: ConfigInput = { clocks, features: { a: ['close'], minute: ['close'] } };
  const checks = ['parity'];
  await assert.rejects(
    verify({ config: both, trades: [trades], bars: [bars], checks }),
    /expected bars of one clock alone, found trades of UNKNOWN, bars of minute/,
  );
  const config: ConfigInput = { clocks: { minute: clocks.minute }, features: { minute: ['close'] } };
  const rate = { series: ['rate'], delay: '1s' };
  await assert.rejects(
    verify({ config: { ...config, clocks: { ...config.clocks, rate } }, bars: [bars], series: [rates], checks }),
    /expected bars of one clock alone, found bars of minute, series of rate/,
  );
  assert.ok((await verify({ config, bars: [bars], checks })).holds);
});
