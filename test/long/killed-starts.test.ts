/** A session is killed behind any write of how it begins, in every way in which one does: the next one has what was on record, once. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConfigInput } from '../../packages/core/src/config/config.ts';
import { tradeOfRow, type Trade } from '../../packages/core/src/trades/trade.ts';
import { nextEpoch } from '../../packages/minotaur/src/journal/epochs.ts';
import { openJournal } from '../../packages/minotaur/src/journal/reader.ts';
import { createEngine } from '../../packages/minotaur/src/node/engine.ts';
import { live, type LiveReport } from '../../packages/minotaur/src/runs/serving/live.ts';
import { openLocalVenue, type LocalVenue } from '../../packages/minotaur/src/venues/wire/local-venue.ts';
import { madeTrades } from '../../packages/minotaur/src/venues/wire/scene.ts';
import { processSurroundings } from '../../packages/minotaur/src/venues/wire/surroundings.ts';
import { temporaryFolder } from '../cli.ts';
import { keepEveryState, type Left } from '../killed-anywhere.ts';

const folder = temporaryFolder();
const around = processSurroundings();
const SYMBOL = 'BTCUSDT';
const EVERY = 20;
/** Trades before any session, and in each. */
const [BEFORE, DURING] = [3000, 100];

interface Cast {
  readonly venue: string;
  readonly profile: string;
  readonly ids: 'dense' | 'unique';
}

const CASTS: readonly Cast[] = [
  { venue: 'binance-spot', profile: 'binance-spot', ids: 'dense' },
  { venue: 'bybit', profile: 'bybit-linear', ids: 'unique' },
];

/** Warm after 600 trades, which the newest page of both has. */
const configOf = ({ profile }: Cast): ConfigInput => ({
  instruments: { [SYMBOL]: { venue: profile } },
  clocks: { s: { bars: 'tick', threshold: EVERY }, m: { from: 's', count: 5 } },
  features: { s: ['close', 'volume', 'sma(close, 20)'], m: ['volume'] },
});

const openOne = ({ venue }: Cast, market: readonly Trade[]): Promise<LocalVenue> =>
  openLocalVenue({ venue, markets: { [SYMBOL]: market }, around, heartbeat: 50 });

interface Begun {
  readonly cast: Cast;
  readonly local: LocalVenue;
  readonly journal: string;
  readonly isWarm: boolean;
}

/** A session while `act` is done, then so many trades more, of which it has used all. */
async function session(
  { cast, local, journal, isWarm }: Begun,
  act = async (): Promise<void> => {},
): Promise<LiveReport> {
  const stop = new AbortController();
  let url = '';
  const ended = live({
    config: configOf(cast),
    journal,
    around,
    port: 0,
    bootstrap: isWarm ? ['rest'] : [],
    addresses: {
      [cast.venue]: { stream: [local.streamUrl], rest: local.restBase, restHeaders: { 'x-mbx-apikey': 'any' } },
    },
    signal: stop.signal,
    onListening: (at) => (url = at),
  });
  const status = async () => (await (await fetch(`${url}/v1/status`)).json()) as { state: string; next: string };
  const ordinal = async (): Promise<number> => Number((await status()).next.split(':')[1]);
  try {
    // Where ids tell no hole it asks until the stream says something.
    await until('life', async () => url !== '' && ['live', 'repairing'].includes((await status()).state));
    const before = await ordinal();
    await act();
    for (let said = 0; said < DURING; said += 25) {
      local.say(SYMBOL, 25);
      await pause(5);
    }
    await until('rows', async () => (await ordinal()) >= before + DURING / EVERY - 1);
  } finally {
    stop.abort();
  }
  return ended;
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 60_000; !(await holds()); await pause(20))
    assert.ok(performance.now() < end, `${what} did not come`);
}

interface Recorded {
  readonly ids: readonly string[];
  readonly rows: readonly string[];
}

/** Trades and rows of an epoch: what an event that was not done with left is there again, under its names, and the same. */
function recorded(journal: string, epoch: number): Recorded {
  const ids: string[] = [];
  const rows: string[] = [];
  let isBegun = false;
  for (const { record, header } of openJournal(journal).records()) {
    if (header.epoch !== epoch) continue;
    isBegun ||= record.kind === 'start';
    if (record.kind === 'row') {
      const row = JSON.stringify([record.time, ...record.values]);
      assert.ok(rows[record.ordinal] === undefined || rows[record.ordinal] === row, `row ${record.ordinal}`);
      rows[record.ordinal] = row;
    }
    if (record.kind !== 'trade') continue;
    const id = String(tradeOfRow(record).id);
    const before = isBegun ? ids.lastIndexOf(id) : -1;
    if (before >= 0) ids.length = before;
    isBegun = false;
    ids.push(id);
  }
  return { ids, rows };
}

function built(config: ConfigInput, trades: readonly Trade[]): string[] {
  const rows: string[] = [];
  const engine = createEngine(config, {
    onRows({ count, width, time, values }) {
      for (let r = 0; r < count; r++)
        rows.push(JSON.stringify([time[r], ...values.subarray(r * width, (r + 1) * width)]));
    },
  });
  for (const trade of trades) engine.push(trade, { maxSilence: Infinity });
  return rows;
}

/** What is on record has no hole and nothing twice, what was on record at the kill is there, and rows are those of a build. */
function compare(
  cast: Cast,
  { journal, behind }: Left,
  { epoch, trades }: LiveReport,
  happened: readonly Trade[],
  was: Recorded,
): void {
  const { ids, rows } = recorded(journal, epoch);
  const truth = happened.map(({ id }) => String(id));
  const last = truth.indexOf(ids.at(-1) ?? '') + 1;
  assert.deepEqual(ids, truth.slice(last - ids.length, last), behind);
  assert.ok(last > truth.length - DURING && ids.length <= trades, behind);
  assert.ok(
    was.ids.every((id) => ids.includes(id)),
    behind,
  );
  assert.ok(
    was.rows.every((row, i) => rows[i] === row),
    behind,
  );
  const expected = built(configOf(cast), happened.slice(last - trades, last));
  assert.deepEqual(
    rows.filter(() => true),
    expected.slice(Object.keys(rows).map(Number)[0] ?? 0),
    behind,
  );
}

const WAYS: Readonly<
  Record<
    string,
    { readonly isWarm: boolean; readonly hasRecord: boolean; readonly act?: (local: LocalVenue) => Promise<void> }
  >
> = {
  cold: { isWarm: false, hasRecord: false },
  'warm over REST': { isWarm: true, hasRecord: false },
  'from its record': { isWarm: false, hasRecord: true },
  'over a reconnect': {
    isWarm: false,
    hasRecord: true,
    async act(local) {
      const before = local.clients.connected;
      local.clients.disconnect('at once');
      local.say(SYMBOL, 60);
      await until('another connection', () => local.clients.connected > before);
    },
  },
};

for (const cast of CASTS)
  for (const [way, { isWarm, hasRecord, act }] of Object.entries(WAYS))
    test(`${cast.venue}, ${way}: killed behind any write`, async (t) => {
      const market = [...madeTrades(10_000, { ids: cast.ids })];
      const own = join(folder, `${cast.venue}-${way}`);
      const journal = join(own, 'journal');
      const local = await openOne(cast, market);
      const left: (Left & { readonly happened: number })[] = [];
      const begun = { cast, local, journal, isWarm };
      try {
        local.say(SYMBOL, BEFORE);
        if (hasRecord) await session(begun);
        const end = keepEveryState(journal, join(own, 'left'), (one) =>
          left.push({ ...one, happened: local.happened(SYMBOL).length }),
        );
        await session(begun, act && (() => act(local))).finally(end);
      } finally {
        await local.close();
      }
      assert.ok(left.length >= 4, `${left.length}`);
      for (const one of left) {
        const venue = await openOne(cast, market);
        const next = nextEpoch(one.journal);
        const was = next === 0 ? { ids: [], rows: [] } : recorded(one.journal, next - 1);
        try {
          venue.say(SYMBOL, one.happened + 30);
          const report = await session({ ...begun, local: venue, journal: one.journal });
          assert.equal(report.why, 'told', one.behind);
          compare(cast, one, report, venue.happened(SYMBOL), was);
        } finally {
          await venue.close();
        }
      }
      t.diagnostic(`${left.length} kills`);
    });
