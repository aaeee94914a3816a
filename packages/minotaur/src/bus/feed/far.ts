/** The far side of a feed: a log in a thread of its own, which reads events ahead and writes what it is handed. */
import { setImmediate } from 'node:timers/promises';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { runInWorker, type Caller, type Watch } from '../../node/worker.ts';
import { openKafkaLog } from '../kafka/kafka-log.ts';
import type { Log } from '../log/contract.ts';
import type { Outgoing } from '../recovery/contract.ts';
import type { FeedReply, FeedRequest, FeedTask } from './messages.ts';
import { createPacking, type Packing } from './packing.ts';

/** Milliseconds of work after which others have their turn. */
const TURN_MS = 5;

/**
 * Starts it. Settled once it has ended; rejects where it fails, which nobody expects. With much room for new objects beside few old ones
 * the collector marks all of them again and again.
 */
export function startFeed(task: FeedTask, watch: Watch<string>): Promise<void> {
  return runInWorker(import.meta.url, { feedLog }, task, { ...watch, transfer: [task.port], room: 'small' });
}

/** Found by name, in a thread. @public */
export async function feedLog({ log: options, port }: FeedTask, { tell }: Caller<string>): Promise<void> {
  const log = await openKafkaLog({ ...options, onTrouble: tell });
  await serveFeed(log, port);
  await log.close();
  port.close();
}

/** Does what is asked of it at `port`, until that is to close. */
export function serveFeed(log: Log, port: FeedTask['port']): Promise<void> {
  const stops = new Map<number, AbortController>();
  const packings = new Map<number, Packing>();
  const say = (reply: FeedReply, transfer: readonly ArrayBuffer[] = []): void => port.postMessage(reply, transfer);

  /** What `id` names is at work, until it has ended or is stopped. */
  async function work(id: number, run: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const stop = new AbortController();
    stops.set(id, stop);
    try {
      await run(stop.signal);
    } catch (error) {
      if (stop.signal.aborted) return;
      if (error instanceof MinotaurError) say({ type: 'failed', id, kind: error.kind, facts: error.facts });
      else say({ type: 'broken', id, error });
    } finally {
      stops.delete(id);
      packings.delete(id);
    }
  }
  const reading = (id: number, partition: number, from: number) => async (signal: AbortSignal) => {
    const packing = createPacking(`events-${partition}`, (batch) =>
      say({ type: 'arrived', id, ...batch }, [batch.slab]),
    );
    packings.set(id, packing);
    signal.addEventListener('abort', () => packing.end());
    let turn = performance.now();
    for await (const { records } of log.read('events', partition, from, signal)) {
      for (const record of records) {
        const full = packing.add(record);
        if (full !== undefined) await full;
        if (signal.aborted) return;
        if (performance.now() - turn < TURN_MS) continue;
        await setImmediate();
        turn = performance.now();
      }
      packing.flush();
    }
  };
  const writing = (id: number, partition: number, messages: readonly Outgoing[]) => async (signal: AbortSignal) =>
    say({ type: 'written', id, offsets: await log.write(partition, messages, signal) });
  return new Promise((resolve) => {
    const end = (): void => {
      for (const stop of stops.values()) stop.abort();
      resolve();
    };
    port.on('close', end);
    port.on('message', (request: FeedRequest) => {
      if (request.type === 'read') void work(request.id, reading(request.id, request.partition, request.from));
      else if (request.type === 'taken') packings.get(request.id)?.taken(request.slabs);
      else if (request.type === 'stop') stops.get(request.id)?.abort();
      else if (request.type === 'write')
        void work(request.id, writing(request.id, request.partition, request.messages));
      else end();
    });
  });
}
