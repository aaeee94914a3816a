/** Trades on record as history, behind a session that was killed anywhere and one that went on: each trade once. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { recordEngine, type RecordedEngine } from 'minotaur-core/internal/live/recording';
import { idText } from 'minotaur-core/internal/trades/id';
import { blockOf, type Trade } from 'minotaur-core/internal/trades/trade';
import { openJournal } from '../../journal/reader.ts';
import { recoverEngine, resumeEngine } from '../../journal/recover.ts';
import { createJournal } from '../../journal/writer.ts';
import { createEngine } from '../../node/engine.ts';
import { recordedTrades } from './recorded.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-recorded-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const [TRADES, PUSH, START] = [200, 5, 1_700_000_000_000_000];
const uuid = (i: number): string => `${i.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
const recorded = (directory: string, config: ConfigInput): RecordedEngine =>
  recordEngine(createJournal(directory), (sinks) => createEngine(config, sinks));

for (const ids of ['dense', 'unique'] as const) {
  const config: ConfigInput = {
    instruments: { coin: { ids } },
    clocks: { s: { bars: 'tick', threshold: 7 } },
    features: { s: ['close'] },
  };
  const trade = (i: number): Trade => ({
    time: START + Math.floor(i / 3) * 100_000,
    price: 100 + (i % 5),
    quantity: 1,
    id: ids === 'dense' ? i : uuid(i),
  });
  const drive = (engine: RecordedEngine, from: number, to: number): void => {
    for (let i = from; i < to; i += PUSH) {
      const trades = Array.from({ length: Math.min(PUSH, to - i) }, (_, k) => trade(i + k));
      engine.push(blockOf(trades), { arrival: START + i * 100_000, origin: 's' });
    }
  };
  /** A session that goes on behind what is on record in `directory`; what the chain has used then. */
  const goOn = async (directory: string, trades: number): Promise<number> => {
    const found = await recoverEngine(openJournal(directory), (sinks) => createEngine(config, sinks));
    if (found === undefined) return NaN;
    const engine = recorded(directory, config);
    await resumeEngine(engine, found);
    const { trades: used } = engine.counts();
    drive(engine, used, used + trades);
    engine.snapshot();
    engine.stop();
    return engine.counts().trades;
  };

  /** The trades on record are those that the chain used; whether a push stands there twice. */
  const holds = (directory: string, used: number): boolean => {
    const journal = openJournal(directory);
    const found = recordedTrades(journal, createEngine(config).plan.instruments).get('coin');
    assert.ok(found !== undefined, directory);
    const read = [...found.read()].flatMap(({ id, length }) => Array.from({ length }, (_, i) => idText(id, i)));
    assert.deepEqual(
      read,
      Array.from({ length: used }, (_, i) => String(trade(i).id)),
      directory,
    );
    assert.equal(found.trades, used);
    return [...journal.records()].filter(({ record }) => record.kind === 'trade').length > used;
  };

  test(`${ids} ids: whatever was cut off, once or twice, each trade that the chain used stands there once`, async () => {
    const whole = join(folder, `${ids}-whole`);
    const first = recorded(whole, config);
    drive(first, 0, TRADES);
    first.stop();
    const bytes = readFileSync(join(whole, '00000001.journal'));
    let [repeated, twice] = [0, 0];
    for (let cut = bytes.length - 2500; cut <= bytes.length; cut += 61) {
      const directory = join(folder, `${ids}-${cut}`);
      mkdirSync(directory);
      writeFileSync(join(directory, '00000001.journal'), bytes.subarray(0, cut));
      const used = await goOn(directory, 50);
      if (Number.isNaN(used) || !holds(directory, used)) continue;
      repeated++;
      const file = join(directory, '00000002.journal');
      const next = readFileSync(file);
      for (let short = next.length - 2500; short < next.length; short += 97) {
        rmSync(join(directory, '00000003.journal'), { force: true });
        writeFileSync(file, next.subarray(0, short));
        if (holds(directory, await goOn(directory, 20))) twice++;
      }
    }
    assert.ok(repeated > 2 && twice > 20, `${repeated} and ${twice} journals in which a push stands twice`);
  });
}
