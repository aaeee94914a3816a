/** A session of two instruments against the trades of both venues: whose trades differ, and which rows that changed. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import type { EngineSinks } from 'minotaur-core/internal/chain/contract';
import { recordEngine, type RecordedEngine } from 'minotaur-core/internal/live/recording';
import { idText, setId } from 'minotaur-core/internal/trades/id';
import { copyTrades, pickTrades, tradeAt, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { openJournal } from '../../journal/reader.ts';
import { createJournal } from '../../journal/writer.ts';
import { createEngine } from '../../node/engine.ts';
import { market } from '../self-test/market.ts';
import { collectReceived } from './shadow-received.ts';
import { describeShadow, shadow, type ShadowResult } from './shadow.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-shadow-several-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;

const config: ConfigInput = {
  instruments: { a: {}, b: {} },
  skew: '12h',
  clocks: { a: { of: 'a', bars: 'tick', threshold: 20 }, b: { of: 'b', bars: 'tick', threshold: 30 } },
  features: { a: ['close', 'sma(close, 5)'], b: ['close', 'volume'] },
};
const make = (sinks: EngineSinks) => createEngine(config, sinks);
const COUNT = 3000;
const all = Array.from({ length: COUNT }, (_, i) => i);
/** One market whose trades are of either in turn: neither is silent while the other trades. */
const both = market(2 * COUNT, 5);
const official = { a: everyOther(0), b: everyOther(1) };

function everyOther(first: number): TradeBlock {
  const block = pickTrades(
    both,
    all.map((i) => 2 * i + first),
  );
  for (const i of all) setId(block.id, i, i + 1);
  return block;
}

type Side = keyof typeof official;

/** Both feeds in the order of their times; `beside` comes before each event. */
function drive(
  received: Readonly<Record<Side, TradeBlock>>,
  beside: (engine: RecordedEngine, time: number) => void = () => {},
): string {
  const directory = join(folder, String(++made));
  const engine = recordEngine(createJournal(directory), make);
  const events = (['a', 'b'] as const).flatMap((instrument) => {
    const { length, time } = received[instrument];
    return all.slice(0, length).map((i) => ({ instrument, i, time: time[i] }));
  });
  for (const { instrument, i, time } of events.sort((x, y) => x.time - y.time)) {
    beside(engine, time);
    engine.push(tradeAt(received[instrument], i), { instrument, arrival: time + 1500, origin: instrument });
  }
  engine.stop();
  return directory;
}

function check(directory: string, venue: Readonly<Record<Side, TradeBlock>> = official): Promise<ShadowResult> {
  const entries = () => openJournal(directory).records();
  const trades = [
    { instrument: 'a', trades: venue.a },
    { instrument: 'b', trades: venue.b },
  ];
  return shadow({ entries: entries(), make, venue: { received: collectReceived(entries(), 2), official: trades } });
}

const without = (block: TradeBlock, lost: readonly number[]): TradeBlock =>
  pickTrades(
    block,
    all.filter((i) => !lost.includes(i)),
  );

test('a sound session holds, and every trade of both venues was compared', async () => {
  const outcome = await check(drive(official));
  assert.ok(outcome.holds, describeShadow(outcome).join('\n'));
  assert.deepEqual(describeShadow(outcome), ['code: none', 'data: none']);
  assert.equal(outcome.data?.official, 2 * COUNT);
  assert.deepEqual(outcome.data?.instruments, ['a', 'b']);
});

test('a trade that one feed lost is missed of that instrument, and the rows that it changed are counted', async () => {
  const outcome = await check(drive({ a: official.a, b: without(official.b, [1000, 1001]) }));
  assert.equal(outcome.code.differences, 0);
  const { data } = outcome;
  assert.ok(data !== null);
  assert.equal(data.counts.missed, 2);
  assert.equal(data.examples.missed[0].instrument, 'b');
  // 98 bars of 30 trades that end elsewhere, of which every row behind holds one.
  assert.ok(data.effect.changed > 80 && data.effect.changed < data.effect.rows, String(data.effect.changed));
  assert.equal(data.effect.lost, 0);
  const id = idText(official.b.id, 1000);
  const lines = describeShadow(outcome);
  assert.ok(
    lines.some((line) => line.startsWith(`  first missed of b: id ${id},`)),
    lines.join('\n'),
  );
});

test('without ids nobody knew of the hole: it is told, and the rows that should have been incomplete', async () => {
  const nameless = (block: TradeBlock): TradeBlock => ({ ...block, id: new Uint32Array(block.id.length).fill(-1) });
  const venue = { a: nameless(official.a), b: nameless(official.b) };
  const outcome = await check(drive({ a: venue.a, b: without(venue.b, all.slice(1000, 1020)) }), venue);
  const lines = describeShadow(outcome);
  assert.equal(outcome.data?.counts.missed, 20);
  assert.ok(
    lines.some((line) => line.startsWith('  hole of b that nobody knew of')),
    lines.join('\n'),
  );
  const rows = outcome.data?.touched ?? [];
  assert.ok(rows.length > 0 && rows[0].from >= 45 && rows[0].from <= 55, JSON.stringify(rows));
});

test('both feeds at once: revised, duplicated and unknown trades, each of its instrument', async () => {
  const a = copyTrades(official.a);
  a.price[500] += 0.5;
  const b = pickTrades(official.b, [...all.slice(0, 2000), 1999, ...all.slice(2000, COUNT - 1)]);
  const fewer = without(official.a, [700]);
  const outcome = await check(drive({ a, b }), { a: fewer, b: official.b });
  assert.ok(!outcome.holds);
  const counts = outcome.data?.counts;
  assert.deepEqual([counts?.revised, counts?.duplicated, counts?.unknown, counts?.missed], [1, 1, 1, 0]);
  const { examples } = outcome.data ?? {};
  assert.deepEqual(
    [examples?.revised[0].instrument, examples?.duplicated[0].instrument, examples?.unknown[0].instrument],
    ['a', 'b', 'a'],
  );
});

test('a hole that the feed of one declared is no difference: rows are left out until it is over', async () => {
  const lost = all.slice(1200, 1260);
  const [from, to] = [official.b.time[1199], official.b.time[1260]];
  let isDeclared = false;
  const directory = drive({ a: official.a, b: without(official.b, lost) }, (engine, time) => {
    if (isDeclared || time <= to) return;
    isDeclared = true;
    engine.hole({ from, to: time, missing: lost.length }, { instrument: 'b' });
  });
  const outcome = await check(directory);
  assert.ok(outcome.holds, describeShadow(outcome).join('\n'));
  assert.equal(outcome.data?.declared, lost.length);
  assert.ok((outcome.data?.effect.leftOut ?? 0) > 0);
});

test('a feed that was silent all the time while its venue traded has missed all of it', async () => {
  const { a } = official;
  const directory = drive({ a, b: pickTrades(official.b, []) }, (engine, time) => {
    engine.advance(time, { instrument: 'b' });
  });
  const outcome = await check(directory);
  assert.ok(!outcome.holds);
  assert.equal(outcome.code.differences, 0);
  const within = all.filter((i) => official.b.time[i] >= a.time[0] && official.b.time[i] <= a.time[COUNT - 1]);
  assert.equal(outcome.data?.counts.missed, within.length);
  // Every row says that it is complete, and none is.
  const touched = outcome.data?.touched ?? [];
  const rows = touched.reduce((sum, { from, to }) => sum + to - from, 0);
  assert.equal(rows, outcome.code.counts.rows, JSON.stringify(touched));
});
