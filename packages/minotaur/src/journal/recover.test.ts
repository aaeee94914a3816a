import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { simulate } from '../files/simulate.ts';
import type { Feed } from 'minotaur-core/internal/chain/contract';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { recordEngine, type RecordedEngine } from 'minotaur-core/internal/live/recording';
import { createRowDigest } from 'minotaur-core/internal/rows/digest';
import { setId } from 'minotaur-core/internal/trades/id';
import { copyTrades, createTradeBlock, sliceTrades, tradeAt } from 'minotaur-core/internal/trades/trade';
import { createEngine } from '../node/engine.ts';
import { nodeHashing } from '../node/hashing.ts';
import { nextEpoch } from './epochs.ts';
import { KIND, segmentName } from './format.ts';
import { rawRecords } from './raw-records.ts';
import { openJournal } from './reader.ts';
import { recoverEngine, resumeEngine } from './recover.ts';
import { newestState } from './states.ts';
import { createJournal } from './writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-recover-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const config: ConfigInput = {
  clocks: { short: { bars: 'tick', threshold: 7 }, '1min': { bars: 'time', every: '1min' } },
  features: { short: ['close', 'ema(close, 3)'], '1min': ['volume'] },
};
const COUNT = 120;
const market = copyTrades([...simulate({ trades: COUNT, seed: 4 })][0]);
// Ids 40 to 42 never came.
for (let i = 40; i < COUNT; i++) setId(market.id, i, i + 4);

/** What happens, one event at a time. */
type Step = (feed: Feed<unknown>) => void;

const late = (feed: Feed<unknown>): void =>
  void feed.push({ ...tradeAt(market, 0), id: 1e6 }, { arrival: market.time[0] });
const steps: Step[] = [];
for (let i = 0; i < COUNT; i++) {
  const arrival = market.time[i] + 900;
  steps.push((feed) => void feed.push(tradeAt(market, i), { arrival, origin: i < 60 ? 'stream' : 'repair' }));
  if (i === 30 || i === 80) steps.push(late);
  if (i === 50) steps.push((feed) => void feed.hole({ from: market.time[i], to: market.time[i] + 5 }));
  if (i === 70) steps.push((feed) => void feed.advance(market.time[i] + 1));
}

/** Does all steps from `from` on; what is refused is refused. */
function drive(feed: Feed<unknown>, from = 0, onStep: (i: number) => void = () => {}): void {
  for (let i = from; i < steps.length; i++) {
    try {
      steps[i](feed);
    } catch {
      // A session that goes on.
    }
    onStep(i);
  }
}

function recorded(path: string): RecordedEngine {
  return recordEngine(createJournal(path), (sinks) => createEngine(config, sinks));
}

/** What it comes to where nothing happens. */
function whole(): { state: Uint8Array; digest: string; rows: number } {
  const digest = createRowDigest(nodeHashing);
  const engine = createEngine(config, { onRows: (rows) => digest.add(rows) });
  drive(engine);
  return { state: engine.snapshot(), digest: digest.hex(), rows: engine.counts().rows };
}

test('killed at any byte, a session goes on to the same state, the same digest and the same rows', async () => {
  const expected = whole();
  assert.ok(expected.rows > 15);
  const path = join(folder, 'uncut');
  const engine = recorded(path);
  drive(engine, 0, (i) => i === 60 && engine.snapshot());
  const bytes = readFileSync(join(path, '00000001.journal'));
  const [first] = [...openJournal(path).records()];
  let unfinished = 0;
  for (let cut = first.byte; cut <= bytes.length; cut += 41) {
    const directory = join(folder, `cut-${cut}`);
    mkdirSync(directory);
    writeFileSync(join(directory, '00000001.journal'), bytes.subarray(0, cut));
    const found = await recoverEngine(openJournal(directory), (sinks) => createEngine(config, sinks));
    if (found === undefined) continue;
    const events = [...openJournal(directory).records()].filter(({ record: { kind } }) =>
      ['trade', 'hole', 'advance'].includes(kind),
    ).length;
    const again = recorded(directory);
    await resumeEngine(again, found);
    if (found.unfinished !== undefined) unfinished++;
    drive(again, events);
    assert.deepEqual(again.snapshot(), expected.state, `cut at ${cut}`);
    const rows = new Map<number, string>();
    let digest: Uint8Array | undefined;
    for (const { record } of openJournal(directory).records()) {
      if (record.kind === 'snapshot') ({ digest } = record.state);
      if (record.kind !== 'row') continue;
      const name = `${record.time} ${record.ready} ${record.complete} ${record.values.join()}`;
      assert.equal(rows.get(record.ordinal) ?? name, name, `cut at ${cut}: a row is what it was`);
      rows.set(record.ordinal, name);
    }
    assert.equal(Buffer.from(digest ?? []).toString('hex'), expected.digest, `cut at ${cut}`);
    assert.deepEqual(
      [...rows.keys()].sort((a, b) => a - b),
      Array.from({ length: expected.rows }, (_, i) => i),
    );
    rmSync(directory, { recursive: true });
  }
  assert.ok(unfinished > 3, `${unfinished} cuts took rows away from an event that is on record`);
});

test('a push whose record was cut within is handed in again as far as it goes', async () => {
  const path = join(folder, 'block');
  const engine = recorded(path);
  const many = [...simulate({ trades: 1200, seed: 4 })][0];
  engine.push(many, { maxSilence: Infinity });
  const file = join(path, '00000001.journal');
  const [first, ...rest] = [...openJournal(path).records()].filter(({ record }) => record.kind === 'trade');
  const second = rest.find(({ byte }) => byte > first.byte);
  writeFileSync(file, readFileSync(file).subarray(0, second?.byte));
  const found = await recoverEngine(openJournal(path), (sinks) => createEngine(config, sinks));
  assert.equal(found?.unfinished?.trades.length, 512);
  assert.ok(found.unfinished.cut);
  const again = recorded(path);
  await resumeEngine(again, found);
  assert.equal(again.counts().trades, 512);
  again.push(sliceTrades(many, 512, many.length), { maxSilence: Infinity });
  assert.deepEqual(again.snapshot(), engine.snapshot());
});

test('a session that is killed again at its start lacks nothing of what is on record', async () => {
  const path = join(folder, 'twice');
  const undisturbed = recordEngine(createJournal(join(folder, 'not')), (sinks) => createEngine(config, sinks));
  for (let i = 0; i < 30; i++) undisturbed.push(tradeAt(market, i));
  const first = recorded(path);
  for (let i = 0; i < 14; i++) first.push(tradeAt(market, i));
  /** Cuts a segment off at its first record of a kind, from the end. */
  const cut = (number: number, kind: number): void => {
    const file = join(path, segmentName(number));
    const bytes = readFileSync(file);
    const { byte } = [...rawRecords(bytes, file)].findLast((record) => record.kind === kind) ?? { byte: NaN };
    writeFileSync(file, bytes.subarray(0, byte));
  };
  const goOn = async () => {
    const found = await recoverEngine(openJournal(path), (sinks) => createEngine(config, sinks));
    assert.ok(found);
    const engine = recorded(path);
    await resumeEngine(engine, found);
    return { engine, unfinished: found.unfinished?.trades.length };
  };
  // The row that the newest trade gave is lost, and then, twice, all of the session that goes on but its start.
  cut(1, KIND.row);
  for (const number of [2, 3]) {
    assert.equal((await goOn()).unfinished, 1);
    cut(number, KIND.trade);
  }
  const { engine, unfinished } = await goOn();
  assert.deepEqual([unfinished, engine.counts().trades], [1, 14]);
  for (let i = 14; i < 30; i++) engine.push(tradeAt(market, i));
  assert.deepEqual(engine.snapshot(), undisturbed.snapshot());
  // Behind an event, the start is a state again.
  assert.equal(newestState(openJournal(path))?.segment, join(path, segmentName(4)));
});

test('filling a hole begins a new epoch behind the snapshot before it', async () => {
  const path = join(folder, 'filled');
  const engine = recorded(path);
  for (let i = 0; i < 40; i++) engine.push(tradeAt(market, i));
  const before = engine.snapshot();
  for (let i = 60; i < 90; i++) engine.push(tradeAt(market, i));
  const { rows } = createCounts(before);
  engine.restore(before, { epoch: nextEpoch(path) });
  for (let i = 40; i < COUNT; i++) engine.push(tradeAt(market, i));
  assert.equal(engine.epoch(), 1);
  engine.stop();
  const records = [...openJournal(path).records()].map(({ record }) => record);
  assert.deepEqual(
    records.find(({ kind }) => kind === 'epoch'),
    { kind: 'epoch', epoch: 1, before: 0, row: rows, why: 'another history behind a snapshot' },
  );
  const found = await recoverEngine(openJournal(path), (sinks) => createEngine(config, sinks));
  assert.equal(found?.epoch, 1);
  assert.deepEqual(found.state.engine, engine.snapshot());
});

function createCounts(bytes: Uint8Array): { rows: number } {
  const engine = createEngine(config);
  engine.restore(bytes);
  return engine.counts();
}

test('a row of a series that the chain has not is refused by name', async () => {
  const path = join(folder, 'later');
  const engine = createEngine(config);
  const journal = createJournal(path);
  journal.start({ plan: engine.plan, epoch: 0, rows: 0 });
  journal.series({ name: 'funding', time: 1, available_at: 2, values: Float64Array.of(3) });
  journal.advance(1);
  journal.stop();
  await assert.rejects(
    recoverEngine(openJournal(path), () => engine),
    /expected a series \(there is none\), found 'funding'/,
  );
});

test('an empty block is recorded as nothing', () => {
  const path = join(folder, 'empty');
  const engine = recorded(path);
  engine.push(createTradeBlock(3));
  engine.stop();
  assert.deepEqual(
    [...openJournal(path).records()].map(({ record: { kind } }) => kind),
    ['start', 'stop'],
  );
});
