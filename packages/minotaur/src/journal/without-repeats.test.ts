/** A push of more trades than one record has, cut off before its rows, and again in the session that recorded it again. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Engine, EngineSinks } from 'minotaur-core/internal/chain/contract';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { recordEngine, type RecordedEngine } from 'minotaur-core/internal/live/recording';
import { blockOf, type Trade } from 'minotaur-core/internal/trades/trade';
import { createEngine } from '../node/engine.ts';
import { seedsOnRecord } from '../service/supervisor/seeds.ts';
import { segmentName } from './format.ts';
import { openJournal, type JournalEntry } from './reader.ts';
import { recoverEngine, resumeEngine } from './recover.ts';
import { createJournal } from './writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-once-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const START = 1_700_000_000_000_000;
const tradeOf =
  (ids: 'dense' | 'unique') =>
  (i: number): Trade => ({
    time: START + i * 1000,
    price: 100 + (i % 5),
    quantity: 1 + (i % 3),
    id: ids === 'dense' ? i : `${i.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`,
  });

for (const ids of ['dense', 'unique'] as const)
  test(`${ids} ids: a push that is cut off twice is handed in as far as it is on record, and the stream goes on behind it`, async () => {
    const directory = join(folder, ids);
    mkdirSync(directory);
    const trade = tradeOf(ids);
    const input: ConfigInput = {
      instruments: { coin: { ids } },
      clocks: { s: { bars: 'tick', threshold: 7 } },
      features: { s: ['close'] },
    };
    const make = (sinks: EngineSinks): Engine => createEngine(input, sinks);
    const open = (): RecordedEngine => recordEngine(createJournal(directory), make);
    const entries = (): JournalEntry[] => [...openJournal(directory).records()];
    const push = (engine: RecordedEngine, from: number, to: number): void =>
      engine.push(blockOf(Array.from({ length: to - from }, (_, k) => trade(from + k))), { maxSilence: Infinity });
    const cutAt = (segment: number, byte: number | undefined): void => {
      assert.ok(byte !== undefined);
      truncateSync(join(directory, segmentName(segment)), byte);
    };
    const goOn = async (): Promise<RecordedEngine> => {
      const found = await recoverEngine(openJournal(directory), make);
      assert.ok(found);
      const engine = open();
      await resumeEngine(engine, found);
      return engine;
    };

    const first = open();
    push(first, 0, 100);
    push(first, 100, 1300);
    first.stop();
    // All of its trades are on record, and none of its rows.
    const whole = entries();
    cutAt(1, whole[whole.findLastIndex(({ record }) => record.kind === 'trade') + 1].byte);
    // Twice, behind the first record of several that its trades take.
    for (const segment of [2, 3]) {
      (await goOn()).stop();
      const again = entries().filter(
        (one) => one.segment.endsWith(segmentName(segment)) && one.record.kind === 'trade',
      );
      assert.equal(again.length, 1200);
      cutAt(segment, again.find(({ byte }) => byte > again[0].byte)?.byte);
      const seeds = seedsOnRecord(openJournal(directory), first.plan.instruments).get('coin') ?? [];
      assert.equal(seeds.at(-1)?.time, trade(1299).time);
    }
    const engine = await goOn();
    push(engine, 1300, 1310);
    const right = make({});
    for (let i = 0; i < 1310; i++) right.push(trade(i));
    const { trades, rows } = right.counts();
    assert.deepEqual([engine.counts().trades, engine.counts().rows], [trades, rows]);
    engine.stop();
  });
