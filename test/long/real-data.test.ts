/** Real trades: runs that stop and go on, files that are cut, dirt, and bars that close beyond an expectation. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { mulberry32 } from '../../packages/core/src/base/random.ts';
import { COLUMN } from '../../packages/core/src/bars/bar.ts';
import { kinds } from '../../packages/core/src/bars/kinds.gen.ts';
import type { BarRows } from '../../packages/core/src/chain/contract.ts';
import { createEngine } from '../../packages/core/src/config/engine.ts';
import type { Trade } from '../../packages/core/src/trades/trade.ts';
import { naiveExpected } from '../naive-bars.ts';
import { assertSameRows, blockOf } from '../trades.ts';
import { completeConfig, SPOT } from '../real-files.ts';
import { dataFile, minotaur, needsData, readRows, run, temporaryFolder } from '../cli.ts';

const folder = temporaryFolder();

/** Columns that are exact whoever computes them. */
const NAMES = ['open_time', 'close_time', 'num_ticks', 'open', 'high', 'low', 'close', 'volume', 'ofi'] as const;

test('a replay stopped at any trade and continued gives the rows of one run', needsData, async () => {
  const config = completeConfig(folder, 20_000);
  const options = ['--trades', dataFile(SPOT), '--config', config];
  run('build', ...options, '--out', join(folder, 'whole'));
  const whole = await readRows(join(folder, 'whole'));
  const random = mulberry32(7);
  for (let k = 0; k < 2; k++) {
    const stop = 1 + Math.floor(random() * 9755);
    run('replay', ...options, '--out', join(folder, 'first'), '--limit', String(stop));
    run('replay', ...options, '--out', join(folder, 'rest'), '--from', join(folder, 'first', 'state.bin'));
    const rows = [...(await readRows(join(folder, 'first'))), ...(await readRows(join(folder, 'rest')))];
    assertSameRows(rows, whole, `stopped after ${stop} trades:`);
  }
});

test('two files cut at any trade are one file; a state goes on with the file that follows', needsData, async () => {
  const config = completeConfig(folder, 20_000);
  const lines = gunzipSync(readFileSync(dataFile(SPOT)))
    .toString()
    .trimEnd()
    .split('\n');
  const whole = run('build', '--trades', dataFile(SPOT), '--config', config, '--out', join(folder, 'whole'));
  const random = mulberry32(8);
  for (let k = 0; k < 2; k++) {
    const at = 1 + Math.floor(random() * (lines.length - 1));
    const [a, b] = [join(folder, 'part-1.csv'), join(folder, 'part-2.csv')];
    writeFileSync(a, `${lines.slice(0, at).join('\n')}\n`);
    writeFileSync(b, `${lines.slice(at).join('\n')}\n`);
    const both = run(
      'build',
      '--trades',
      join(folder, 'part-?.csv'),
      '--config',
      config,
      '--out',
      join(folder, 'both'),
    );
    assert.equal(both.digest, whole.digest, `cut after ${at} trades`);
    run('build', '--trades', a, '--config', config, '--out', join(folder, 'first'));
    run(
      'replay',
      '--trades',
      b,
      '--config',
      config,
      '--out',
      join(folder, 'rest'),
      '--from',
      join(folder, 'first', 'state.bin'),
    );
    const rows = [...(await readRows(join(folder, 'first'))), ...(await readRows(join(folder, 'rest')))];
    assertSameRows(rows, await readRows(join(folder, 'whole')), `cut after ${at} trades:`);
  }
});

interface Problem {
  readonly place: string;
  readonly last?: string;
  readonly problem: string;
  readonly handling: string;
  readonly found: string;
}

/** What the corrupted files were found to hold, against a look at the text that knows nothing of our reader. */
for (const [kind, name] of [
  ['spot', 'spot'],
  ['futures', 'usd_m_futures'],
] as const) {
  test(`the corrupted TRX ${kind} file gives an account of every bad line`, needsData, () => {
    const file = dataFile(`trx/test_negative_binance_trade_stream_${name}_trxusdt_04-03-2025.csv.gz`);
    const rows = gunzipSync(readFileSync(file))
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    const header = rows[0];
    const [id, price, quantity] = ['TradeId', 'Price', 'Quantity'].map((column) => header.indexOf(column));
    const expected: string[] = [];
    const seen = new Set<string>();
    rows.slice(1).forEach((row, i) => {
      const place = `line ${i + 2}`;
      if (!(Number(row[price]) > 0 && Number(row[quantity]) > 0)) expected.push(`${place} invalid`);
      else if (seen.has(row[id])) expected.push(`${place} duplicate`);
      else seen.add(row[id]);
    });
    assert.ok(expected.length > 0);
    const out = join(folder, `negative-${kind}`);
    const { counts } = run('build', '--trades', file, '--config', completeConfig(folder, 5_000), '--out', out);
    const problems = readFileSync(join(out, 'problems.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Problem);
    const dropped = problems
      .filter((p) => p.handling === 'drop')
      .flatMap(({ place, last = place, problem }) => {
        const [from, to] = [place, last].map((text) => Number(text.split(' ').at(-1)));
        return Array.from({ length: to - from + 1 }, (_, i) => `line ${from + i} ${problem}`);
      });
    assert.deepEqual(dropped, expected);
    assert.equal(counts.dropped, expected.length);
    assert.equal(counts.trades, rows.length - 1 - expected.length);
  });
}

test('a run that rejects says the file, the line, what was expected and found', needsData, () => {
  const config = join(folder, 'strict.yaml');
  writeFileSync(config, 'clocks: { short: { bars: tick, threshold: 10 } }\ntrades: { duplicates: reject }\n');
  const file = dataFile('trx/test_negative_binance_trade_stream_spot_trxusdt_04-03-2025.csv.gz');
  const { status, stderr } = minotaur('build', '--trades', file, '--config', config, '--out', join(folder, 'strict'));
  assert.equal(status, 2);
  assert.match(
    stderr,
    /csv\.gz line 4 \(duplicate\)\n {2}expected an id not seen before \(newest 348656871\)\n {2}found {4}id 348656871/,
  );
  assert.doesNotMatch(stderr, /at .*\.ts/);
});

for (const kind of Object.values(kinds)) {
  if (kind.closes !== 'beyond expectation') continue;
  test(`${kind.name} bars of real trades: as defined`, needsData, () => {
    const lines = gunzipSync(readFileSync(dataFile(SPOT)))
      .toString()
      .trimEnd()
      .split('\n');
    const trades = lines.slice(1, 6001).map((line): Trade => {
      const [id, price, quantity, , time, buyerMaker] = line.split(',');
      return {
        id: Number(id),
        price: Number(price),
        quantity: Number(quantity),
        time: Number(time) * 1000,
        buyerMaker: buyerMaker.toLowerCase() === 'true',
      };
    });
    const settings = { expectedTicks: 60, ticksWindow: 10, imbalanceWindow: 90, minTicks: 20, maxTicks: 240 };
    const found: number[][] = [];
    const onBars = ({ data, from, to }: BarRows): void => {
      for (let i = from; i < to; i++) found.push(NAMES.map((name) => data[COLUMN[name]][i]));
    };
    const engine = createEngine({ clocks: { it: { bars: kind.name, ...settings } } }, { onBars });
    engine.push(blockOf(trades));
    const expected = naiveExpected(trades, kind.name, settings);
    assert.ok(expected.length > 30);
    assertSameRows(
      found,
      expected.map((bar) => NAMES.map((name) => bar[name])),
    );
  });
}
