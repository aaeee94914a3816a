/** The far side of worker.ts: finds the function of each task, runs it, and says what came of it. */
import { once } from 'node:events';
import { enableCompileCache } from 'node:module';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import type { Preparation, ThreadStart } from './threads.ts';
import type { Caller, PostedOrder, WorkerMessage, WorkerRequest } from './worker.ts';

const { compileCache } = workerData as ThreadStart;
// A thread does not have its process's by itself; what it loads is a fifth cheaper with it.
if (compileCache !== undefined) enableCompileCache(compileCache);

const parent = parentPort as MessagePort;
const preparing = new AbortController();
parent.on('message', (message: PostedOrder | Preparation | 'end') => {
  // A task that is being done holds the thread until its own port is closed.
  if (message === 'end') {
    preparing.abort();
    parent.close();
  }
  // Whoever gives it a task hears what is wrong with the module.
  else if ('load' in message) void prepare(message).catch(() => undefined);
  else void perform(message);
});

async function prepare({ load, begin }: Preparation): Promise<void> {
  const functions = (await import(load)) as Record<string, (before: unknown, signal: AbortSignal) => unknown>;
  if (begin !== undefined) await functions[begin.name](begin.with, preparing.signal);
}

async function perform({ order, port }: PostedOrder): Promise<void> {
  const { module, name, task, ahead } = order;
  const stop = new AbortController();
  /** Items that may still be made. */
  const room = { items: ahead };
  port.on('message', (request: WorkerRequest) => {
    if (request === 'abort') stop.abort();
    else room.items++;
  });
  const send = (message: WorkerMessage): void => port.postMessage(message);
  const caller: Caller<unknown> = { signal: stop.signal, tell: (note) => send({ type: 'note', note }) };

  async function pass(items: AsyncGenerator<unknown, unknown>): Promise<void> {
    try {
      for (;;) {
        while (room.items === 0 && !stop.signal.aborted) await once(port, 'message');
        if (stop.signal.aborted) return;
        room.items--;
        const made: IteratorResult<unknown> = await items.next();
        if (made.done === true) return;
        send({ type: 'item', item: made.value });
      }
    } finally {
      await items.return(undefined);
    }
  }

  try {
    const functions = (await import(module)) as Record<string, (task: unknown, caller: Caller<unknown>) => unknown>;
    const answer = functions[name](task, caller);
    if (answer instanceof Promise) send({ type: 'end', reply: await answer });
    else {
      await pass(answer as AsyncGenerator<unknown, unknown>);
      send({ type: 'end', reply: undefined });
    }
  } catch (error) {
    // A clone of an error keeps its message and stack, but neither its class nor what a class adds.
    if (error instanceof MinotaurError) send({ type: 'failed', kind: error.kind, facts: error.facts });
    else send({ type: 'broken', error });
  }
  port.close();
}
