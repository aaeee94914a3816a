/** Workers and brokers that are killed at random moments while trades come, and what of the rows there is in the end. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout } from 'node:timers/promises';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { createRowDigest } from 'minotaur-core/internal/rows/digest';
import { withInstrument } from 'minotaur-core/internal/trades/instrument';
import { loadConfig } from '../../packages/minotaur/src/files/config-file.ts';
import { simulate as simulateBlocks } from '../../packages/minotaur/src/files/simulate.ts';
import { createEngine } from '../../packages/minotaur/src/node/engine.ts';
import { nodeHashing } from '../../packages/minotaur/src/node/hashing.ts';
import { initBus } from '../../packages/minotaur/src/runs/bus/init.ts';
import { produceToBus } from '../../packages/minotaur/src/runs/bus/produce.ts';
import { verifyBus, type BusVerifyReport } from '../../packages/minotaur/src/runs/bus/verify.ts';
import { simulate } from '../../packages/minotaur/src/runs/simulate.ts';
import type { Brokers } from './brokers.ts';

const CLI = fileURLToPath(new URL('../../packages/minotaur/src/cli/main.ts', import.meta.url));
const CONFIG = `clocks:
  short: { bars: dollar, threshold: 200000 }
features:
  short: [close, 'rsi(close, 14)', 'ema(close, 20)', volume]
`;
const SETTINGS = `topics: { partitions: 6, replicas: 3 }
sessionSeconds: 2
snapshotSeconds: 1
`;

export interface KillsOptions {
  readonly brokers: Brokers;
  readonly directory: string;
  /** Name of the bus. */
  readonly name: string;
  readonly kills: number;
  readonly workers: number;
  readonly symbols: number;
  /** Seconds between kills, on average. */
  readonly between: number;
  readonly seed: number;
  readonly say?: (words: string) => void;
}

export interface KillsReport {
  readonly workersKilled: number;
  readonly brokersKilled: number;
  /** Workers that stood still for longer than their session, and went on. */
  readonly zombies: number;
  readonly verified: BusVerifyReport;
  /** Digests of the rows of an engine that nothing disturbed, of each symbol. */
  readonly undisturbed: Readonly<Record<string, string>>;
  /** Milliseconds that beginnings of partitions took. */
  readonly beginnings: readonly number[];
}

/** Files of a bus, and what every command of it takes. */
export function busFiles(brokers: Brokers, directory: string, name: string) {
  mkdirSync(directory, { recursive: true });
  const [config, settings] = [join(directory, 'chain.yaml'), join(directory, 'bus.yaml')];
  writeFileSync(config, CONFIG);
  writeFileSync(
    settings,
    brokers.count === 3 ? SETTINGS : SETTINGS.replace('replicas: 3', 'replicas: 1, minInSync: 1'),
  );
  return { bus: `kafka://${brokers.addresses}/${name}`, config, settings };
}

/** A worker in a process of its own; `notes` hears what it says. */
export function startProcess(of: ReturnType<typeof busFiles>, notes: (line: string) => void): ChildProcess {
  const args = [
    '--conditions=source',
    CLI,
    'worker',
    '--bus',
    of.bus,
    '--settings',
    of.settings,
    '--config',
    of.config,
    '--port',
    '0',
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr?.on('data', (data: Buffer) => data.toString().split('\n').forEach(notes));
  return child;
}

async function rowsUndisturbed(config: string, symbol: string, trades: number, seed: number): Promise<string> {
  const digest = createRowDigest(nodeHashing);
  const loaded = await loadConfig(config);
  const engine = createEngine(withInstrument(loaded.config, symbol), { onRows: (rows) => digest.add(rows) });
  for (const block of simulateBlocks({ trades, seed })) engine.push(block, { maxSilence: Infinity });
  return digest.hex();
}

export async function runKills(options: KillsOptions): Promise<KillsReport> {
  const { brokers, directory, name, kills, workers, symbols, between, seed, say = () => {} } = options;
  const of = busFiles(brokers, directory, name);
  const uniform = mulberry32(seed);
  const seconds = kills * between + 8;
  const rate = 200;
  const trades = Math.round(seconds * rate);
  await initBus(of);
  const names = Array.from({ length: symbols }, (_, i) => `SYM${i}`);
  const files: Record<string, readonly string[]> = {};
  const undisturbed: Record<string, string> = {};
  for (const [i, symbol] of names.entries()) {
    files[symbol] = [join(directory, `${symbol}.csv.gz`)];
    await simulate({ trades, seed: seed + i, out: files[symbol][0] });
    undisturbed[symbol] = await rowsUndisturbed(of.config, symbol, trades, seed + i);
  }
  const beginnings: number[] = [];
  const notes = (line: string): void => {
    const begun = /begun in (\d+) ms/.exec(line);
    if (begun !== null) beginnings.push(Number(begun[1]));
    if (line !== '') say(line);
  };
  const running = Array.from({ length: workers }, () => startProcess(of, notes));
  const produced = produceToBus({ ...of, trades: files, batch: 50, rate });
  const counts = { workersKilled: 0, brokersKilled: 0, zombies: 0 };
  try {
    for (let k = 0; k < kills; k++) {
      await setTimeout(1000 * between * (0.5 + uniform()));
      const w = Math.floor(uniform() * workers);
      if (k % 5 === 2) {
        const id = 1 + Math.floor(uniform() * brokers.count);
        await brokers.kill(id);
        await setTimeout(1000 * uniform());
        await brokers.start(id);
        counts.brokersKilled++;
      } else if (k % 5 === 4) {
        running[w].kill('SIGSTOP');
        // Longer than its session: others have its partitions when it wakes.
        await setTimeout(4000);
        running[w].kill('SIGCONT');
        counts.zombies++;
      } else {
        running[w].kill('SIGKILL');
        running[w] = startProcess(of, notes);
        counts.workersKilled++;
      }
      say(`${k + 1} of ${kills}`);
    }
    await produced;
    say('all is produced');
    let verified = await verifyBus(of);
    for (let tries = 0; tries < 20 && !verified.holds; tries++) {
      await setTimeout(3000);
      verified = await verifyBus(of);
    }
    return { ...counts, verified, undisturbed, beginnings };
  } finally {
    for (const child of running) child.kill('SIGKILL');
  }
}
