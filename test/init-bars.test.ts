/** `init` of bars that somebody made: the configuration that it writes runs as it is, and says what was assumed. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import type { ConfigInput } from 'minotaur';
import { build, init, inspect, verify, type BarsInit, type InitOptions } from 'minotaur/runs';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { dataFile, minotaur, needsData, temporaryFolder } from './cli.ts';
import { REAL_BARS } from './real-files.ts';
import { klines, START, walk } from './walked-bars.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

function written(name: string, lines: readonly string[]): string {
  writeFileSync(at(name), `${lines.join('\n')}\n`);
  return at(name);
}

/** With one time, as most vendors write them. */
const vendor = (count: number, seconds: number): string[] => [
  'timestamp,open,high,low,close,volume',
  ...walk(count).map(({ open, high, low, close, volume }, i) =>
    [new Date(START + 1000 * seconds * i).toISOString(), open, high, low, close, volume].join(),
  ),
];

async function drafted(
  files: readonly string[],
  out: string,
  options: Partial<InitOptions> = {},
): Promise<BarsInit & { readonly config: ConfigInput; readonly text: string }> {
  const report = await init({ files, out: at(out), ...options });
  assert.ok(report.kind === 'bars');
  const text = readFileSync(at(out), 'utf8');
  return { ...report, config: parse(text) as ConfigInput, text };
}

// What is written runs to predictions that are proved: long/init-bars.test.ts.
test('klines: clocks, features and a symbol by the files, and nothing that has to be said', async () => {
  const file = written('BTCUSDT-1m-2025-01.csv', klines(2400));
  const { config, clocks, features, share, findings } = await drafted([file], 'klines.yaml');
  assert.deepEqual([clocks, features, config.symbol], [['1min', '5min', '15min'], 'starter', 'BTCUSDT']);
  assert.ok(share < 0.25 && findings.every(({ kind }) => kind === 'note'));
  assert.deepEqual(
    [config.input, config.bars, config.data],
    [undefined, undefined, { bars: 'BTCUSDT-1m-2025-01.csv' }],
  );
  assert.ok(config.features?.['1min'].some((one) => typeof one === 'string' && one.includes('taker_imbalance')));
  const { digest } = await build({ config: at('klines.yaml'), out: at('klines-rows') });
  assert.match(digest, /^[0-9a-f]{64}$/);
});

test('of one time it is written that it is assumed, and what is said of the files stays', async () => {
  const file = written('vendor.csv', vendor(1500, 3600));
  const { config, clocks, text, bars, rows } = await drafted([file], 'vendor.yaml');
  assert.deepEqual([config.input, clocks, bars, rows], [{ barTime: 'open' }, ['1hour', '4hour', '1day'], 1500, 1500]);
  assert.match(text, /taken for that of the opening/);
  assert.match(text, /# symbol: \.\.\./);
  const said = { clocks: {}, symbol: 'X', input: { barTime: 'close' } } as const;
  const closing = await drafted([file], 'closing.yaml', { config: said });
  assert.deepEqual([closing.config.input, closing.config.symbol], [{ barTime: 'close' }, 'X']);
  const { digest } = await build({ config: at('vendor.yaml'), out: at('rows') });
  assert.match(digest, /^[0-9a-f]{64}$/);
  assert.ok((await verify({ config: at('vendor.yaml'), checks: ['parity', 'conservation'] })).holds);
});

test('the fewer bars, the shorter the windows; days of bars and bars of no length have clocks by count', async () => {
  const few = await drafted([written('few.csv', vendor(60, 60))], 'few.yaml');
  assert.ok(few.readyRows > 0 && few.features !== 'starter', few.features);
  const days = await drafted([written('days.csv', vendor(1500, 86_400))], 'days.yaml');
  assert.deepEqual(days.clocks, ['1day', '1week']);
  const random = mulberry32(3);
  const uneven = walk(900).map(({ open, high, low, close, volume }, i) => {
    const opens = START + 60_000 * i + Math.floor(40_000 * random());
    return [opens, opens + 17_000, open, high, low, close, volume].join();
  });
  const header = 'open_time,close_time,open,high,low,close,volume';
  const other = await drafted([written('uneven.csv', [header, ...uneven])], 'uneven.yaml');
  assert.deepEqual(other.clocks, ['given', 'of5', 'of25']);
  assert.match(other.text, /^# The bars as they are, each a row/m);
  await assert.rejects(init({ files: [written('none.csv', vendor(3, 60))], out: at('none.yaml') }), {
    message:
      /the span of the files: expected bars enough for rows to become ready: some dozens at the least, found 3 bars/,
  });
});

test('bars whose open lies outside are kept, and said to be; those that cannot be are to be decided', async () => {
  const [header, ...lines] = vendor(800, 60);
  const outside = lines.map((line, i) => {
    const cells = line.split(',');
    if (i % 100 === 5) cells[1] = String(Number(cells[2]) + 1);
    return cells.join();
  });
  const kept = await drafted([written('outside.csv', [header, ...outside])], 'outside.yaml');
  assert.deepEqual([kept.config.bars, kept.findings.map(({ name }) => name)], [{ invalid: 'keep' }, ['bars']]);
  const broken = lines.with(300, lines[300].replace(/,[^,]*$/, ',-1'));
  const wrong = await drafted([written('broken.csv', [header, ...broken])], 'broken.yaml');
  assert.deepEqual([wrong.config.bars, wrong.findings.map(({ name }) => name)], [undefined, ['invalid', 'bars']]);
  assert.match(wrong.text, /# Mind: 1 of 800 bars cannot be, and are dropped: expected volume of at least 0, found -1/);
});

test('on the command line; what is refused of bars is refused as bars are', () => {
  const file = written('line.csv', vendor(2500, 60));
  const said = minotaur('init', file, '--out', at('line.yaml'));
  assert.equal(said.status, 0, said.stderr);
  assert.match(said.stdout, /written {3}\S+line\.yaml: features starter, clocks 1min, 5min, 15min/);
  assert.match(said.stdout.replaceAll(/\s+/g, ' '), /tried 2,500 bars -> 2,500 rows/);
  const again = written('twice.csv', [...vendor(10, 60), ...vendor(10, 60).slice(1)]);
  const refused = minotaur('init', again, '--out', at('twice.yaml'));
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /bar/);
});

test('inspect says how far bars are apart', async () => {
  const report = await inspect({ files: [written('apart.csv', vendor(50, 300))] });
  assert.ok(report.kind === 'bars');
  assert.equal(report.interval, 300);
});

test('real bars, 45,031 minutes', needsData, async () => {
  const { rows, readyRows, clocks } = await drafted([dataFile(REAL_BARS.file)], 'real.yaml');
  assert.deepEqual([rows, clocks], [45_031, ['1min', '5min', '15min']]);
  assert.ok(readyRows > 44_000);
});
