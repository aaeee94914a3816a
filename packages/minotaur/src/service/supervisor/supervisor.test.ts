/** A live session on a venue of this machine: whatever happens to the connection or the session, its rows are those of a build. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { tradeAt, type Trade } from 'minotaur-core/internal/trades/trade';
import { openTrades } from '../../files/trades/trade-source.ts';
import { createEngine } from '../../node/engine.ts';
import { openJournal } from '../../journal/reader.ts';
import { madeTrades } from '../../venues/wire/scene.ts';
import { openLocalVenue, type LocalVenue } from '../../venues/wire/local-venue.ts';
import { processSurroundings } from '../../venues/wire/surroundings.ts';
import { factsOf } from '../publication/facts.ts';
import { createPublication } from '../publication/publication.ts';
import type { SupervisorNote } from './notes.ts';
import { readOnRecord } from './on-record.ts';
import { startSupervisor, type Supervisor } from './supervisor.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-live-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const config = parseConfig({
  instruments: { BTCUSDT: { venue: 'binance-spot' } },
  clocks: { s: { bars: 'tick', threshold: 20 }, m: { from: 's', count: 5 } },
  features: { s: ['close', 'rsi(close, 14)', 'trade_imbalance'], m: ['ema(close, 5)', 'volume'] },
});
const QUICK = { ping: 50, deadAfter: 300, firstPause: 10, longestPause: 100, stable: 100, silence: 200, mute: 100 };
const around = processSurroundings();

interface Row {
  readonly ordinal: number;
  readonly time: number;
  readonly ready: boolean;
  readonly complete: boolean;
  readonly values: readonly number[];
}

/** Rows of a build of these trades. */
function builtFrom(trades: readonly Trade[]): Row[] {
  const rows: Row[] = [];
  const engine = createEngine(config, {
    onRows({ count, width, time, ready, complete, values }) {
      for (let r = 0; r < count; r++)
        rows.push({
          ordinal: rows.length,
          time: time[r],
          ready: ready[r] === 1,
          complete: complete[r] === 1,
          values: [...values.subarray(r * width, (r + 1) * width)],
        });
    },
  });
  for (const trade of trades) engine.push(trade, { maxSilence: Infinity });
  return rows;
}

function rowsOnRecord(directory: string): Row[] {
  const rows: Row[] = [];
  for (const { record } of openJournal(directory).records())
    if (record.kind === 'row') rows.push({ ...record, values: [...record.values] });
  return rows.map(({ ordinal, time, ready, complete, values }) => ({ ordinal, time, ready, complete, values }));
}

interface Session {
  readonly supervisor: Supervisor;
  readonly notes: SupervisorNote[];
}

async function begin(local: LocalVenue, journal: string, isNew: boolean, wall = around.wall): Promise<Session> {
  const notes: SupervisorNote[] = [];
  const { instruments } = createEngine(config).plan;
  const publication = createPublication(factsOf(createEngine(config).plan, 'test'), { now: wall });
  const supervisor = await startSupervisor({
    config,
    instruments,
    publication,
    journal,
    around: { ...around, wall },
    addresses: { 'binance-spot': { stream: [local.streamUrl], rest: local.restBase } },
    seeds: () => (isNew ? new Map() : readOnRecord(journal, instruments, { predicts: false }).seeds),
    onOpenHole: 'stop',
    onNote: (note) => notes.push(note),
    joining: { swapWait: 20, holeDeadline: 30_000 },
    times: QUICK,
  });
  return { supervisor, notes };
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = performance.now() + 60_000; !holds(); await pause(5))
    assert.ok(performance.now() < end, `${what} did not come`);
}

const caughtUp = ({ supervisor }: Session, local: LocalVenue, from: number): Promise<void> =>
  until('the last trade', () => supervisor.chain.counts().trades === local.happened('BTCUSDT').length - from);

test('disconnects, losses, repeats and a restart: the rows on record are those of a build', async () => {
  const journal = join(folder, 'faults');
  const local = await openLocalVenue({
    venue: 'binance-spot',
    markets: { BTCUSDT: madeTrades(100_000) },
    around,
    heartbeat: 50,
  });
  try {
    let session = await begin(local, journal, true);
    await until('the subscription', () => session.notes.some(({ what }) => what === 'subscribed'));
    for (let i = 0; i < 40; i++) {
      local.say('BTCUSDT', 50, (['plainly', 'twice', 'swapped', 'lost'] as const)[i % 4]);
      if (i % 10 === 5) local.clients.disconnect('at once');
      await pause(10);
      if (i !== 20) continue;
      session.supervisor.stop();
      assert.deepEqual(await session.supervisor.ended, { why: 'told' });
      local.say('BTCUSDT', 300);
      session = await begin(local, journal, false);
    }
    local.say('BTCUSDT', 1);
    await caughtUp(session, local, 0);
    session.supervisor.stop();
    await session.supervisor.ended;
    const truth = local.happened('BTCUSDT');
    assert.equal(truth.length, 2301);
    assert.deepEqual(rowsOnRecord(journal), builtFrom(truth));
    assert.ok(session.notes.some(({ what }) => what === 'repaired'));
  } finally {
    await local.close();
  }
});

const DATA = new URL('../../../../../../shared/data/binance/', import.meta.url).pathname;
const needsData = existsSync(DATA) ? {} : { skip: 'needs ../shared/data, which is not here' };

async function recorded(file: string, most: number): Promise<Trade[]> {
  const source = await openTrades([join(DATA, file)]);
  const trades: Trade[] = [];
  for await (const { block } of source.blocks())
    for (let i = 0; i < block.length && trades.length < most; i++) trades.push(tradeAt(block, i));
  source.close();
  return trades;
}

test('recorded messages of Binance, with disconnects and a restart: the bits of a build', needsData, async () => {
  const trades = await recorded('spot_btcusdt_20240808.frames.gz', 6000);
  const journal = join(folder, 'recorded');
  const local = await openLocalVenue({ venue: 'binance-spot', markets: { BTCUSDT: trades }, around, heartbeat: 50 });
  // The session's clock is that of the market which is played.
  const wall = (): number => (local.happened('BTCUSDT').at(-1)?.time ?? trades[0].time) + 5000;
  try {
    let session = await begin(local, journal, true, wall);
    await until('the subscription', () => session.notes.some(({ what }) => what === 'subscribed'));
    for (let i = 0; i < 60; i++) {
      local.say('BTCUSDT', 100, (['plainly', 'twice', 'swapped', 'lost'] as const)[i % 4]);
      if (i % 12 === 5) local.clients.disconnect('at once');
      await pause(10);
      if (i !== 30) continue;
      session.supervisor.stop();
      await session.supervisor.ended;
      session = await begin(local, journal, false, wall);
    }
    await caughtUp(session, local, 0);
    session.supervisor.stop();
    await session.supervisor.ended;
    assert.deepEqual(rowsOnRecord(journal), builtFrom(trades));
  } finally {
    await local.close();
  }
});

test('a session that is refused leaves nothing behind that keeps its process', async () => {
  const local = await openLocalVenue({ venue: 'binance-spot', markets: { BTCUSDT: madeTrades(10) }, around });
  const journal = join(folder, 'refused');
  const { supervisor } = await begin(local, journal, true);
  local.say('BTCUSDT', 5);
  await pause(100);
  supervisor.stop();
  await supervisor.ended;
  await local.close();
  const waiting = new Set<object>();
  const later: typeof around.later = (milliseconds, run) => {
    const one = {};
    waiting.add(one);
    const off = around.later(milliseconds, () => {
      waiting.delete(one);
      run();
    });
    return () => {
      waiting.delete(one);
      off();
    };
  };
  const other = parseConfig({
    instruments: { BTCUSDT: { venue: 'binance-spot' } },
    clocks: { s: { bars: 'tick', threshold: 20 } },
    features: { s: ['close'] },
  });
  const { plan } = createEngine(other);
  const refused = startSupervisor({
    config: other,
    instruments: plan.instruments,
    publication: createPublication(factsOf(plan, 'test'), { now: around.wall }),
    journal,
    around: { ...around, later },
    seeds: () => readOnRecord(journal, plan.instruments, { predicts: false }).seeds,
    onOpenHole: 'stop',
    onNote: () => {},
  });
  await assert.rejects(refused, /schema/);
  assert.equal(waiting.size, 0);
});
