/** The journal of a chain with a series: its rows are events, repeated as they came. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Engine, EngineSinks, Feed } from 'minotaur-core/internal/chain/contract';
import { recordEngine } from 'minotaur-core/internal/live/recording';
import { createRowDigest } from 'minotaur-core/internal/rows/digest';
import { config, SECOND, START, steps } from '../../../../test/several-session.ts';
import { createEngine } from '../node/engine.ts';
import { nodeHashing } from '../node/hashing.ts';
import { pushesIn, repeat } from './pushes.ts';
import { openJournal } from './reader.ts';
import { recoverEngine, resumeEngine } from './recover.ts';
import { createJournal } from './writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-series-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const rate = { series: ['bid', 'ask'], delay: '1s', latency: '500ms', maxAge: '20s' };
const features = { ...config.features, rate: ['bid', 'diff(ask, 1) as change'] };
const make = (sinks: EngineSinks): Engine =>
  createEngine({ ...config, clocks: { ...config.clocks, rate }, features }, sinks);

/** Every seventh event is a row of the series, which says when it became known, or leaves that to the delay. */
const all = steps.flatMap((step, n): ((feed: Feed<unknown>) => void)[] => {
  if (n % 7 !== 3) return [step];
  const row = { time: START + Math.floor(n / 2) * SECOND, bid: n, ...(n % 2 === 0 ? { ask: n + 1 } : {}) };
  const told = n % 4 === 3 ? row : { ...row, available_at: row.time + SECOND };
  return [step, (feed) => void feed.pushSeries('rate', told, { arrival: row.time + 2 * SECOND })];
});
const drive = (feed: Feed<unknown>, from = 0, to = all.length): void =>
  all.slice(from, to).forEach((step) => step(feed));

function whole(): { state: Uint8Array; digest: string } {
  const digest = createRowDigest(nodeHashing);
  const engine = make({ onRows: (rows) => digest.add(rows) });
  drive(engine);
  return { state: engine.snapshot(), digest: digest.hex() };
}

test('a journal with rows of a series gives the same digest and the same state; without them it does not', () => {
  const expected = whole();
  const path = join(folder, 'replayed');
  const live = recordEngine(createJournal(path), make);
  drive(live);
  live.stop();
  const replayed = (takes: (kind: string | undefined) => boolean): { state: Uint8Array; digest: string } => {
    const digest = createRowDigest(nodeHashing);
    const engine = make({ onRows: (rows) => digest.add(rows) });
    for (const push of pushesIn(openJournal(path).records()))
      if (takes(push.other?.kind)) repeat(engine, push, engine.plan);
    return { state: engine.snapshot(), digest: digest.hex() };
  };
  assert.deepEqual(
    replayed(() => true),
    expected,
  );
  assert.notEqual(replayed((kind) => kind !== 'series').digest, expected.digest);
});

test('cut off at any byte, a session with a series goes on to the same state and digest', async () => {
  const expected = whole();
  const path = join(folder, 'uncut');
  drive(recordEngine(createJournal(path), make));
  const bytes = readFileSync(join(path, '00000001.journal'));
  const [first] = [...openJournal(path).records()];
  let seriesLast = 0;
  for (let cut = first.byte; cut <= bytes.length; cut += 211) {
    const directory = join(folder, `cut-${cut}`);
    mkdirSync(directory);
    writeFileSync(join(directory, '00000001.journal'), bytes.subarray(0, cut));
    const found = await recoverEngine(openJournal(directory), make);
    if (found === undefined) continue;
    const pushes = [...pushesIn(openJournal(directory).records())];
    if (pushes.at(-1)?.other?.kind === 'series') seriesLast++;
    const again = recordEngine(createJournal(directory), make);
    await resumeEngine(again, found);
    drive(again, pushes.length);
    assert.deepEqual(again.snapshot(), expected.state, `cut at ${cut}`);
    rmSync(directory, { recursive: true });
  }
  assert.ok(seriesLast > 3, `${seriesLast} cuts behind a row of the series`);
});
