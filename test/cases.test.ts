/** Inputs that failed once, and what is right. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { createEngine } from '../packages/core/src/config/engine.ts';
import type { EngineCounts } from '../packages/core/src/chain/contract.ts';
import type { ConfigInput } from '../packages/core/src/config/config.ts';
import type { Notice } from '../packages/core/src/trades/intake.ts';
import { readColumns } from '../packages/minotaur/src/files/parquet/columns-source.ts';
import type { ConfigArgument } from '../packages/minotaur/src/files/config-file.ts';
import { build, replay } from '../packages/minotaur/src/runs/chain/build.ts';
import type { Manifest } from '../packages/minotaur/src/store/manifest.ts';
import { temporaryFolder } from './cli.ts';
import { openTrades } from '../packages/minotaur/src/files/trades/trade-source.ts';

/** That of hole.yaml, but for the instrument. */
const holeConfig: ConfigInput = {
  clocks: { '1min': { bars: 'time', every: '1min' } },
  features: { '1min': ['close', 'volume', 'rolling_mean(volume, 3) as v3', 'log_return(close) as r'] },
};

interface Taken {
  readonly counts: EngineCounts;
  readonly notices: Notice[];
  readonly rows: number[][];
}

async function take(name: string, config: Partial<ConfigInput> = {}): Promise<Taken> {
  const notices: Notice[] = [];
  const rows: number[][] = [];
  const engine = createEngine(
    {
      clocks: { it: { bars: 'tick', threshold: 2 } },
      features: { it: ['close', 'volume', 'dollar_volume', 'log_return(close)'] },
      ...config,
    },
    {
      onNotice: (notice) => notices.push(notice),
      onRows({ count, width, values }) {
        for (let r = 0; r < count; r++) rows.push([...values.subarray(r * width, (r + 1) * width)]);
      },
    },
  );
  const source = await openTrades([new URL(`cases/${name}.csv`, import.meta.url).pathname]);
  try {
    for await (const { block, facts } of source.blocks()) engine.push(block, facts);
  } finally {
    source.close();
  }
  return { counts: engine.counts(), notices, rows };
}

for (const [name, gaps] of [
  ['few_gaps', 19],
  ['many_gaps', 39],
] as const) {
  test(`${name}: a late id that was never seen is late, however many gaps are known`, async () => {
    await assert.rejects(take(name), /csv line \d+ \(disorder\).*id 2, not seen before/);
    const kept = (await take(name, { trades: { disorder: 'keep' } })).counts;
    assert.deepEqual([kept.trades, kept.disorder, kept.duplicate, kept.gap], [gaps + 2, 1, 0, gaps]);
    const { counts, notices } = await take(name, { trades: { disorder: 'drop' } });
    assert.deepEqual([counts.trades, counts.dropped], [gaps + 1, 1]);
    assert.deepEqual(
      notices.map(({ problem, count }) => [problem, count]),
      [
        ['gap', gaps],
        ['disorder', 1],
      ],
    );
  });
}

test('uuid_ids: the one that comes again is found, and dense is not what they are', async () => {
  const { counts } = await take('uuid_ids', { instruments: { XBTUSD: { ids: 'unique' } } });
  assert.deepEqual([counts.trades, counts.duplicate], [3, 1]);
  const dense = take('uuid_ids', { trades: { invalid: 'reject' } });
  await assert.rejects(dense, /an id that is a number below 2\^64, as ids are dense, found id 0f7a7a0e-2c3b-/);
});

test('ids_19_digits: neighbours above 2^53 are told apart, and the one that comes again is found', async () => {
  for (const ids of ['dense', 'rising', 'unique'] as const) {
    const { counts, notices } = await take('ids_19_digits', { instruments: { BTCUSDT: { ids } } });
    assert.deepEqual([counts.trades, counts.duplicate, counts.gap], [3, 1, 0], ids);
    assert.equal(notices[0].found, 'id 1163336546743369731');
  }
});

test('inverse_contract: 30,000 USD are 1.11 BTC', async () => {
  const instruments = { 'BTC-PERPETUAL': { contract: 'inverse', size: 10, amount: 'units' } } as const;
  const { rows } = await take('inverse_contract', { instruments });
  assert.deepEqual(rows[0].slice(1, 3), [10_000 / 27_000 + 20_000 / 27_001, 30_000]);
});

test('negative_prices: allowed where the instrument says so, their logarithms NaN; dropped and counted elsewhere', async () => {
  const instruments = { CL: { prices: { min: -100 }, ids: 'none' } } as const;
  const { counts, rows } = await take('negative_prices', { instruments });
  assert.deepEqual([counts.trades, counts.invalid], [8, 0]);
  assert.ok(rows.some(([close, , , r]) => close < 0 && Number.isNaN(r)));
  assert.ok((await take('negative_prices')).counts.invalid > 0);
});

test('hole_live: twenty trades missing over 200 s; rows are complete again once the hole has left every window', async () => {
  const folder = temporaryFolder();
  const path = (name: string): string => new URL(`cases/${name}`, import.meta.url).pathname;
  const run = async (name: string, config: ConfigArgument): Promise<{ manifest: Manifest; incomplete: number[] }> => {
    const out = join(folder, name);
    const manifest = await build({ trades: [path('hole_live.csv.gz')], config, out });
    assert.equal((await replay({ trades: [path('hole_live.csv.gz')], config, out })).digest, manifest.digest);
    const { time, complete } = await readColumns(join(out, 'rows.parquet'), ['time', 'complete']);
    return { manifest, incomplete: [...time].filter((_, i) => complete[i] === 0).map((t) => t / 1e6 - 1_735_696_800) };
  };
  const { manifest, incomplete } = await run('live', path('hole.yaml'));
  // The trade before is at 10 s, that behind at 220 s: it closes the minutes that end at 60, 120 and 180 s. The minute that it
  // falls into is cut too; the warm-up waits for four whole ones behind it, so the first complete row is that of 480 s.
  assert.deepEqual(incomplete, [60, 120, 180, 240, 300, 360, 420]);
  const { holes, missing, gap, readyRows, completeRows } = manifest.counts;
  assert.deepEqual([holes, gap, missing, readyRows - completeRows], [1, 1, 20, 7]);
  const official = await run('official', { ...holeConfig, instruments: { X: { officialGaps: true } } });
  assert.deepEqual([official.incomplete, official.manifest.counts.holes], [[], 0]);
  const whole = await build({
    trades: [path('hole_official.csv.gz')],
    config: path('hole.yaml'),
    out: join(folder, 'whole'),
  });
  assert.equal(whole.counts.holes, 0);
  assert.equal(whole.counts.completeRows, whole.counts.readyRows);
  // Rows that are complete and ready have the bits that they have without the hole.
  const names = ['time', 'complete', 'ready', 'close_1min', 'volume_1min', 'v3_1min', 'r_1min'];
  const [found, expected] = await Promise.all(
    ['live', 'whole'].map((name) => readColumns(join(folder, name, 'rows.parquet'), names)),
  );
  const place = new Map([...expected['time']].map((time, i) => [time, i]));
  for (const [i, time] of found['time'].entries()) {
    if (found['complete'][i] === 0 || found['ready'][i] === 0) continue;
    for (const name of names)
      assert.ok(Object.is(found[name][i], expected[name][place.get(time) ?? -1]), `${name} ${time}`);
  }
});
