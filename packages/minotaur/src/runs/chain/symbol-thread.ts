/** One symbol of several, in a thread of its own. */
import { EventEmitter, on } from 'node:events';
import { loadSource, type ConfigSource } from '../../files/config-file.ts';
import { streamFromWorker } from '../../runtime/worker.ts';
import type { Manifest } from '../../store/manifest.ts';
import { runChain, type ChainJob } from './chain.ts';

/** What a thread is asked to do; it loads the configuration itself, because operators are functions. */
export interface SymbolTask extends Omit<ChainJob, 'config' | 'bars' | 'from' | 'onProgress' | 'signal'> {
  readonly source: ConfigSource;
  /** Of the configuration, for messages. */
  readonly name: string;
  readonly symbol: string;
}

/** Trades that have been done since the item before; at the end the manifest. */
type SymbolItem = { readonly trades: number } | { readonly manifest: Manifest };

/** Tellings of progress that may be on their way: a build never waits for them. */
const AHEAD = 1024;

/** The side that works. @worker */
export async function* buildSymbol(task: SymbolTask, signal: AbortSignal): AsyncGenerator<SymbolItem> {
  const { source, name, symbol, ...job } = task;
  const { config } = await loadSource(source, name);
  const course = new EventEmitter();
  let told = 0;
  const onProgress = ({ done }: { done: number }): void => {
    course.emit('trades', done - told);
    told = done;
  };
  const tellings = on(course, 'trades', { close: ['end'] }) as AsyncIterable<[number]>;
  const built = runChain({ ...job, config: { ...config, symbol }, onProgress, signal });
  // What it fails by is thrown below, after the last telling.
  const over = built.then(
    () => course.emit('end'),
    () => course.emit('end'),
  );
  try {
    for await (const [trades] of tellings) yield { trades };
    yield { manifest: await built };
  } finally {
    await over;
  }
}

export interface SymbolWatch {
  readonly signal: AbortSignal | undefined;
  /** Told of trades as they are done. */
  readonly onTrades: (trades: number) => void;
}

/** Does one task in a thread. An abort is passed on, and the thread waited for: it has files to take away. */
export async function buildInThread(task: SymbolTask, { signal, onTrades }: SymbolWatch): Promise<Manifest> {
  signal?.throwIfAborted();
  const items = streamFromWorker(import.meta.url, buildSymbol, task, AHEAD);
  signal?.addEventListener('abort', items.close);
  try {
    for await (const item of items) {
      if ('manifest' in item) return item.manifest;
      onTrades(item.trades);
    }
    throw new Error(`the thread of ${task.symbol} ended before its build did`);
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  } finally {
    signal?.removeEventListener('abort', items.close);
  }
}
