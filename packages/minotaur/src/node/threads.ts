/** Threads, started where there is none to be used again. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker, type Transferable } from 'node:worker_threads';

/** A thread that has one task at a time. */
export interface Thread {
  /** What it died of. */
  readonly error: Error | undefined;
  post(message: unknown, transfer: readonly Transferable[]): void;
  /** Its task is done: it is kept where threads are, and else ends. */
  release(): Promise<void>;
  /** Asks it to end, after the task that it has, and waits until it has. */
  end(): Promise<void>;
}

/** What a thread is started with. */
export interface ThreadStart {
  /** Where this process keeps compiled modules, if it does. */
  readonly compileCache: string | undefined;
}

/** What a thread hears that has no task yet. */
export interface Preparation {
  /** URL of the module that its tasks will be of. */
  readonly load: string;
  /** What it begins with until it has one: a function of the module, and what that takes beside a signal that nobody waits. */
  readonly begin?: { readonly name: string; readonly with: unknown } | undefined;
}

/**
 * Room of a thread for new objects. One that passes bytes on makes few that live, and fills what it is given all the same: 48 MiB by
 * default, of which it needs a quarter.
 */
export type ThreadRoom = 'small' | 'as its process';
const SMALL = { maxYoungGenerationSizeMb: 12 } as const;

/** Threads of a scope. */
interface Pool {
  isOpen: boolean;
  /** How many keep threads that are done; without any of them one ends then. */
  keepers: number;
  readonly all: Set<Thread>;
  /** Those without a task, and the module that each has loaded. */
  idle: { readonly module: string; readonly thread: Thread }[];
}

/** With the ending of this file: `.ts` in a checkout, `.js` once built. */
const ENTRY = new URL(`./worker-entry${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

const kept = new AsyncLocalStorage<Pool>();

/**
 * Runs `run`, whose threads are kept: one that has replied gets the next task of the same module, without loading it anew. In the end
 * all are asked to end, and have ended; whoever keeps them already goes on keeping them.
 */
export async function keepingThreads<T>(run: () => Promise<T>): Promise<T> {
  return preparingThreads(async () => {
    const pool = kept.getStore() as Pool;
    pool.keepers++;
    try {
      return await run();
    } finally {
      pool.keepers--;
    }
  });
}

/**
 * Runs `run`, which finds the threads that were prepared for it. One that is done ends at once, beside what is still to do, unless
 * somebody {@link keepingThreads keeps threads}; in the end all have ended.
 */
export async function preparingThreads<T>(run: () => Promise<T>): Promise<T> {
  if (kept.getStore()?.isOpen === true) return run();
  const pool: Pool = { isOpen: true, keepers: 0, all: new Set(), idle: [] };
  try {
    return await kept.run(pool, run);
  } finally {
    pool.isOpen = false;
    pool.idle = [];
    await Promise.all([...pool.all].map((thread) => thread.end()));
  }
}

/** A thread for a task of `module`; see {@link ThreadRoom}. */
export function threadFor(module: string, room?: ThreadRoom): Thread {
  const pool = kept.getStore();
  const at = pool?.idle.findIndex((one) => one.module === module) ?? -1;
  return pool?.idle.splice(at, at < 0 ? 0 : 1)[0]?.thread ?? startThread(module, pool, room);
}

/**
 * Begins a thread that will soon be asked for, where threads are kept: it loads `module` while it is found out what it will do, and
 * begins with what is known of that.
 */
export function prepareThread(module: string, room?: ThreadRoom, begin?: Preparation['begin']): void {
  const pool = kept.getStore();
  if (pool === undefined || pool.idle.some((one) => one.module === module)) return;
  const thread = startThread(module, pool, room);
  thread.post({ load: module, begin } satisfies Preparation, []);
  pool.idle.push({ module, thread });
}

function startThread(module: string, pool: Pool | undefined, room: ThreadRoom = 'as its process'): Thread {
  const cache = getCompileCacheDir();
  const workerData: ThreadStart = { compileCache: cache === undefined ? undefined : dirname(cache) };
  const worker = new Worker(ENTRY, { workerData, ...(room === 'small' && { resourceLimits: SMALL }) });
  let error: Error | undefined;
  worker.once('error', (thrown: Error) => {
    error = thrown;
  });
  const thread: Thread = {
    get error() {
      return error;
    },
    post: (message, transfer) => worker.postMessage(message, transfer),
    async release() {
      if (pool?.isOpen && pool.keepers > 0) pool.idle.push({ module, thread });
      else await thread.end();
    },
    async end() {
      worker.postMessage('end');
      await ended;
    },
  };
  const ended = new Promise<void>((resolve) =>
    worker.once('exit', () => {
      pool?.all.delete(thread);
      if (pool !== undefined) pool.idle = pool.idle.filter((one) => one.thread !== thread);
      resolve();
    }),
  );
  pool?.all.add(thread);
  return thread;
}
