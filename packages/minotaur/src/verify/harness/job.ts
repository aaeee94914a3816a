/**
 * A job for another runtime: the configuration, a state to start from, a stretch of events, all as files, so that a
 * process of another Node version, or a worker, can do it and say the digest of its rows and of its final state.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { createEngine } from '../../node/engine.ts';
import { nodeHashing } from '../../node/hashing.ts';
import { createRowDigest } from 'minotaur-core/internal/rows/digest';
import type { CheckContext, ConfigSource } from './check.ts';
import { stretchOf, type Stretch } from './feed.ts';
import { deserialize, serialize } from 'node:v8';

/** Events that a job holds at most; a job is held in memory. */
export const MAX_EVENTS = 200_000;

/** What the job's file holds. */
export interface Job {
  readonly config: ConfigSource;
  /** Events as {@link Stretch.plain} gives them. */
  readonly events: readonly ReturnType<Stretch['plain']>[];
  /** Snapshot to start from; absent: from the first event. */
  readonly state?: Uint8Array;
}

export interface JobResult {
  /** Version and architecture. */
  readonly node: string;
  readonly rows: number;
  readonly digest: string;
  readonly state: string;
}

/** The events that a job can hold, from the start. */
export async function firstEvents(context: CheckContext): Promise<Stretch[]> {
  const stretches: Stretch[] = [];
  let events = 0;
  for await (const stretch of context.open()) {
    stretches.push(stretch.copy());
    events += stretch.length;
    context.onProgress?.(stretch.length);
    if (events >= MAX_EVENTS) break;
  }
  return stretches;
}

/** Writes a job into a new temporary folder and returns the file. The caller removes the folder. */
export async function writeJob(job: Job): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'minotaur-verify-'));
  const file = join(folder, 'job.bin');
  await writeFile(file, serialize(job));
  return file;
}

/** Does the job in `file`; `cut` events are pushed at a time. */
export async function runJob(file: string, cut: number): Promise<JobResult> {
  const job = deserialize(await readFile(file)) as Job;
  return runEvents(job, await loadConfig(job.config), cut);
}

export function runEvents(job: Job, config: ConfigInput | string, cut: number): JobResult {
  const digest = createRowDigest(nodeHashing);
  const engine = createEngine(config, { onRows: (rows) => digest.add(rows) });
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

async function loadConfig(source: ConfigSource): Promise<ConfigInput | string> {
  if (source.kind === 'value') return source.value;
  const module = (await import(pathToFileURL(source.path).href)) as { default: ConfigInput };
  return module.default;
}
