/** The near side of a feed: what a thread has read, and what it is to write. */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import type { KafkaLogOptions } from '../kafka/kafka-log.ts';
import type { Feed } from '../log/contract.ts';
import { startFeed } from './far.ts';
import type { FeedReply, FeedRequest, PackedBatch } from './messages.ts';
import { slabIn, unpack } from './slab.ts';

/** Slabs that are given back together: where cores are full each word wakes the other thread in the place of this one. */
const GIVEN_BACK = 2;

/** Opens a log in a thread: reading, decoding and sending are paid on another core. */
export function openFeed({ onTrouble, ...log }: KafkaLogOptions): Feed {
  const { port1: near, port2: far } = new MessageChannel();
  return feedAt(near, startFeed({ log, port: far }, { onNote: onTrouble }));
}

/** What waits for replies. */
interface Waiting {
  onReply(reply: FeedReply): void;
  onError(error: unknown): void;
}

/** Whose far side is behind `port`, and has ended once `over` is settled. */
export function feedAt(port: MessagePort, over: Promise<void>): Feed {
  const waiting = new Map<number, Waiting>();
  let ids = 0;
  /** Why nobody will reply any more. */
  let dead: { readonly error: unknown } | undefined;
  const end = (error: unknown): void => {
    dead = { error };
    for (const one of waiting.values()) one.onError(error);
    port.close();
  };
  over.then(() => end(new Error('the feed is closed')), end);
  const ask = (request: FeedRequest, transfer: readonly ArrayBuffer[] = []): void =>
    port.postMessage(request, transfer);
  const giveBack = (id: number, slabs: ArrayBuffer[]): void => ask({ type: 'taken', id, slabs }, slabs);
  port.on('message', (reply: FeedReply) => {
    const one = waiting.get(reply.id);
    if (reply.type === 'failed') one?.onError(new MinotaurError(reply.kind, reply.facts));
    else if (reply.type === 'broken') one?.onError(reply.error);
    else one?.onReply(reply);
  });
  const wait = (one: Waiting): number => {
    const id = ids++;
    waiting.set(id, one);
    if (dead !== undefined) one.onError(dead.error);
    return id;
  };

  return {
    async *read(_topic, partition, from, signal) {
      const reading = createReading();
      const taken: ArrayBuffer[] = [];
      const id = wait(reading);
      ask({ type: 'read', id, partition, from });
      signal.addEventListener('abort', reading.wake);
      try {
        while (!signal.aborted) {
          const batch = await reading.next(signal);
          if (batch === undefined) return;
          yield { records: batch.records };
          taken.push(batch.slab);
          if (taken.length === GIVEN_BACK) giveBack(id, taken.splice(0));
        }
      } finally {
        signal.removeEventListener('abort', reading.wake);
        waiting.delete(id);
        ask({ type: 'stop', id });
      }
    },
    async write(partition, messages, signal) {
      signal.throwIfAborted();
      const reply = createReply();
      const id = wait(reply);
      // Bodies are of nobody else; bytes that are sealed may be.
      const bodies = messages.flatMap(({ value }) => (value instanceof Uint8Array ? [] : [value.body.buffer]));
      ask({ type: 'write', id, partition, messages }, bodies);
      const onAbort = (): void => {
        ask({ type: 'stop', id });
        reply.onError(signal.reason);
      };
      signal.addEventListener('abort', onAbort);
      try {
        return await reply.offsets;
      } finally {
        signal.removeEventListener('abort', onAbort);
        waiting.delete(id);
      }
    },
    async close() {
      ask({ type: 'close' });
      await over.catch(() => {});
    },
  };
}

/** Of one write. */
function createReply() {
  let resolve = (_offsets: readonly number[]): void => {};
  let reject = (_error: unknown): void => {};
  const offsets = new Promise<readonly number[]>((onDone, onError) => ([resolve, reject] = [onDone, onError]));
  return {
    offsets,
    onError: reject,
    onReply(reply: FeedReply): void {
      if (reply.type === 'written') resolve(reply.offsets);
    },
  };
}

/** Batches of one reading as they come. */
function createReading() {
  const queue: PackedBatch[] = [];
  let failed: { readonly error: unknown } | undefined;
  let wake = (): void => {};
  return {
    wake: () => wake(),
    onReply(reply: FeedReply): void {
      if (reply.type === 'arrived') queue.push(reply);
      wake();
    },
    onError(error: unknown): void {
      failed ??= { error };
      wake();
    },
    /** Undefined where the signal says that nobody waits. @throws what reading came to, behind what it had come to before */
    async next(signal: AbortSignal) {
      while (!signal.aborted) {
        const batch = queue.shift();
        if (batch !== undefined) {
          const slab = slabIn(batch.slab);
          return { slab: batch.slab, records: batch.records.map((record) => unpack(record, slab)) };
        }
        if (failed !== undefined) throw failed.error;
        await new Promise<void>((resolve) => (wake = resolve));
      }
      return undefined;
    },
  };
}
