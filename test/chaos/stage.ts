/** A venue of this machine and a live session in a process beside it, which may be killed and begun again; what is on record afterwards. */
import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConfigInput } from '../../packages/core/src/config/config.ts';
import type { Trade } from '../../packages/core/src/trades/trade.ts';
import type { LiveReport } from '../../packages/minotaur/src/runs/serving/live.ts';
import { openLocalVenue, type LocalVenue } from '../../packages/minotaur/src/venues/wire/local-venue.ts';
import type { SessionOrder } from './session.ts';
import { paceFrom, surroundingsAt } from './surroundings.ts';

export interface StageOptions {
  /** The venue that is played, and its symbol. */
  readonly venue: string;
  readonly symbol: string;
  readonly trades: Iterable<Trade>;
  /** Time of the first trade. */
  readonly start: number;
  readonly config: ConfigInput;
  readonly journal: string;
  /** So many times faster than real time. */
  readonly speed: number;
}

export interface Stage {
  readonly venue: LocalVenue;
  readonly symbol: string;
  readonly journal: string;
  readonly speed: number;
  /** What happened so far. */
  happened(): readonly Trade[];
  /** Begins a session, once there is none; until it listens. */
  begin(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** SIGSTOP, and SIGCONT so many milliseconds later. */
  freeze(milliseconds: number): Promise<void>;
  /** Until it is live. */
  live(): Promise<void>;
  /** Until it has a row: what is on record is gone on from. */
  begun(): Promise<void>;
  /** Until it has that many rows. */
  rows(count: number): Promise<void>;
  /** SIGTERM; how it ended. */
  stop(): Promise<LiveReport>;
  /** What the session wrote to standard error. */
  said(): string;
  /** Where it is served. */
  url(): string;
  /** The most memory that it had so far, bytes. */
  peak(): number;
  close(): Promise<void>;
}

type Message = { readonly url: string } | { readonly report: LiveReport };

interface Status {
  readonly state: string;
  readonly next: string | null;
}

/** Milliseconds that anything may take on a busy machine. */
const PATIENCE = 90_000;
const CACHE = fileURLToPath(new URL('../../out/compile-cache', import.meta.url));
const SESSION = fileURLToPath(new URL('session.ts', import.meta.url));

/** What was said of holes: trades that are missing are rows that never come. */
const holesOf = (said: string): string =>
  said
    .split('\n')
    .filter((line) => line.includes('"event":"hole"'))
    .join('\n');

export async function openStage(options: StageOptions): Promise<Stage> {
  const { venue: name, symbol, trades, config, journal, speed, start } = options;
  const pace = paceFrom(start - 1_000_000, speed);
  const around = surroundingsAt(pace);
  const venue = await openLocalVenue({ venue: name, markets: { [symbol]: trades }, around });
  const addresses = { [name]: { stream: [venue.streamUrl], rest: venue.restBase, restHeaders: { 'x-key': 'any' } } };
  const order: SessionOrder = { config, journal, addresses, pace };
  let child: ChildProcess | undefined;
  let url = '';
  let report: LiveReport | undefined;
  let said = '';
  const begin = async (): Promise<void> => {
    const own = fork(SESSION, [JSON.stringify(order)], {
      execArgv: ['--conditions=minotaur-source'],
      // It begins again after every kill.
      env: { NODE_COMPILE_CACHE: CACHE, ...process.env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    child = own;
    url = '';
    own.stderr?.on('data', (data) => {
      for (const line of String(data).split('\n'))
        if (line !== '' && !line.includes('"event":"request"')) said += `${line}\n`;
    });
    own.on('message', (message: Message) => {
      if ('url' in message) ({ url } = message);
      else ({ report } = message);
    });
    await until('a session', () => Promise.resolve(url !== ''));
  };
  const status = async (): Promise<Status> => {
    assert.ok(child?.exitCode === null, `the session ended: ${JSON.stringify(report)} ${said.slice(-6000)}`);
    return (await (await fetch(`${url}/v1/status`)).json()) as Status;
  };
  const until = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
    for (const end = performance.now() + PATIENCE; !(await holds()); await pause(30)) {
      assert.ok(child?.exitCode === null, `the session ended: ${JSON.stringify(report)} ${said.slice(-6000)}`);
      assert.ok(
        performance.now() < end,
        `${said.slice(-4000)}\n${holesOf(said)}\n${what} did not come: ${url === '' ? '' : JSON.stringify(await status())}`,
      );
    }
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return {
    venue,
    symbol,
    journal,
    speed,
    happened: () => venue.happened(symbol),
    begin,
    kill: () => end('SIGKILL'),
    async freeze(milliseconds) {
      child?.kill('SIGSTOP');
      await pause(milliseconds);
      child?.kill('SIGCONT');
    },
    live: () => until('the stream', async () => (await status()).state === 'live'),
    begun: () => until('a row', async () => !['0:0', null].includes((await status()).next)),
    rows: (count) => until(`row ${count}`, async () => (await status()).next === `0:${count}`),
    async stop() {
      await end('SIGTERM');
      return report ?? assert.fail(`it did not say how it ended: ${said.slice(-6000)}`);
    },
    said: () => said,
    url: () => url,
    peak() {
      const facts = readFileSync(`/proc/${child?.pid}/status`, 'utf8');
      return 1024 * Number(/VmHWM:\s+(\d+) kB/.exec(facts)?.[1]);
    },
    async close() {
      await end('SIGKILL');
      await venue.close();
    },
  };
}
