/** Recorded sessions for tests of the shadow: a small market, a chain, and a journal that is checked. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { createJournal } from '../packages/minotaur/src/journal/writer.ts';
import { openJournal } from '../packages/minotaur/src/journal/reader.ts';
import { recordEngine, type RecordedEngine } from '../packages/core/src/live/recording.ts';
import type { ConfigInput } from '../packages/core/src/config/config.ts';
import type { Engine, EngineSinks } from '../packages/core/src/chain/contract.ts';
import { createEngine } from '../packages/core/src/config/engine.ts';
import { tradeAt, type TradeBlock } from '../packages/core/src/trades/trade.ts';
import { market } from '../packages/minotaur/src/verify/self-test/market.ts';
import { collectReceived } from '../packages/minotaur/src/verify/shadow/shadow-received.ts';
import { shadow, type ShadowResult } from '../packages/minotaur/src/verify/shadow/shadow.ts';
import type { Wrap } from '../packages/minotaur/src/verify/faults/wrap.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-shadow-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;

export const config: ConfigInput = {
  clocks: {
    short: { bars: 'dollar', threshold: 2_000_000 },
    medium: { from: 'short', count: 3 },
    '1min': { bars: 'time', every: '1min' },
  },
  features: {
    short: ['close', 'sma(close, 5)', 'trade_imbalance'],
    medium: ['close'],
    '1min': ['volume', 'rsi(close, 3)'],
  },
};
export const plain = (sinks: EngineSinks): Engine => createEngine(config, sinks);
export const COUNT = 6000;
export const official = market(COUNT, 5);

/** Records a session that `drive` feeds; the chain is wrapped inside the recorder, as a fault of the live code would be. */
export function recorded(drive: (engine: RecordedEngine) => void, wrap: Wrap = (make) => make): string {
  const path = join(folder, String(++made));
  const recorder = createJournal(path);
  const engine = recordEngine(recorder, (sinks) => wrap(plain)(sinks));
  drive(engine);
  recorder.flush();
  return path;
}

export const one = (engine: RecordedEngine, block: TradeBlock, from = 0, to = block.length): void => {
  for (let i = from; i < to; i++) engine.push(tradeAt(block, i), { arrival: block.time[i] + 1500 });
};

export const live = (block: TradeBlock, wrap?: Wrap): string =>
  recorded((engine) => {
    one(engine, block, 0, 2000);
    engine.snapshot();
    one(engine, block, 2000, block.length);
    engine.snapshot();
    engine.stop();
  }, wrap);

export function check(path: string, venue?: TradeBlock, make = plain): Promise<ShadowResult> {
  const entries = () => openJournal(path).records();
  const received = venue && {
    received: collectReceived(entries(), 1),
    official: [{ instrument: 'BTCUSDT', trades: venue }],
  };
  return shadow({ entries: entries(), make, venue: received });
}

export const all = Array.from({ length: COUNT }, (_, i) => i);
