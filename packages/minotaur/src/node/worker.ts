/**
 * Functions of ours, run in threads of their own.
 *
 * Such a function is exported by a module and takes one task that can be cloned, and its caller. It is handed over as itself beside
 * the URL of its module, under the name by which that exports it: `runInWorker(import.meta.url, { measure }, task)`; a function's own
 * name is another where modules are bundled. Errors arrive as they were thrown. A thread is asked to end,
 * never torn down: native code at work in one, as DuckDB is, would take the whole process with it. Node's own arguments, the
 * conditions by which packages are resolved among them, are inherited.
 */
import { on } from 'node:events';
import { MessageChannel, type MessagePort, type Transferable } from 'node:worker_threads';
import { MinotaurError, type ErrorFacts, type ErrorKind } from 'minotaur-core/internal/base/errors';
import { threadFor, type ThreadRoom } from './threads.ts';

/** Whom a function works for, on another thread. */
export interface Caller<Note = never> {
  /** Aborted when nobody waits any more. */
  readonly signal: AbortSignal;
  /** Sends word while the work goes on. */
  tell(note: Note): void;
}

/** One reply to one task. */
export type Work<Task, Reply, Note = never> = (task: Task, caller: Caller<Note>) => Promise<Reply>;
/** One item after another. */
export type Stream<Task, Item> = (task: Task, caller: Caller) => AsyncGenerator<Item>;

/** A function under its name, alone: `{ measure }`. */
export type Named<T> = Readonly<Record<string, T>>;

const nameOf = (named: Named<unknown>): string => Object.keys(named)[0];

export interface Watch<Note> {
  readonly signal?: AbortSignal | undefined;
  /** Hears what a function tells. */
  readonly onNote?: ((note: Note) => void) | undefined;
  /** What of the task is handed over, not copied: a port of its own. */
  readonly transfer?: readonly Transferable[] | undefined;
  readonly room?: ThreadRoom | undefined;
}

/** What a thread is asked to do. */
interface Order {
  /** URL of the module, and the name under which it exports the function. */
  readonly module: string;
  readonly name: string;
  readonly task: unknown;
  /** Items that may be there at a time, the one that is being made included. */
  readonly ahead: number;
}

/** What a thread hears: a task, and where its caller is heard and told. It closes the port behind its last word. */
export interface PostedOrder {
  readonly order: Order;
  readonly port: MessagePort;
}

/** An item is done with, or nobody waits any more. */
export type WorkerRequest = 'done' | 'abort';

export type WorkerMessage =
  | { readonly type: 'note'; readonly note: unknown }
  | { readonly type: 'item'; readonly item: unknown }
  | { readonly type: 'end'; readonly reply: unknown }
  | { readonly type: 'failed'; readonly kind: ErrorKind; readonly facts: ErrorFacts }
  | { readonly type: 'broken'; readonly error: unknown };

interface Running {
  /** The next message that is no note. @throws what the function threw, or where the thread ended without a word */
  next(): Promise<WorkerMessage>;
  send(request: WorkerRequest): void;
  /** Once the thread has ended, or waits for another task. */
  readonly over: Promise<unknown>;
}

function give(order: Order, { onNote, transfer = [], room }: Omit<Watch<never>, 'signal'>): Running {
  const thread = threadFor(order.module, room);
  const { port1: here, port2: there } = new MessageChannel();
  const messages = on(here, 'message', { close: ['close'] }) as AsyncIterator<[WorkerMessage], undefined>;
  const over = new Promise((resolve) => {
    // One that failed may have left something behind.
    const end = (): void => resolve(thread.end());
    here.once('close', end);
    here.on('message', ({ type }: WorkerMessage) => {
      if (type !== 'end') return;
      here.off('close', end);
      resolve(thread.release());
    });
  });
  thread.post({ order, port: there } satisfies PostedOrder, [there, ...transfer]);
  const next = async (): Promise<WorkerMessage> => {
    // A loop: a call for each note would be kept until the last word, which of a thread of months is months later.
    for (;;) {
      const said = await messages.next();
      if (said.done === true) break;
      const [message] = said.value;
      if (message.type === 'failed') throw new MinotaurError(message.kind, message.facts);
      if (message.type === 'broken') throw message.error;
      if (message.type !== 'note') return message;
      onNote?.(message.note as never);
    }
    await over;
    throw thread.error ?? new Error(`the thread of ${order.name} ended without a reply`);
  };
  return { over, next, send: (request) => here.postMessage(request) };
}

/**
 * Runs `work`, which `module` exports, in a thread, and gives its reply when the thread has ended, or is kept for
 * another.
 * @throws what `work` throws; the reason of the signal where that was aborted
 */
export async function runInWorker<Task, Reply, Note = never>(
  module: string,
  work: Named<Work<Task, Reply, Note>>,
  task: Task,
  { signal, ...watch }: Watch<Note> = {},
): Promise<Reply> {
  signal?.throwIfAborted();
  const thread = give({ module, name: nameOf(work), task, ahead: 0 }, watch);
  const abort = (): void => thread.send('abort');
  signal?.addEventListener('abort', abort);
  try {
    const message = await thread.next();
    if (message.type !== 'end') throw new Error(`expected a reply of ${nameOf(work)}, found ${message.type}`);
    return message.reply as Reply;
  } finally {
    await thread.over;
    signal?.removeEventListener('abort', abort);
    signal?.throwIfAborted();
  }
}

/**
 * Runs `work` for every task, each in a thread of its own, so many at a time.
 * @returns the replies, in the order of the tasks
 * @throws the error of the first task that failed, once all others are done; the reason of the signal where that was aborted
 */
export async function runInWorkers<Task, Reply, Note = never>(
  module: string,
  work: Named<Work<Task, Reply, Note>>,
  tasks: readonly Task[],
  { atMost, ...watch }: Watch<Note> & { readonly atMost: number },
): Promise<Reply[]> {
  const outcomes: PromiseSettledResult<Reply>[] = [];
  const queue = tasks.entries();
  const lane = async (): Promise<void> => {
    for (const [at, task] of queue) {
      [outcomes[at]] = await Promise.allSettled([runInWorker(module, work, task, watch)]);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atMost, tasks.length) }, lane));
  watch.signal?.throwIfAborted();
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}

/**
 * What `stream`, which `module` exports, gives in a thread, one item after another; it may be `ahead` items ahead of the reader, the
 * one that is being made included. An item counts as done with when the next is asked for. A reader who stops early ends the
 * thread, after what it is at.
 */
export function streamFromWorker<Task, Item>(
  module: string,
  stream: Named<Stream<Task, Item>>,
  task: Task,
  ahead: number,
  room?: ThreadRoom,
): AsyncGenerator<Item> & { close(): void } {
  const thread = give({ module, name: nameOf(stream), task, ahead }, { room });
  const close = (): void => thread.send('abort');
  return Object.assign(itemsOf<Item>(thread, close), { close });
}

async function* itemsOf<Item>(thread: Running, close: () => void): AsyncGenerator<Item> {
  try {
    for (let message = await thread.next(); message.type === 'item'; message = await thread.next()) {
      yield message.item as Item;
      thread.send('done');
    }
  } finally {
    close();
  }
}
