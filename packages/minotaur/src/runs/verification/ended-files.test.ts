/** Files of the venue that end before a session does. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { ConfigInput } from 'minotaur-core';
import { formatTime } from 'minotaur-core/internal/base/time';
import { recordEngine } from 'minotaur-core/internal/live/recording';
import { copyTrades, tradeAt } from 'minotaur-core/internal/trades/trade';
import { shadowLines } from '../../cli/print/verify.ts';
import { simulate } from '../../files/simulate.ts';
import { writeTrades } from '../../files/trades/write-trades.ts';
import { createJournal } from '../../journal/writer.ts';
import { createEngine } from '../../node/engine.ts';
import { shadow } from './shadow.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-ended-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('a file that ends before the session is told, with the time to compare up to', async () => {
  const journal = join(folder, 'journal');
  const config: ConfigInput = { clocks: { s: { bars: 'tick', threshold: 5 } }, features: { s: ['close'] } };
  const engine = recordEngine(createJournal(journal), (sinks) => createEngine(config, sinks));
  const market = copyTrades([...simulate({ trades: 300, seed: 2 })][0]);
  for (let i = 0; i < market.length; i++) engine.push(tradeAt(market, i), { arrival: market.time[i] });
  engine.stop();
  const written = async (name: string, limit: number): Promise<string[]> => {
    const file = join(folder, name);
    await writeTrades(file, simulate({ trades: limit, seed: 2 }));
    return [file];
  };
  const whole = await shadow({ journal, trades: await written('whole.csv.gz', 300) });
  assert.deepEqual([whole.holds, whole.checks[0].ended], [true, []]);
  let count = 230;
  while (market.time[count] === market.time[count - 1]) count++;
  const trades = await written('short.csv.gz', count);
  const short = await shadow({ journal, trades });
  assert.equal(short.holds, false);
  const [{ instrument, time, received }] = short.checks[0].ended;
  assert.deepEqual([time, received], [market.time[count - 1], 300 - count]);
  const at = formatTime(time);
  assert.ok(
    shadowLines(short).includes(`the files of ${instrument} end at ${at}, and ${300 - count} trades were received`),
  );
  // What it says to do can be done.
  assert.equal((await shadow({ journal, trades, to: at })).holds, true);
});
