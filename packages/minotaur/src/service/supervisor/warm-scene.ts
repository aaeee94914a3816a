/** For tests: a session that begins warm on a venue of this machine, what it left on record, and what a build gives. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { parseConfig, type ConfigInput } from 'minotaur-core/internal/config/config';
import type { Trade } from 'minotaur-core/internal/trades/trade';
import { openJournal } from '../../journal/reader.ts';
import { createEngine } from '../../node/engine.ts';
import { openLocalVenue, type LocalVenue } from '../../venues/wire/local-venue.ts';
import { processSurroundings } from '../../venues/wire/surroundings.ts';
import { factsOf } from '../publication/facts.ts';
import { createPublication } from '../publication/publication.ts';
import type { SupervisorNote } from './notes.ts';
import { startSupervisor, type Supervisor, type SupervisorOrder } from './supervisor.ts';
import { gatherHistory, type BootstrapOrder, type Warmth } from '../bootstrap/bootstrap.ts';
import type { Forecast } from '../bootstrap/forecast.ts';

export const folder = mkdtempSync(join(tmpdir(), 'minotaur-warm-'));
/** What a test that failed has left running would keep the process. */
const running: Supervisor[] = [];

/** Ends it with the tests of its file, where nothing else has. */
export function endedLast(supervisor: Supervisor): Supervisor {
  running.push(supervisor);
  return supervisor;
}

after(async () => {
  for (const supervisor of running) {
    supervisor.stop();
    await supervisor.ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

export const surroundings = processSurroundings();
const QUICK = { ping: 50, deadAfter: 300, firstPause: 10, longestPause: 100, stable: 100, silence: 200, mute: 100 };

export const ONE: ConfigInput = {
  instruments: { BTCUSDT: { venue: 'binance-spot' } },
  clocks: { s: { bars: 'tick', threshold: 20 }, m: { from: 's', count: 5 }, d: { bars: 'dollar', threshold: 5000 } },
  drive: 's',
  features: { s: ['close', 'rsi(close, 14)'], m: ['ema(close, 5)', 'volume'], d: ['sma(close, 30)'] },
};

interface Row {
  readonly time: number;
  readonly ready: boolean;
  readonly complete: boolean;
  readonly values: readonly number[];
}

interface Session {
  readonly supervisor: Supervisor;
  readonly notes: SupervisorNote[];
  readonly warmth: Warmth;
  readonly forecast: Forecast;
  readonly progress: readonly number[];
}

interface Began {
  readonly input: ConfigInput;
  readonly venues: Readonly<Record<string, LocalVenue>>;
  readonly journal: string;
  /** The clock of the markets that are played. */
  readonly wall: () => number;
  readonly options?: Partial<BootstrapOrder>;
  readonly order?: Partial<SupervisorOrder>;
}

export async function begin({ input, venues, journal, wall, options, order }: Began): Promise<Session> {
  const config = parseConfig(input);
  const { plan } = createEngine(config);
  const around = { ...surroundings, wall };
  const notes: SupervisorNote[] = [];
  const progress: number[] = [];
  const found: { warmth?: Warmth; forecast?: Forecast } = {};
  const supervisor = await startSupervisor({
    config,
    instruments: plan.instruments,
    publication: createPublication(factsOf(plan, 'test'), { now: around.wall }),
    journal,
    around,
    addresses: Object.fromEntries(
      Object.entries(venues).map(([name, local]) => [name, { stream: [local.streamUrl], rest: local.restBase }]),
    ),
    seeds: () => new Map(),
    onOpenHole: 'stop',
    onNote: (note) => notes.push(note),
    joining: { swapWait: 20, holeDeadline: 30_000 },
    times: QUICK,
    async warm(instruments, signal) {
      found.warmth = await gatherHistory({
        config,
        plan,
        instruments,
        around,
        signal,
        ways: ['rest'],
        seconds: 60,
        files: {},
        acceptRevised: false,
        directory: join(journal, 'dumps'),
        onForecast: (forecast) => (found.forecast = forecast),
        onProgress: (trades) => progress.push(trades),
        ...options,
      });
      return found.warmth;
    },
    ...order,
  });
  endedLast(supervisor);
  const { warmth, forecast } = found;
  assert.ok(warmth !== undefined && forecast !== undefined);
  return { supervisor, notes, warmth, forecast, progress };
}

export function recorded(directory: string): Row[] {
  const rows: Row[] = [];
  for (const { record } of openJournal(directory).records())
    if (record.kind === 'row')
      rows.push({ time: record.time, ready: record.ready, complete: record.complete, values: [...record.values] });
  return rows;
}

/** Rows of a build: of several instruments, trades by time. */
export function built(input: ConfigInput, trades: readonly (Trade & { readonly of?: string })[]): Row[] {
  const rows: Row[] = [];
  const engine = createEngine(parseConfig(input), {
    onRows({ count, width, time, ready, complete, values }) {
      for (let r = 0; r < count; r++)
        rows.push({
          time: time[r],
          ready: ready[r] === 1,
          complete: complete[r] === 1,
          values: [...values.subarray(r * width, (r + 1) * width)],
        });
    },
  });
  for (const { of, ...trade } of trades)
    engine.push(trade, { maxSilence: Infinity, ...(of === undefined ? {} : { instrument: of }) });
  return rows;
}

export async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = performance.now() + 10_000; !holds(); await pause(5))
    assert.ok(performance.now() < end, `${what} did not come`);
}

/** A little behind the newest trade of any of them. */
export const clockOf =
  (...markets: readonly (readonly [LocalVenue, string])[]) =>
  (): number =>
    5000 + Math.max(0, ...markets.map(([local, symbol]) => local.happened(symbol).at(-1)?.time ?? 0));

export const open = (trades: Iterable<Trade>, venue = 'binance-spot', symbol = 'BTCUSDT'): Promise<LocalVenue> =>
  openLocalVenue({ venue, markets: { [symbol]: trades }, around: surroundings, heartbeat: 50 });

export async function finish({ supervisor }: Session): Promise<void> {
  supervisor.stop();
  assert.deepEqual(await supervisor.ended, { why: 'told' });
}
