/** The worker in which everything is computed, as calls that come back. */
import type { Told, TryAnswer, TryCalls } from '../../parts/try-data.ts';

/** How far a call is: a share of what has to be read, and trades. */
export interface Progress {
  readonly share: number;
  readonly trades: number;
}

export interface Remote {
  call<K extends keyof TryCalls>(name: K, ...of: Parameters<TryCalls[K]>): Promise<ReturnType<TryCalls[K]>>;
  /** Stops what is done; what was asked never comes back. */
  end(): void;
}

/** What a call fails with. */
export class Refused extends Error {
  readonly told: Told;

  constructor(told: Told) {
    super(told.found);
    this.told = told;
  }
}

/** The script beside the page, which leaves the worker as a function: its text is what a worker is made of. */
const SCRIPT = 'worker.js';

declare global {
  var minotaurWorker: (() => void) | undefined;
}

let loading: Promise<void> | undefined;

/** Fetches the worker's script, once. It does nothing in the page itself. */
export function loadWorker(): Promise<void> {
  return (loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = SCRIPT;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => {
      loading = undefined;
      reject(new Refused({ where: SCRIPT, expected: 'the other half of this page beside it', found: 'none' }));
    });
    document.head.append(script);
  }));
}

/** A worker made of text keeps to the policy of its page: what it computes cannot leave either. */
function makeWorker(): Worker {
  const text = `(${String(globalThis.minotaurWorker)})()`;
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const worker = new Worker(url);
  URL.revokeObjectURL(url);
  return worker;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

export async function startRemote(onProgress: (progress: Progress) => void): Promise<Remote> {
  await loadWorker();
  const worker = makeWorker();
  const waiting = new Map<number, Waiting>();
  let next = 1;
  worker.addEventListener('message', ({ data }: MessageEvent<TryAnswer>) => {
    if ('share' in data) return onProgress(data);
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if ('error' in data) call?.reject(new Refused(data.error));
    else call?.resolve(data.value as never);
  });
  worker.addEventListener('error', ({ message }) => {
    for (const { reject } of waiting.values()) reject(new Error(message));
    waiting.clear();
  });
  return {
    call: (name, ...of) =>
      new Promise((resolve, reject) => {
        const id = next++;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, name, of });
      }),
    end: () => worker.terminate(),
  };
}
