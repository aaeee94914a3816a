/** Every figure that a service says it has moves: a session with a model on a venue that goes wrong, read as Prometheus reads it. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from '../packages/minotaur/src/client.ts';
import { simulate, simulatedTrades } from '../packages/minotaur/src/files/simulate.ts';
import { writeTrades } from '../packages/minotaur/src/files/trades/write-trades.ts';
import { live, type LiveReport } from '../packages/minotaur/src/runs/serving/live.ts';
import { FAMILIES, type FamilyName } from '../packages/minotaur/src/service/metrics/families.ts';
import { openLocalVenue } from '../packages/minotaur/src/venues/wire/local-venue.ts';
import { processSurroundings } from '../packages/minotaur/src/venues/wire/surroundings.ts';
import { at, CHAIN, make, single } from './predicting.ts';

/** Families that this session does not move, and where they are moved. */
const ELSEWHERE: Partial<Record<FamilyName, string>> = {
  shadow_ok: 'test/shadow.test.ts',
  unpredicted_total: 'packages/minotaur/src/service/supervisor/unpredicted.test.ts',
  webhooks_total: 'test/full-disk.test.ts',
  subscribers_closed_total: 'test/service/slow.test.ts',
  bus_up: 'test/live-bus.test.ts',
  bus_behind_bytes: 'test/live-bus.test.ts',
  bus_events_total: 'test/live-bus.test.ts',
};

const SEEN = 90_000;
const options = { trades: SEEN + 100_000, seed: 21 };
const file = at('seen.parquet');
await writeTrades(file, simulate({ ...options, trades: SEEN }));
const made = make(
  'live',
  file,
  single,
  CHAIN.replace('symbol: TEST', 'instruments: { SIMUSDT: { venue: binance-spot } }'),
);
const market = [...simulatedTrades(options)].slice(SEEN);

const around = processSurroundings();
const venue = await openLocalVenue({ venue: 'binance-spot', markets: { SIMUSDT: market }, around, heartbeat: 100 });
after(() => venue.close());

/** Sums of all series of a family; of a histogram, how many it counted. */
function totals(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const line of text.split('\n')) {
    const match = /^minotaur_(\w+?)(?:_count)?(?:\{.*\})? (\S+)$/.exec(line);
    if (match === null || /_(bucket|sum)[{ ]/.test(line)) continue;
    found.set(match[1], (found.get(match[1]) ?? 0) + Number(match[2]));
  }
  return found;
}

/** Gauges that are 0 where all is well. */
const MAY_BE_0: ReadonlySet<string> = new Set([
  'held_trades',
  'hole_open',
  'hole_open_seconds',
  'clock_offset_seconds',
  'subscriber_lag_rows',
  'rest_weight_used_ratio',
]);

/** Those that have not moved. */
function unmoved(text: string): string[] {
  const found = totals(text);
  return Object.keys(FAMILIES).flatMap((name) => {
    const total = found.get(name);
    return total === undefined || (total === 0 && !MAY_BE_0.has(name)) ? [name] : [];
  });
}

async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  for (const end = performance.now() + 60_000; !(await holds()); await pause(50))
    assert.ok(performance.now() < end, `${what} did not come`);
}

test('every family of metrics moves', { timeout: 120_000 }, async () => {
  const stopping = new AbortController();
  let tell = (_url: string): void => {};
  const told = new Promise<string>((resolve) => (tell = resolve));
  const session: Promise<LiveReport> = live({
    config: made.config,
    journal: at('metrics'),
    history: [file],
    artefact: made.artefact,
    model: made.model,
    port: 0,
    addresses: { 'binance-spot': { stream: [venue.streamUrl], rest: venue.restBase } },
    // The session's clock is that of the market which is played.
    around: { ...around, wall: () => (venue.happened('SIMUSDT').at(-1)?.time ?? market[0].time) + 20_000 },
    onListening: (url) => tell(url),
    signal: stopping.signal,
  });
  let stream: ReturnType<typeof connect> | undefined;
  try {
    const url = await Promise.race([told, session.then(({ reason }) => assert.fail(reason))]);
    const stateOf = async (): Promise<unknown> =>
      ((await (await fetch(`${url}/v1/status`)).json()) as { state: unknown }).state;
    await until('the session', async () => (await stateOf()) === 'live');
    stream = connect({ url, what: ['rows', 'predictions'] });
    const first = stream[Symbol.asyncIterator]().next();
    let text = '';
    let turn = 0;
    await until('the last family', async () => {
      if (turn < 100) venue.say('SIMUSDT', 200, (['plainly', 'twice', 'lost', 'plainly'] as const)[turn++ % 4]);
      if (turn === 10) venue.clients.disconnect('at once');
      if (turn === 20) assert.equal((await fetch(`${url}/v1/snapshot`, { method: 'POST' })).status, 200);
      text = await (await fetch(`${url}/metrics`)).text();
      return unmoved(text).every((name) => name in ELSEWHERE);
    }).catch((error: unknown) => assert.fail(`${String(error)}: ${unmoved(text).join(', ')}`));
    await first;
    const figures = totals(text);
    assert.ok((figures.get('rows_total') ?? 0) >= (figures.get('prediction_seconds') ?? 0));
    assert.match(text, /^minotaur_rest_requests_total\{venue="binance-spot",status="200"\} [1-9]/m);
    assert.match(
      text,
      /^minotaur_trades_dropped_total\{venue="binance-spot",symbol="SIMUSDT",reason="duplicate"\} [1-9]/m,
    );
    assert.match(text, /^nodejs_eventloop_lag_p99_seconds /m);
  } finally {
    stream?.close();
    stopping.abort();
  }
  assert.equal((await session).why, 'told');
});
