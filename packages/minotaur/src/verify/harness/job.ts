/**
 * A job for another runtime: the configuration, a state to start from, a stretch of events, all as files, so that a
 * process of another Node version, or a worker, can do it and say the digest of its rows and of its final state.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { ChainDescription } from 'minotaur-core/internal/config/engine';
import { loadSource, type ConfigSource } from '../../files/config-file.ts';
import { createEngine } from '../../node/engine.ts';
import { nodeHashing } from '../../node/hashing.ts';
import { createRowDigest } from 'minotaur-core/internal/rows/digest';
import type { CheckContext } from './check.ts';
import { stretchOf } from './plain-stretch.ts';
import type { PlainEvents, Stretch } from './stretch.ts';

/** Events that a job holds at most; a job is held in memory. */
export const MAX_EVENTS = 200_000;

/** What the job's file holds. */
export interface Job {
  readonly config: ConfigSource;
  readonly events: readonly PlainEvents[];
  /** Snapshot to start from; absent: from the first event. */
  readonly state?: Uint8Array;
}

export interface JobResult {
  /** Version and architecture. */
  readonly node: string;
  readonly rows: number;
  /** Of the rows. */
  readonly digest: string;
  /** Digest of the final state. */
  readonly state: string;
}

/** The events that a job can hold, from the start. */
export async function firstEvents({ open, onProgress }: Pick<CheckContext, 'open' | 'onProgress'>): Promise<Stretch[]> {
  const stretches: Stretch[] = [];
  let events = 0;
  for await (const stretch of open()) {
    stretches.push(stretch.copy());
    events += stretch.length;
    onProgress?.(stretch.length);
    if (events >= MAX_EVENTS) break;
  }
  return stretches;
}

/** The events that a job can hold, from the start, as a job; and how many they are. */
export async function firstJob({
  configSource: config,
  ...context
}: Pick<CheckContext, 'configSource' | 'open' | 'onProgress'>): Promise<{ job: Job; events: number }> {
  const stretches = await firstEvents(context);
  const events = stretches.reduce((sum, { length }) => sum + length, 0);
  return { job: { config, events: stretches.map((stretch) => stretch.plain(0)) }, events };
}

/** Does `use` with the job in a file, which is gone afterwards. */
export async function withJobFile<T>(job: Job, use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'minotaur-verify-'));
  const file = join(folder, 'job.bin');
  try {
    await writeFile(file, serialize(job));
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Does the job in `file`; `cut` events are pushed at a time. */
export async function runJob(file: string, cut: number): Promise<JobResult> {
  const job = deserialize(await readFile(file)) as Job;
  return runEvents(job, (await loadSource(job.config, 'verify')).config, cut);
}

/** Does a job here, with an engine of `chain`. */
export function runEvents(job: Job, chain: ChainDescription, cut: number): JobResult {
  const digest = createRowDigest(nodeHashing);
  const engine = createEngine(chain, { onRows: (rows) => digest.add(rows) });
  const before = job.state === undefined ? 0 : (engine.restore(job.state), engine.counts().rows);
  for (const plain of job.events) {
    const stretch = stretchOf(plain);
    for (let i = 0; i < stretch.length; i += cut) stretch.push(engine, i, Math.min(stretch.length, i + cut));
  }
  return {
    node: `${process.version} ${process.arch}`,
    rows: engine.counts().rows - before,
    digest: digest.hex(),
    state: createHash('sha256').update(engine.snapshot()).digest('hex'),
  };
}
