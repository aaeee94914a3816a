/** One symbol of several, in a thread: what is said between the two sides, and the side that asks. */
import { Worker } from 'node:worker_threads';
import { MinotaurError, type ErrorFacts, type ErrorKind } from 'minotaur-core/internal/base/errors';
import type { ConfigSource } from '../../files/config-file.ts';
import { sibling } from '../../files/sibling.ts';
import type { Manifest } from '../../store/manifest.ts';
import type { ChainJob } from './chain.ts';

/** What a thread is asked to do; it loads the configuration itself, because operators are functions. */
export interface SymbolTask extends Omit<ChainJob, 'config' | 'bars' | 'from' | 'onProgress' | 'signal'> {
  readonly source: ConfigSource;
  /** Of the configuration, for messages. */
  readonly name: string;
  readonly symbol: string;
}

/** What a thread may be told while it works. */
export type SymbolRequest = 'abort';

/** What a thread says. The last message is one of the other three. */
export type SymbolReply =
  | { readonly type: 'progress'; readonly trades: number }
  | { readonly type: 'built'; readonly manifest: Manifest }
  | { readonly type: 'refused'; readonly kind: ErrorKind; readonly facts: ErrorFacts }
  | { readonly type: 'broken'; readonly stack: string };

export interface SymbolWatch {
  readonly signal: AbortSignal | undefined;
  /** Told of trades as they are done. */
  readonly onTrades: (trades: number) => void;
}

/** Does one task in a thread. An abort is passed on, and the thread waited for: it has files to take away. */
export function buildInThread(task: SymbolTask, { signal, onTrades }: SymbolWatch): Promise<Manifest> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(sibling(import.meta.url, 'symbol-worker'), { workerData: task });
    const abort = (): void => worker.postMessage('abort' satisfies SymbolRequest);
    const settle = (finish: () => void): void => {
      signal?.removeEventListener('abort', abort);
      finish();
    };
    const fail = (error: unknown): void => settle(() => reject(signal?.aborted ? signal.reason : error));
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort);
    worker.once('error', fail);
    worker.once('exit', () => fail(new Error(`the thread of ${task.symbol} ended before its build did`)));
    worker.on('message', (reply: SymbolReply) => {
      if (reply.type === 'built') settle(() => resolve(reply.manifest));
      else if (reply.type === 'refused') fail(new MinotaurError(reply.kind, reply.facts));
      else if (reply.type === 'broken') fail(new Error(reply.stack));
      else onTrades(reply.trades);
    });
  });
}
