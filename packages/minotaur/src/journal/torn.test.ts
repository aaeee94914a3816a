/** Power fails: of the newest segment, any number of the last bytes is not there. What is, goes on; what is missing comes again from the venue. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { recordEngine } from 'minotaur-core/internal/live/recording';
import { tradeOfRow, type Trade } from 'minotaur-core/internal/trades/trade';
import { createEngine } from '../node/engine.ts';
import { madeTrades } from '../venues/wire/scene.ts';
import { openJournal } from './reader.ts';
import { recoverEngine, resumeEngine } from './recover.ts';
import { createJournal } from './writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-torn-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const config = {
  symbol: 'BTCUSDT',
  clocks: { s: { bars: 'tick', threshold: 5 }, m: { from: 's', count: 3 } },
  features: { s: ['close', 'sma(close, 4)'], m: ['volume'] },
} as const;
const trades = [...madeTrades(120)];

function rowsOf(directory: string): Map<number, string> {
  const rows = new Map<number, string>();
  for (const { record } of openJournal(directory).records()) {
    if (record.kind !== 'row') continue;
    const text = JSON.stringify([record.time, record.ready, record.complete, [...record.values].map(String)]);
    // A row that is there twice is the same.
    assert.equal(rows.get(record.ordinal) ?? text, text);
    rows.set(record.ordinal, text);
  }
  return rows;
}

function lastOnRecord(directory: string): Trade | undefined {
  let last: Trade | undefined;
  for (const { record } of openJournal(directory).records()) if (record.kind === 'trade') last = tradeOfRow(record);
  return last;
}

test('fault 38: cut off at every byte of the last KiB: with what the venue gives again, the rows are what they were', async () => {
  const whole = join(folder, 'whole');
  const engine = recordEngine(createJournal(whole), (sinks) => createEngine(config, sinks));
  for (const [i, trade] of trades.entries()) {
    engine.push(trade, { arrival: trade.time });
    if (i === 90) engine.snapshot();
  }
  engine.stop();
  const [segment] = readdirSync(whole);
  const { length } = readFileSync(join(whole, segment));
  const truth = rowsOf(whole);
  assert.equal(truth.size, 24);
  for (let size = length - 1024; size < length; size++) {
    const torn = join(folder, `torn-${size}`);
    mkdirSync(torn);
    copyFileSync(join(whole, segment), join(torn, segment));
    truncateSync(join(torn, segment), size);
    const last = Number(lastOnRecord(torn)?.id);
    const found = await recoverEngine(openJournal(torn), (sinks) => createEngine(config, sinks));
    assert.ok(found !== undefined);
    const again = recordEngine(createJournal(torn), (sinks) => createEngine(config, sinks));
    await resumeEngine(again, found);
    for (const trade of trades) if (Number(trade.id) > last) again.push(trade, { arrival: trade.time });
    again.stop();
    assert.deepEqual(rowsOf(torn), truth);
  }
});
