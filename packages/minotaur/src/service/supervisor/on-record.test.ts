/** What a session finds of one that began warm and was killed before it had a row. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { copyTrades, sliceTrades, tradeAt } from 'minotaur-core/internal/trades/trade';
import { simulate } from '../../files/simulate.ts';
import { createEngine } from '../../node/engine.ts';
import { factsOf } from '../publication/facts.ts';
import { createPublication } from '../publication/publication.ts';
import { readOnRecord } from './on-record.ts';
import { openLiveChain, type LiveChain } from './session-chain.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-on-record-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const config = parseConfig({
  symbol: 'AAA',
  clocks: { s: { bars: 'tick', threshold: 10 } },
  features: { s: ['sma(close, 20)'] },
});
const { plan } = createEngine(config);
const market = copyTrades([...simulate({ trades: 2000, seed: 3 })][0]);

/** A session that begins behind so many trades. */
function begun(journal: string, trades: number, isWarm: boolean): Promise<LiveChain> {
  const publication = createPublication(factsOf(plan, 'test'), { now: () => 0 });
  const history: Parameters<typeof openLiveChain>[0]['history'] = async (chain) => {
    await chain.push(sliceTrades(market, 0, trades));
  };
  return openLiveChain({ config, journal, publication, isNew: true, history, isWarm });
}

const isReady = (journal: string): boolean => readOnRecord(journal, plan.instruments, { predicts: false }).isReady;

test('before its first row a session that began warm is ready, and one that did not is not', async () => {
  for (const [trades, isWarm] of [
    [1000, true],
    [100, false],
  ] as const) {
    const journal = join(folder, `${trades}`);
    const chain = await begun(journal, trades, isWarm);
    chain.snapshot();
    assert.equal(isReady(journal), isWarm, `${trades} trades`);
    // From there on rows say so.
    for (let i = trades; i < trades + 10; i++) await chain.push(tradeAt(market, i), { maxSilence: Infinity });
    assert.equal(isReady(journal), isWarm, `${trades} trades and a row`);
  }
});

test('what the epoch before had says nothing of the one that has begun', async () => {
  const journal = join(folder, 'anew');
  (await begun(journal, 1000, true)).snapshot();
  (await begun(journal, 100, false)).snapshot();
  assert.equal(isReady(journal), false);
});
