/** A live session as `minotaur live` runs it, on a venue in another process, in small pieces that a benchmark can look into. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parseConfig, type ConfigInput } from '../packages/core/src/config/config.ts';
import { presets } from '../packages/core/src/config/presets.ts';
import { createEngine } from '../packages/minotaur/src/node/engine.ts';
import { factsOf } from '../packages/minotaur/src/service/publication/facts.ts';
import { createPublication, type Publication } from '../packages/minotaur/src/service/publication/publication.ts';
import type { Timings } from '../packages/minotaur/src/service/supervisor/pump.ts';
import { startSupervisor, type Supervisor } from '../packages/minotaur/src/service/supervisor/supervisor.ts';
import { processSurroundings } from '../packages/minotaur/src/venues/wire/surroundings.ts';
import { SYMBOL } from './live-frames.ts';
import type { Asked, PlayedMarket } from './live-venue.ts';

const VENUE = 'binance-spot';

/** The complete preset, listening to a venue. */
const PRESET: ConfigInput = { ...presets['minotaur'], instruments: { [SYMBOL]: { venue: VENUE } } };

/** The same with a row every 50 trades or so. */
export const BUSY: ConfigInput = {
  ...PRESET,
  clocks: { ...presets['minotaur'].clocks, short: { ...presets['minotaur'].clocks['short'], threshold: 60_000 } },
};

export interface BenchSession {
  readonly supervisor: Supervisor;
  readonly publication: Publication;
  /** Has the venue send so many, and waits until all of them are used. */
  send(asked: Asked): Promise<void>;
  /** Notes that say that something went wrong. */
  readonly wrong: readonly string[];
  journalBytes(): number;
  close(): Promise<void>;
}

/** Clock of the session: microseconds, and finer than a millisecond, by a clock that all processes of this machine share. */
export const BEGUN = 1000 * Date.now() - Number(process.hrtime.bigint() / 1000n);
export const wall = (): number => BEGUN + Number(process.hrtime.bigint()) / 1000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes that are reachable, with what lies outside the heap. */
export function held(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Markets of these benchmarks begin so long ago: their trades come faster than they happened, and none may be of tomorrow. */
const AGO = 23 * 3600 * 1e6;

export async function openSession(
  market: Omit<PlayedMarket, 'start'>,
  timings?: Timings,
  chain: ConfigInput = PRESET,
): Promise<BenchSession> {
  const child = fork(
    fileURLToPath(new URL('live-venue.ts', import.meta.url)),
    [JSON.stringify({ ...market, start: Math.floor(wall() - AGO) })],
    { execArgv: ['--conditions=minotaur-source'] },
  );
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-bench-'));
  const config = parseConfig(chain);
  const { plan } = createEngine(config);
  // So few that what is kept for subscribers has reached its bound before anything is measured.
  const publication = createPublication(factsOf(plan, 'bench'), { now: wall, items: 500 });
  const wrong: string[] = [];
  let subscribed = (): void => {};
  const isSubscribed = new Promise<void>((resolve) => (subscribed = resolve));
  const supervisor = await startSupervisor({
    config,
    instruments: plan.instruments,
    publication,
    journal: folder,
    around: { ...processSurroundings(), wall },
    addresses: { [VENUE]: { stream: [`ws://127.0.0.1:${port}/`], rest: 'http://127.0.0.1:9' } },
    seeds: () => new Map(),
    onOpenHole: 'stop',
    onNote: (note) => (note.what === 'subscribed' ? subscribed() : wrong.push(JSON.stringify(note).slice(0, 200))),
    timings,
  });
  await isSubscribed;
  let asked = 0;
  return {
    supervisor,
    publication,
    wrong,
    async send(order) {
      asked += order.count;
      child.send(order);
      await once(child, 'message');
      while (supervisor.chain.counts().trades < asked) {
        if (wrong.length > 0) throw new Error(wrong.join('\n'));
        await pause(1);
      }
    },
    journalBytes: () => readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0),
    async close() {
      supervisor.stop();
      await supervisor.ended;
      child.disconnect();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
