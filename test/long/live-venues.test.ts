/** `live` on what four venues sent: with disconnects, overlaps, swaps, losses, stalls and kills, its rows are those of a build. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import type { ConfigInput } from '../../packages/core/src/config/config.ts';
import { tradeAt, type Trade } from '../../packages/core/src/trades/trade.ts';
import { openTrades } from '../../packages/minotaur/src/files/trades/trade-source.ts';
import { readPage } from '../../packages/minotaur/src/venues/contract/pages.ts';
import { kraken } from '../../packages/minotaur/src/venues/exchanges/kraken.ts';
import { compareRecord } from '../chaos/record.ts';
import { openStage, type Stage } from '../chaos/stage.ts';
import { dataFile, needsData, temporaryFolder } from '../cli.ts';

const folder = temporaryFolder();
const SPEED = 10;
/** Seconds of the market that are played. */
const SPAN = 80;

interface Played {
  readonly venue: string;
  readonly symbol: string;
  /** The recorded trades pass so many times faster. */
  readonly faster: number;
  trades(): Promise<readonly Trade[]>;
}

async function ofFile(name: string): Promise<readonly Trade[]> {
  const source = await openTrades([dataFile(name)]);
  const trades: Trade[] = [];
  for await (const { block } of source.blocks()) for (let i = 0; i < block.length; i++) trades.push(tradeAt(block, i));
  source.close();
  return trades;
}

const PLAYED: readonly Played[] = [
  {
    venue: 'binance-spot',
    symbol: 'BTCUSDT',
    faster: 1,
    trades: () => ofFile('binance/spot_btcusdt_20240808.frames.gz'),
  },
  {
    venue: 'binance-usdm',
    symbol: 'BTCUSDT',
    faster: 1,
    trades: () => ofFile('binance/usdm_btcusdt_20240808.frames.gz'),
  },
  {
    venue: 'coinbase',
    symbol: 'BTC-USD',
    faster: 20,
    // An hour without ids; Coinbase's have no holes.
    trades: async () => (await ofFile('coinbase/btc_trades.csv.gz')).map((trade, i) => ({ ...trade, id: 500_000 + i })),
  },
  {
    venue: 'kraken',
    symbol: 'BTC/USD',
    faster: 250,
    trades() {
      const text = gunzipSync(readFileSync(dataFile('venues/kraken-v2/rest/http_trades.json.gz'))).toString();
      const about = { symbol: 'BTC/USDT', profile: 'kraken', now: 0 };
      return Promise.resolve(readPage(kraken, text, about).trades);
    },
  },
];

/** The trades of the span, at the pace that they are played. */
function cut(trades: readonly Trade[], faster: number): readonly Trade[] {
  const begin = trades[0].time;
  return trades
    .map(({ id, time, price, quantity, buyerMaker }) => ({
      id,
      time: begin + Math.floor((time - begin) / faster),
      price,
      quantity,
      buyerMaker,
    }))
    .filter(({ time }) => time < begin + 1e6 * SPAN);
}

/** One after the other while the trades come. */
const ACTS: readonly ((stage: Stage) => unknown)[] = [
  ({ venue }) => (venue.faults.way = 'twice'),
  ({ venue }) => venue.clients.disconnect('at once'),
  ({ venue }) => (venue.faults.way = 'lost'),
  ({ venue }) => (venue.faults.way = 'swapped'),
  ({ venue }) => venue.clients.silence('frozen'),
  ({ venue }) => venue.goodbye(50),
  ({ venue }) => venue.clients.disconnect('politely'),
  ({ venue }) => venue.clients.silence('mute'),
  killed,
  ({ venue }) => (venue.faults.way = 'twice'),
  killed,
];

async function killed(stage: Stage): Promise<void> {
  await stage.kill();
  await stage.begin();
}

for (const { venue: name, symbol, faster, trades } of PLAYED)
  test(`fault 37: ${name}: what it sent, with faults and two kills: the rows of a build`, needsData, async () => {
    const played = cut(await trades(), faster);
    assert.ok(played.length >= 300, `${played.length}`);
    const journal = join(folder, name);
    const config: ConfigInput = {
      instruments: { coin: { venue: name, symbol } },
      clocks: {
        s: { bars: 'tick', threshold: 7 },
        m: { from: 's', count: 5 },
        t: { bars: 'time', every: '5s' },
      },
      drive: 's',
      features: { s: ['close', 'rsi(close, 14)', 'trade_imbalance'], m: ['ema(close, 5)'], t: ['close', 'volume'] },
    };
    const stage = await openStage({
      venue: name,
      symbol,
      trades: played,
      start: played[0].time,
      config,
      journal,
      speed: SPEED,
    });
    try {
      await stage.begin();
      await stage.live();
      const halt = stage.venue.play(1);
      for (const act of ACTS) {
        await pause((1000 * SPAN) / SPEED / ACTS.length);
        await act(stage);
      }
      while (stage.happened().length < played.length) await pause(50);
      halt();
      await stage.rows(Math.floor(played.length / 7));
      const { why, trades: used } = await stage.stop();
      assert.deepEqual([why, used], ['told', played.length]);
      const { told } = stage.venue;
      assert.ok(told.twice > 0 && told.swapped > 0 && told.lost > 0, JSON.stringify(told));
      const found = await compareRecord(journal, config, played, folder);
      assert.deepEqual(found, {
        trades: played.length,
        missed: 0,
        twice: 0,
        rows: Math.floor(played.length / 7),
        changed: 0,
      });
    } finally {
      await stage.close();
    }
  });
