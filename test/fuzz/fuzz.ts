/** Tries inputs on a target, and goes on from those that reached what no other did. */
import { mulberry32 } from '../../packages/core/src/base/random.ts';
import { watchCoverage } from './coverage.ts';
import { mutate } from './mutate.ts';
import { watchForHangs } from './watchdog.ts';

/** What is fuzzed. */
export interface Target {
  readonly seeds: readonly Buffer[];
  /** What is wrong with how it took the input; nothing where nothing is. Throwing is wrong too. */
  readonly run: (input: Buffer) => string | undefined | Promise<string | undefined>;
  /** In place of the common ones. */
  readonly mutate?: typeof mutate;
  readonly close?: () => unknown;
}

/** An input that was taken wrongly. */
export interface Finding {
  readonly what: string;
  readonly input: Buffer;
}

export interface FuzzReport {
  readonly executions: number;
  /** Blocks of our code that were reached. */
  readonly blocks: number;
  /** Those of them that the seeds reached. */
  readonly seeded: number;
  /** Inputs that reached something new. */
  readonly corpus: number;
  readonly findings: readonly Finding[];
}

/** Inputs between two looks at what was reached. */
const BATCH = 40;
/** Inputs, before time alone ends it. */
const LEAST = 100;
/** Milliseconds of work for one input that are a hang. */
const HANG = 2000;
/** Bytes that the process may grow by. */
const GROWTH = 1024 * 1024 * 1024;
const MOST_FINDINGS = 20;
const LONGEST = 1024 * 1024;

export async function fuzz(target: Target, { seconds, seed }: { seconds: number; seed: number }): Promise<FuzzReport> {
  const uniform = mulberry32(seed);
  const coverage = watchCoverage();
  const watchdog = watchForHangs(LONGEST);
  const known = new Set<string>();
  const corpus = [...target.seeds];
  const findings = new Map<string, Finding>();
  const rss = process.memoryUsage.rss();
  let executions = 0;
  const attempt = async (input: Buffer): Promise<void> => {
    watchdog.begin(input);
    const before = process.cpuUsage();
    const what = await outcome(target, input);
    executions++;
    const { user, system } = process.cpuUsage(before);
    const wrong = what ?? ((user + system) / 1000 > HANG ? `more than ${HANG} ms of work` : undefined);
    // One of a kind: the place where it went wrong.
    if (wrong !== undefined && findings.size < MOST_FINDINGS && !findings.has(wrong))
      findings.set(wrong, { what: wrong, input });
  };
  /** Whether something was reached for the first time. */
  const isNew = (): boolean => {
    const before = known.size;
    for (const block of coverage.reached()) known.add(block);
    return known.size > before;
  };
  try {
    for (const input of target.seeds) await attempt(input);
    isNew();
    const seeded = known.size;
    const pick = (): Buffer => corpus[Math.floor(corpus.length * uniform())];
    // On a busy machine a second has few inputs: it goes on until they are enough to have found something, or have found nothing.
    const begun = performance.now();
    const goesOn = (): boolean => {
      const passed = (performance.now() - begun) / 1000;
      const isBare = executions < LEAST || (known.size === seeded && findings.size === 0);
      return passed < seconds || (isBare && passed < 10 * seconds);
    };
    while (goesOn()) {
      const batch = Array.from({ length: BATCH }, () => (target.mutate ?? mutate)(pick(), uniform, pick()));
      for (const input of batch) await attempt(input);
      const reached = coverage.reached().filter((block) => !known.has(block));
      if (reached.length > 0) await attribute(batch);
      if (process.memoryUsage.rss() - rss > GROWTH)
        findings.set('memory', { what: `more than ${GROWTH} bytes`, input: batch[0] });
    }
    return { executions, blocks: known.size, seeded, corpus: corpus.length, findings: [...findings.values()] };
  } finally {
    coverage.stop();
    watchdog.stop();
    await target.close?.();
  }

  /** Which of them reached something new. */
  async function attribute(batch: readonly Buffer[]): Promise<void> {
    for (const input of batch) {
      await attempt(input);
      if (isNew()) corpus.push(input);
    }
  }
}

async function outcome({ run }: Target, input: Buffer): Promise<string | undefined> {
  try {
    return await run(input);
  } catch (error) {
    const { name, message, stack = '' } = error as Error;
    const place = /at .*?\/packages\/(\S+?:\d+)/.exec(stack)?.[1] ?? 'nowhere';
    return `${name} at ${place}: ${message.slice(0, 200)}`;
  }
}
