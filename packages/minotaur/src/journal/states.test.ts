/** What is found from the end of a journal is what reading all of it finds. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { recordEngine } from 'minotaur-core/internal/live/recording';
import { copyTrades, tradeAt } from 'minotaur-core/internal/trades/trade';
import { simulate } from '../files/simulate.ts';
import { createEngine } from '../node/engine.ts';
import { recordsOf } from './interval.ts';
import { newestTrades } from './newest-trades.ts';
import { openJournal, type Journal, type JournalEntry } from './reader.ts';
import { firstTradeTime, newestState, stateBefore } from './states.ts';
import { createJournal } from './writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-states-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const COUNT = 3000;
const market = copyTrades([...simulate({ trades: COUNT, seed: 9 })][0]);

/** Many small segments, snapshots at uneven distances, a session that goes on behind another. */
function recorded(path: string, snapshots: (i: number) => boolean): Journal {
  const open = () =>
    recordEngine(createJournal(path, { segmentBytes: 16_384 }), (sinks) =>
      createEngine({ clocks: { s: { bars: 'tick', threshold: 7 } }, features: { s: ['close'] } }, sinks),
    );
  let engine = open();
  for (let i = 0; i < COUNT; i++) {
    engine.push(tradeAt(market, i), { origin: i % 2 === 0 ? 'stream' : 'repair' });
    if (snapshots(i)) engine.snapshot();
    if (i !== 1234) continue;
    const state = engine.snapshot();
    engine.stop();
    engine = open();
    engine.restore(state, { recovered: true });
  }
  engine.stop();
  return openJournal(path);
}

const journals = {
  often: recorded(join(folder, 'often'), (i) => i % 97 === 5),
  seldom: recorded(join(folder, 'seldom'), (i) => i === 700 || i === 2900),
};

const placeOf = (entry: JournalEntry | undefined) => entry && { segment: entry.segment, byte: entry.byte };
const isState = ({ record: { kind } }: JournalEntry): boolean => kind === 'start' || kind === 'snapshot';

for (const [name, journal] of Object.entries(journals)) {
  const all = [...journal.records()];

  test(`${name}: the newest state, and what is read from there on`, () => {
    assert.ok(journal.segments.length > 10);
    const last = all.findLastIndex(isState);
    const place = newestState(journal);
    assert.deepEqual(place, placeOf(all[last]));
    assert.deepEqual([...journal.records(undefined, place)], all.slice(last));
  });

  test(`${name}: the state before any time, and the records of any span`, () => {
    for (let i = 0; i < COUNT; i += 293) {
      const from = market.time[i];
      const first = all.findIndex(({ record }) => record.kind === 'trade' && record.time >= from);
      const state = all.slice(0, first).findLastIndex(isState);
      if (i > 0) assert.deepEqual(stateBefore(journal, from), placeOf(all[state]), `trade ${i}`);
      const to = from + 60_000_000;
      const behind = all.findIndex(({ record }) => record.kind === 'trade' && record.time >= to);
      let end = behind < 0 ? all.length : behind + 1;
      while (end < all.length && ['row', 'gap', 'refused'].includes(all[end].record.kind)) end++;
      assert.deepEqual([...recordsOf(journal, { from, to })], all.slice(state, end), `trade ${i}`);
    }
    assert.equal(stateBefore(journal, market.time[0]), undefined);
    assert.deepEqual(stateBefore(journal, Infinity), newestState(journal));
  });

  test(`${name}: the newest trades`, () => {
    const trades = all.flatMap(({ record }) => (record.kind === 'trade' ? [record] : []));
    const told = (list: readonly { time: number; price: number }[]) => list.map(({ time, price }) => [time, price]);
    assert.deepEqual(newestTrades(journal, [100]).map(told), [told(trades.slice(-100))]);
    // More than the last segments have: as many as these have.
    const [some] = newestTrades(journal, [1_000_000]);
    assert.ok(some.length >= 100 && some.length < COUNT);
    assert.deepEqual(told(some), told(trades.slice(-some.length)));
  });
}

test('the first trade of a segment', () => {
  const all = [...journals.often.records()];
  for (const segment of journals.often.segments) {
    const inIt = all.find((entry) => entry.segment === segment && entry.record.kind === 'trade');
    assert.equal(firstTradeTime(segment), inIt?.record.kind === 'trade' ? inIt.record.time : undefined);
  }
});

test('a journal that is being written is read to its last whole record, wherever the writer is', () => {
  const path = join(folder, 'growing');
  const complete = recorded(path, () => false);
  const last = complete.segments.at(-1) ?? '';
  const whole = readFileSync(last);
  const count = [...complete.records()].length;
  for (let cut = 0; cut <= whole.length; cut += 331) {
    writeFileSync(last, whole.subarray(0, cut));
    const journal = openJournal(path);
    const records = [...journal.records()];
    assert.ok(records.length <= count);
    assert.deepEqual(stateBefore(journal, Infinity), newestState(journal));
    assert.ok(newestTrades(journal, [10])[0].length === 10);
    assert.doesNotThrow(() => [...recordsOf(journal, { from: market.time[COUNT - 50], to: Infinity })]);
  }
});

test('a snapshot that is written over the one before is on record as it was, and so is that', () => {
  const path = join(folder, 'over');
  const engine = recordEngine(createJournal(path, { bufferBytes: 512 }), (sinks) =>
    createEngine({ clocks: { s: { bars: 'tick', threshold: 7 } }, features: { s: ['close'] } }, sinks),
  );
  const taken: Buffer[] = [];
  let state: Uint8Array<ArrayBuffer> | undefined;
  for (let i = 0; i < 60; i++) {
    engine.push(tradeAt(market, i));
    if (i % 20 !== 19) continue;
    const before = state;
    state = engine.snapshot(undefined, state);
    if (before !== undefined) assert.equal(state, before);
    taken.push(Buffer.from(state));
  }
  engine.stop();
  const found = [...openJournal(path).records()].flatMap(({ record }) =>
    record.kind === 'snapshot' ? [Buffer.from(record.state.engine)] : [],
  );
  assert.equal(new Set(taken.map(String)).size, 3);
  assert.deepEqual(found, taken);
});
