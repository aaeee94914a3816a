/** `minotaur live --bus` where no broker is: the session does not wait for it, and says so. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openJournal } from '../packages/minotaur/src/journal/reader.ts';
import { live } from '../packages/minotaur/src/runs/serving/live.ts';
import { simulatedTrades } from '../packages/minotaur/src/files/simulate.ts';
import { openLocalVenue } from '../packages/minotaur/src/venues/wire/local-venue.ts';
import { processSurroundings } from '../packages/minotaur/src/venues/wire/surroundings.ts';
import { temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const around = processSurroundings();
const config = {
  instruments: { SIMUSDT: { venue: 'binance-spot' } },
  clocks: { s: { bars: 'tick', threshold: 20 } },
  features: { s: ['close', 'rsi(close, 14)'] },
} as const;

interface Status {
  readonly next: string;
  readonly bus?: {
    readonly bus: string;
    readonly events: number;
    readonly behind: number;
    readonly trouble: string | null;
  };
}

test('a broker that is away: rows come, what the bus has not got is counted, and the session ends when it is told to', async () => {
  const journal = join(folder, 'away');
  const market = simulatedTrades({ trades: 100_000, seed: 5, start: around.wall() - 600_000_000, blockRows: 256 });
  const venue = await openLocalVenue({ venue: 'binance-spot', markets: { SIMUSDT: market }, around, heartbeat: 100 });
  const stop = new AbortController();
  try {
    let url = '';
    const ended = live({
      config,
      journal,
      port: 0,
      bootstrap: [],
      addresses: { 'binance-spot': { stream: [venue.streamUrl], rest: venue.restBase } },
      // Nobody listens there.
      bus: 'kafka://127.0.0.1:9/desk',
      signal: stop.signal,
      onListening: (at) => (url = at),
    });
    const ask = async (path: string): Promise<string> => (await fetch(`${url}${path}`)).text();
    const statusOf = async (): Promise<Status> => JSON.parse(await ask('/v1/status')) as Status;
    const until = async (holds: () => Promise<boolean>): Promise<void> => {
      for (const end = performance.now() + 40_000; !(await holds()); await pause(200))
        assert.ok(performance.now() < end, 'it did not come');
    };
    await until(async () => url !== '' && (await statusOf()).next !== undefined);
    let said = 0;
    await until(async () => {
      venue.say('SIMUSDT', 40);
      said += 40;
      const { next, bus } = await statusOf();
      return Number(next.split(':')[1]) >= 10 && typeof bus?.trouble === 'string' && bus.behind > 10_000;
    });
    const { bus } = await statusOf();
    assert.deepEqual([bus?.bus, bus?.events], ['desk', 0]);
    const metrics = await ask('/metrics');
    assert.match(metrics, /^minotaur_bus_up 0$/m);
    assert.match(metrics, /^minotaur_bus_behind_bytes \d{5,}$/m);
    assert.match(await ask('/v1/status'), /"trouble":"/);
    const before = performance.now();
    stop.abort();
    const { why, rows } = await ended;
    assert.equal(why, 'told');
    assert.ok(rows >= 10 && rows <= Math.floor(said / 20), `${rows} rows of ${said} trades`);
    assert.ok(performance.now() - before < 15_000, 'it did not end in time');
    const kinds = [...openJournal(journal).records()].map(({ record }) => record.kind);
    assert.equal(kinds.at(-1), 'stop');
    // Where it is has been said of nothing: all segments are still to be read.
    assert.equal(existsSync(join(journal, 'bus.json')), false);
  } finally {
    stop.abort();
    await venue.close();
  }
});
