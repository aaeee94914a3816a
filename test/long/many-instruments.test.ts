/** Four real markets in one chain: build and replay, going on from any place, a gap in one of the feeds. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { ConfigInput } from 'minotaur';
import { build, replay } from 'minotaur/runs';
import { readColumns } from '../../packages/minotaur/src/files/parquet/columns-source.ts';
import { temporaryFolder } from '../cli.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const real = fileURLToPath(new URL('../../../shared/data/binance/', import.meta.url));
const skip = existsSync(real) ? false : 'the real trades of shared/data are not there';

const LATENCY = { spot: 250_000, eperp: 500_000, espot: 250_000 };
const four = {
  instruments: {
    perp: { venue: 'binance-usdm', symbol: 'BTCUSDT' },
    spot: { venue: 'binance-spot', symbol: 'BTCUSDT' },
    eperp: { venue: 'binance-usdm', symbol: 'ETHUSDT', latency: '500ms' },
    espot: { venue: 'binance-spot', symbol: 'ETHUSDT' },
  },
  clocks: {
    perp: { of: 'perp', bars: 'dollar', threshold: 100_000 },
    spot: { of: 'spot', bars: 'dollar', threshold: 50_000 },
    eperp: { of: 'eperp', bars: 'tick', threshold: 20 },
    espot: { of: 'espot', bars: 'time', every: '1s' },
  },
  features: {
    perp: ['close', 'rsi(close, 5)'],
    spot: ['close', 'sma(close, 5)'],
    eperp: ['close', 'log_return(close)'],
    espot: ['close', 'volume'],
  },
  ready: { tolerance: 0.01 },
} satisfies ConfigInput;
const files = {
  perp: [join(real, 'BTCUSDT-usdm-trades-2024-08-08.csv.gz')],
  spot: [join(real, 'BTCUSDT-spot-trades-2024-08-08.csv.gz')],
  eperp: [join(real, 'ETHUSDT-usdm-trades-2024-08-08.csv.gz')],
  espot: [join(real, 'ETHUSDT-spot-trades-2024-08-08.csv.gz')],
};

const rowsOf = (out: string, names: readonly string[]) => readColumns(at(join(out, 'rows.parquet')), names);

test(
  'four real markets: build is replay, rows ready within two minutes, every foreign value found by a plain search',
  { skip },
  async () => {
    const built = await build({ config: four, trades: files, out: at('four') });
    const live = await replay({ config: four, trades: files, out: at('four-live') });
    assert.equal(live.digest, built.digest);
    assert.ok(built.counts.readyRows > 900 && built.counts.completeRows === built.counts.readyRows);
    const { time, ready } = await rowsOf('four', ['time', 'ready']);
    assert.ok(time[ready.indexOf(1)] - time[0] < 120e6);
    for (const [clock, latency] of Object.entries(LATENCY)) {
      const bars = await readColumns(at(join('four', 'bars', `${clock}.parquet`)), ['available_at', 'close']);
      const rows = await rowsOf('four', [`close_${clock}`, `age_${clock}`]);
      for (let r = 0; r < time.length; r++) {
        let newest = -1;
        for (let b = 0; b < bars.close.length; b++) if (bars['available_at'][b] + latency <= time[r]) newest = b;
        const expected =
          newest < 0 ? [NaN, NaN] : [bars['close'][newest], (time[r] - bars['available_at'][newest]) / 1e6];
        assert.deepEqual([rows[`close_${clock}`][r], rows[`age_${clock}`][r]], expected);
      }
    }
  },
);

test(
  'a run that goes on from a state comes to the digest of the whole, wherever it was stopped',
  { skip },
  async () => {
    const whole = await build({ config: four, trades: files, out: at('whole') });
    for (const limit of [1, 1000, 30_000]) {
      await build({ config: four, trades: files, out: at('part'), limit });
      const rest = await build({ config: four, trades: files, out: at('rest'), from: at('part/state.bin') });
      assert.deepEqual([rest.digest, rest.counts.trades], [whole.digest, whole.counts.trades]);
    }
  },
);

test(
  'a gap in the feed of another market: rows that could have seen it are not complete, until it has passed',
  { skip },
  async () => {
    const [header, ...lines] = gunzipSync(readFileSync(files.spot[0])).toString().trim().split('\n');
    const named = header.startsWith('id') ? [header] : [];
    const all = header.startsWith('id') ? lines : [header, ...lines];
    const timeOf = (line: string): number => Number(line.split(',')[4]) * 1000;
    const [from, to] = [Math.floor(all.length * 0.4), Math.floor(all.length * 0.5)];
    const spot = at('BTCUSDT-spot-gap.csv.gz');
    writeFileSync(spot, gzipSync([...named, ...all.slice(0, from), ...all.slice(to)].join('\n')));
    const out = 'gap';
    const built = await build({ config: four, trades: { ...files, spot: [spot] }, out: at(out) });
    assert.deepEqual([built.counts.holes, built.counts.missing], [1, to - from]);
    assert.equal(
      (await replay({ config: four, trades: { ...files, spot: [spot] }, out: at('gap-live') })).digest,
      built.digest,
    );
    const { time, complete } = await rowsOf(out, ['time', 'complete']);
    const bars = await readColumns(at(join(out, 'bars/spot.parquet')), ['available_at', 'open_time']);
    const [began, ended] = [timeOf(all[from - 1]), timeOf(all[to])];
    const needed = 5;
    let incomplete = 0;
    for (let r = 0; r < time.length; r++) {
      const seen = time[r] - LATENCY.spot;
      let behind = 0;
      for (let b = 0; b < bars['open_time'].length; b++)
        if (bars['open_time'][b] > ended && bars['available_at'][b] <= seen) behind++;
      const isComplete = seen < began || behind >= needed;
      assert.equal(complete[r], isComplete ? 1 : 0, `row ${r}`);
      incomplete += isComplete ? 0 : 1;
    }
    assert.ok(incomplete > 10);
  },
);
