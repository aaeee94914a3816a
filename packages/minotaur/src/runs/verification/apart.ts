/** A check in a thread of its own: from the configuration and the files, as they were settled here. */
import { fail } from 'minotaur-core/internal/base/errors';
import { createPlan, type Plan } from 'minotaur-core/internal/chain/plan';
import { loadSource, type ConfigSource } from '../../files/config-file.ts';
import type { SourceOptions } from '../../files/trades/source-options.ts';
import { runInWorker, type Caller, type Watch } from '../../node/worker.ts';
import type { CheckResult } from '../../verify/harness/check.ts';
import { checks, runCheck } from '../../verify/verify.ts';
import { readStretches, type EventFiles } from './events.ts';

export interface ApartTask {
  /** By name. */
  readonly check: string;
  readonly source: ConfigSource;
  /** What the configuration was asked for by. */
  readonly config: string;
  readonly inputs: Readonly<Record<string, SourceOptions>>;
  readonly files: EventFiles;
  readonly seed?: number;
  /** How many there are, where they have been counted. */
  readonly events?: number;
}

/** Runs a check in a thread, which tells of the events that it has gone through. */
export function runApart(task: ApartTask, watch: Watch<number>): Promise<CheckResult> {
  return runInWorker(import.meta.url, { runOne }, task, watch);
}

/** The plan of this thread: every task of it is of the same chain. */
let known: Promise<Plan> | undefined;

/** What the thread does; found by name there. @public */
export async function runOne(
  { check: name, source, config, inputs, files, seed = 1, events }: ApartTask,
  { signal, tell }: Caller<number>,
): Promise<CheckResult> {
  const plan = await (known ??= loadSource(source, config).then((loaded) => createPlan(loaded.config)));
  const check = checks.find((one) => one.name === name) ?? fail('internal', 'apart', 'a check', `'${name}'`);
  return runCheck(check, {
    plan,
    configSource: source,
    open: () => readStretches(files, plan, inputs, signal),
    seed,
    ...(events !== undefined && { events }),
    onProgress: tell,
  });
}
