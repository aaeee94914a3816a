/** A session that begins behind history is on record from its first snapshot on, with all that came before it. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { recordEngine, type RecordedEngine } from 'minotaur-core/internal/live/recording';
import { copyTrades, tradeAt } from 'minotaur-core/internal/trades/trade';
import { simulate } from '../files/simulate.ts';
import { createEngine } from '../node/engine.ts';
import { newestEpoch, segmentNumbers } from './epochs.ts';
import { BEGINNING } from './format.ts';
import { openJournal } from './reader.ts';
import { createJournal } from './writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-begins-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const market = copyTrades([...simulate({ trades: 3000, seed: 9 })][0]);
const config = { clocks: { s: { bars: 'tick', threshold: 7 } }, features: { s: ['close'] } } as const;
const hidden = join(folder, BEGINNING);

/** Small segments: what is hidden is one, however long. */
const open = (): RecordedEngine =>
  recordEngine(createJournal(folder, { segmentBytes: 16_384, beginsWhole: true }), (sinks) =>
    createEngine(config, sinks),
  );

function push(engine: RecordedEngine, from: number, to: number): void {
  for (let i = from; i < to; i++) engine.push(tradeAt(market, i));
}

test('behind history it is hidden until its first snapshot; what was killed before is nothing; what goes on is seen at once', () => {
  const state = stateBehind();

  const killed = open();
  killed.restore(state, { epoch: 3 });
  push(killed, 1000, 1500);
  assert.deepEqual([segmentNumbers(folder), existsSync(hidden), newestEpoch(folder)], [[], true, -1]);

  const next = open();
  assert.equal(existsSync(hidden), false);
  next.restore(state, { epoch: 3 });
  push(next, 1000, 2000);
  assert.deepEqual(segmentNumbers(folder), []);
  next.snapshot();
  assert.deepEqual([segmentNumbers(folder), existsSync(hidden), newestEpoch(folder)], [[1], false, 3]);
  push(next, 2000, 2500);
  assert.ok(segmentNumbers(folder).length > 1);
  const end = next.snapshot();
  next.stop();

  const before = segmentNumbers(folder).length;
  const again = open();
  again.restore(end, { recovered: true });
  push(again, 2500, 2600);
  assert.equal(segmentNumbers(folder).length, before + 1);
  again.stop();
  const trades = [...openJournal(folder).records()].flatMap(({ record }) =>
    record.kind === 'trade' ? [record.time] : [],
  );
  assert.deepEqual(trades, [...market.time.subarray(1000, 2600)]);
});

/** What a session that begins at trade 1000 goes on behind. */
function stateBehind(): Uint8Array<ArrayBuffer> {
  const history = createEngine(config);
  for (let i = 0; i < 1000; i++) history.push(tradeAt(market, i));
  return history.snapshot();
}

const inside = (name: string, options: { readonly beginsWhole?: boolean }): RecordedEngine => {
  const directory = join(folder, name);
  mkdirSync(directory, { recursive: true });
  return recordEngine(createJournal(directory, options), (sinks) => createEngine(config, sinks));
};

test('what another has recorded meanwhile is not replaced', () => {
  const begins = inside('two', { beginsWhole: true });
  const other = inside('two', {});
  begins.restore(stateBehind(), { epoch: 1 });
  push(begins, 1000, 1100);
  push(other, 0, 700);
  other.stop();
  assert.throws(() => begins.snapshot(), /00000001\.journal: .*found a file of that name/);
  const found = [...openJournal(join(folder, 'two')).records()].filter(({ record }) => record.kind === 'trade');
  assert.equal(found.length, 700);
});

test('a beginning that is given up for another leaves no segment out', () => {
  const engine = inside('twice', { beginsWhole: true });
  engine.restore(stateBehind(), { epoch: 1 });
  push(engine, 1000, 1100);
  engine.restore(stateBehind(), { epoch: 1, recovered: true });
  push(engine, 1000, 1200);
  engine.stop();
  assert.deepEqual(readdirSync(join(folder, 'twice')), ['00000001.journal']);
});
