/** A bus at work while something is done to it: trades come, workers make rows, a reader follows; what of the rows there is in the end. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout } from 'node:timers/promises';
import { createRowDigest } from 'minotaur-core/internal/rows/digest';
import { withInstrument } from 'minotaur-core/internal/trades/instrument';
import { loadConfig } from '../../packages/minotaur/src/files/config-file.ts';
import { simulate as simulateBlocks } from '../../packages/minotaur/src/files/simulate.ts';
import { createEngine } from '../../packages/minotaur/src/node/engine.ts';
import { nodeHashing } from '../../packages/minotaur/src/node/hashing.ts';
import { initBus } from '../../packages/minotaur/src/runs/bus/init.ts';
import { produceToBus, type BusProduceOptions } from '../../packages/minotaur/src/runs/bus/produce.ts';
import { tailBus } from '../../packages/minotaur/src/runs/bus/tail.ts';
import { verifyBus, type BusVerifyReport } from '../../packages/minotaur/src/runs/bus/verify.ts';
import { simulate } from '../../packages/minotaur/src/runs/simulate.ts';
import type { Brokers } from './brokers.ts';
import { BATCH, createLateness, RATE, type Late } from './lateness.ts';

const CLI = fileURLToPath(new URL('../../packages/minotaur/src/cli/main.ts', import.meta.url));
const CONFIG = `clocks:
  short: { bars: dollar, threshold: 20000 }
features:
  short: [close, 'rsi(close, 14)', 'ema(close, 20)', volume]
`;
const PARTITIONS = 6;
const SETTINGS = `topics: { partitions: ${PARTITIONS}, replicas: 3 }
sessionSeconds: 2
snapshotSeconds: 1
`;

export interface TrialOptions {
  readonly brokers: Brokers;
  readonly directory: string;
  /** Name of the bus. */
  readonly name: string;
  readonly workers: number;
  readonly symbols: number;
  /** For which there are trades, at least; what is left when the disturbance is over is written at once. */
  readonly seconds: number;
  readonly seed: number;
  /** Commands that workers run in, one each. */
  readonly inside?: readonly (readonly string[])[];
  readonly say?: (words: string) => void;
}

/** A bus that is being disturbed. */
export interface Trial {
  readonly workers: ChildProcess[];
  /** Another process in the place of one that is dead. */
  restart(worker: number): void;
  /** Something happens now; until the next, what is late is late of it. */
  fault(kind: string): void;
}

export interface TrialReport {
  readonly verified: BusVerifyReport;
  /** Digests of the rows of an engine that nothing disturbed, of each symbol. */
  readonly undisturbed: Readonly<Record<string, string>>;
  /** Milliseconds that beginnings of partitions took. */
  readonly beginnings: readonly number[];
  /** Rows that somebody who followed all the time saw, each once, in order. */
  readonly followed: number;
  readonly late: Late;
  /** What workers, producer and reader said, each once. */
  readonly said: readonly string[];
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
export function startProcess(
  of: ReturnType<typeof busFiles>,
  notes: (line: string) => void,
  inside: readonly string[] = [],
): ChildProcess {
  const named = ['--bus', of.bus, '--settings', of.settings, '--config', of.config, '--port', '0'];
  const [command, ...args] = [...inside, process.execPath, '--conditions=minotaur-source', CLI, 'worker', ...named];
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr?.on('data', (data: Buffer) => data.toString().split('\n').forEach(notes));
  return child;
}

async function rowsUndisturbed(config: string, symbol: string, trades: number, seed: number) {
  const digest = createRowDigest(nodeHashing);
  const loaded = await loadConfig(config);
  const engine = createEngine(withInstrument(loaded.config, symbol), { onRows: (rows) => digest.add(rows) });
  const times = new Float64Array(trades);
  let at = 0;
  for (const block of simulateBlocks({ trades, seed })) {
    times.set(block.time.subarray(0, block.length), at);
    at += block.length;
    engine.push(block, { maxSilence: Infinity });
  }
  return { digest: digest.hex(), times };
}

async function writeTrades({ directory, symbols, seconds, seed }: TrialOptions, config: string) {
  const trades = Math.round(seconds * RATE);
  const files: Record<string, readonly string[]> = {};
  const undisturbed: Record<string, string> = {};
  const times: Record<string, Float64Array> = {};
  for (let i = 0; i < symbols; i++) {
    const symbol = `SYM${i}`;
    files[symbol] = [join(directory, `${symbol}.csv.gz`)];
    await simulate({ trades, seed: seed + i, out: files[symbol][0] });
    const own = await rowsUndisturbed(config, symbol, trades, seed + i);
    [undisturbed[symbol], times[symbol]] = [own.digest, own.times];
  }
  return { files, undisturbed, times };
}

/** Looks again, for a minute, until what is there is all that there has to be. */
async function verifiedAtLast(of: ReturnType<typeof busFiles>): Promise<BusVerifyReport> {
  for (let tries = 0; ; tries++) {
    const verified = await verifyBus(of);
    if (verified.holds || tries === 20) return verified;
    await setTimeout(3000);
  }
}

/** Ends with the signal, or with the files. */
async function produceUntil(signal: AbortSignal, options: BusProduceOptions): Promise<void> {
  await produceToBus({ ...options, signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

/** @throws where somebody who followed the rows missed some, or saw others */
export async function runTrial(options: TrialOptions, disturb: (trial: Trial) => Promise<void>): Promise<TrialReport> {
  const { brokers, directory, name, inside = [], say = () => {} } = options;
  const of = busFiles(brokers, directory, name);
  await initBus(of);
  const { files, undisturbed, times } = await writeTrades(options, of.config);
  const beginnings: number[] = [];
  const said = new Set<string>();
  const onNote = (line: string): void => {
    const begun = /begun in (\d+) ms/.exec(line);
    if (begun !== null) beginnings.push(Number(begun[1]));
    if (line === '') return;
    said.add(line);
    say(line);
  };
  const lateness = createLateness(times);
  const over = new AbortController();
  const enough = new AbortController();
  const workers = Array.from({ length: options.workers }, (_, i) => startProcess(of, onNote, inside[i]));
  const following = tailBus({ ...of, fromStart: true, onNote, onRow: lateness.onRow, signal: over.signal });
  following.catch(() => {});
  const all = { ...of, trades: files, batch: BATCH, onNote };
  try {
    while (beginnings.length < PARTITIONS) await setTimeout(50);
    const produced = produceUntil(enough.signal, { ...all, rate: RATE, onProgress: lateness.onProduced });
    const disturbing = disturb({
      workers,
      restart: (w) => (workers[w] = startProcess(of, onNote, inside[w])),
      fault: lateness.fault,
    });
    await Promise.race([disturbing, produced.then(() => disturbing), following.then(() => disturbing)]);
    lateness.end();
    enough.abort();
    await produced;
    // A producer that was ended half-way is begun again.
    await produceToBus({ ...all, batch: 1000 });
    const verified = await verifiedAtLast(of);
    for (let tries = 0; tries < 100 && lateness.rows() < verified.rows; tries++) await setTimeout(100);
    over.abort();
    const { rows: followed } = await following;
    return { verified, undisturbed, beginnings, followed, late: lateness.late(), said: [...said] };
  } finally {
    over.abort();
    enough.abort();
    for (const child of workers) child.kill('SIGKILL');
  }
}

/** Whether the rows are those of an undisturbed run, bit for bit, and whoever followed saw each once. */
export function holds({ verified, undisturbed, followed }: TrialReport): boolean {
  const same = Object.entries(undisturbed).every(([symbol, digest]) => verified.digests[symbol] === digest);
  return verified.holds && same && followed === verified.rows;
}
