/** Reads many partitions ahead: one question at a time to each broker, for all that it leads. */
import type { Consumer } from '@platformatic/kafka';
import { MinotaurError } from 'minotaur-core/internal/base/errors';
import { textOf } from '../codec/texts.ts';
import type { ReadBatch } from '../log/contract.ts';
import type { LogRecord } from '../recovery/contract.ts';
import { wordsOf } from './client.ts';

/** Milliseconds that a broker may keep a question open: a partition that is new waits for as long. */
const WAIT_MS = 100;
const PARTITION_BYTES = 4 * 1024 * 1024;
/** Of all partitions in one answer. */
const ANSWER_BYTES = 32 * 1024 * 1024;
/** Read ahead of whoever takes them, bytes a partition. */
const AHEAD_BYTES = 8 * 1024 * 1024;
const PAUSE_MS = 50;
const OFFSET_OUT_OF_RANGE = 1;
const NO_LEADER = -1;

/** Who is asked for messages. */
type Fetcher = Pick<Consumer, 'metadata' | 'fetch'>;
/** What a broker answers. */
type FetchResponse = Awaited<ReturnType<Consumer['fetch']>>;

interface Reading {
  readonly topic: string;
  readonly partition: number;
  next: number;
  queue: { readonly batch: ReadBatch; readonly bytes: number }[];
  ahead: number;
  error: MinotaurError | undefined;
  wake: () => void;
}

export interface Fetching {
  /** One reading of a partition at a time: an answer of the broker goes to one, the newest. */
  read(topic: string, partition: number, from: number, signal: AbortSignal): AsyncIterable<ReadBatch>;
  close(): void;
}

export function createFetching(consumer: Fetcher, onTrouble: (words: string) => void): Fetching {
  const readings = new Set<Reading>();
  const busy = new Set<number>();
  let closed = false;
  let isStale = false;
  let planning = false;
  /** Whether something has become wanted while it was planned. */
  let isAsked = false;
  const pause = createPause(() => void pump());

  /** Asks every broker that is not asked already for the partitions that it leads. */
  async function pump(): Promise<void> {
    isAsked = true;
    if (planning || closed) return;
    planning = true;
    isAsked = false;
    try {
      const wanted = newestOf([...readings].filter(({ ahead, error }) => ahead < AHEAD_BYTES && error === undefined));
      if (wanted.length === 0) return;
      const { byNode, ids } = await planned(consumer, wanted, isStale);
      isStale = false;
      // Those without a leader are asked for again, once there may be one.
      if (byNode.delete(NO_LEADER)) again();
      for (const [node, of] of byNode) if (!busy.has(node)) void ask(node, of, ids);
    } catch (error) {
      onTrouble(wordsOf(error));
      again();
    } finally {
      planning = false;
      if (isAsked) void pump();
    }
  }

  /** After something failed: with new knowledge of who leads what. */
  function again(): void {
    isStale = true;
    if (!closed) pause.begin();
  }

  async function ask(node: number, of: readonly Reading[], ids: ReadonlyMap<string, string>): Promise<void> {
    busy.add(node);
    const names = new Map([...ids].map(([name, id]) => [id, name]));
    const find: FindReading = (id, partition) =>
      of.find((one) => one.topic === names.get(id) && one.partition === partition && readings.has(one));
    try {
      deliver(await consumer.fetch(questionTo(node, of, ids)), find);
      busy.delete(node);
      void pump();
    } catch (error) {
      busy.delete(node);
      if (closed) return;
      refused((error as { response?: FetchResponse }).response, find);
      onTrouble(wordsOf(error));
      again();
    }
  }

  return {
    async *read(topic, partition, from, signal) {
      const wake = (): void => {};
      const reading: Reading = { topic, partition, next: from, queue: [], ahead: 0, error: undefined, wake };
      readings.add(reading);
      void pump();
      try {
        yield* arrived(reading, signal, () => void pump());
      } finally {
        readings.delete(reading);
      }
    },
    close() {
      closed = true;
      pause.end();
    },
  };
}

/** The newest reading of each partition: one before it has mostly not noticed yet that it is over, and an answer goes to one. */
function newestOf(list: readonly Reading[]): Reading[] {
  return [...new Map(list.map((reading) => [`${reading.topic} ${reading.partition}`, reading])).values()];
}

/** Does `work` after a pause, once however often it begins. It alone may be what keeps a reader from ending. */
function createPause(work: () => void) {
  let timer: NodeJS.Timeout | undefined;
  return {
    begin(): void {
      timer ??= setTimeout(() => {
        timer = undefined;
        work();
      }, PAUSE_MS);
    },
    end: () => clearTimeout(timer),
  };
}

/** What has come of a reading, as it comes. */
async function* arrived(reading: Reading, signal: AbortSignal, onRoom: () => void): AsyncGenerator<ReadBatch> {
  const onAbort = (): void => reading.wake();
  signal.addEventListener('abort', onAbort);
  try {
    while (!signal.aborted) {
      const first = reading.queue.shift();
      if (first !== undefined) {
        const wasFull = reading.ahead >= AHEAD_BYTES;
        reading.ahead -= first.bytes;
        if (wasFull) onRoom();
        yield first.batch;
      } else if (reading.error !== undefined) throw reading.error;
      else await new Promise<void>((resolve) => (reading.wake = resolve));
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Who leads what is wanted, and the ids of the topics. */
async function planned(consumer: Fetcher, wanted: readonly Reading[], forceUpdate: boolean) {
  const topics = [...new Set(wanted.map(({ topic }) => topic))];
  const metadata = await consumer.metadata({ topics, forceUpdate });
  const byNode = new Map<number, Reading[]>();
  for (const reading of wanted) {
    const leader = metadata.topics.get(reading.topic)?.partitions[reading.partition]?.leader ?? NO_LEADER;
    byNode.set(leader, [...(byNode.get(leader) ?? []), reading]);
  }
  return { byNode, ids: new Map([...metadata.topics].map(([name, { id }]) => [name, id])) };
}

function questionTo(node: number, of: readonly Reading[], ids: ReadonlyMap<string, string>) {
  const byTopic = new Map<string, Reading[]>();
  for (const reading of of) byTopic.set(reading.topic, [...(byTopic.get(reading.topic) ?? []), reading]);
  const topics = [...byTopic].map(([topic, list]) => ({
    topicId: ids.get(topic) ?? '',
    partitions: list.map(({ partition, next }) => {
      const epochs = { currentLeaderEpoch: -1, lastFetchedEpoch: -1 };
      return { partition, fetchOffset: BigInt(next), partitionMaxBytes: PARTITION_BYTES, ...epochs };
    }),
  }));
  // What is not committed by a transaction is read too: there are none.
  return { node, topics, maxWaitTime: WAIT_MS, minBytes: 1, maxBytes: ANSWER_BYTES, isolationLevel: 0 };
}

type FindReading = (topicId: string, partition: number) => Reading | undefined;

function deliver({ responses }: FetchResponse, find: FindReading): void {
  for (const { topicId, partitions } of responses)
    for (const { partitionIndex, records } of partitions) {
      const reading = find(topicId, partitionIndex);
      if (reading === undefined || !records || records.length === 0) continue;
      const batch = batchOf(records, reading.next);
      if (batch.next === reading.next) continue;
      reading.next = batch.next;
      const bytes = batch.records.reduce((sum, { value }) => sum + value.length, 0);
      reading.queue.push({ batch, bytes });
      reading.ahead += bytes;
      reading.wake();
    }
}

/** A broker says which partition it has not got; what is wrong with others passes. */
function refused(response: FetchResponse | undefined, find: FindReading): void {
  for (const { topicId, partitions } of response?.responses ?? [])
    for (const { partitionIndex, errorCode } of partitions) {
      const reading = find(topicId, partitionIndex);
      if (reading === undefined || errorCode !== OFFSET_OUT_OF_RANGE) continue;
      const { topic, partition, next } = reading;
      const facts = {
        where: `${topic}-${partition}`,
        expected: `offset ${next}`,
        found: 'a log that does not hold it',
      };
      reading.error = new MinotaurError('input', facts);
      reading.wake();
    }
}

type Batches = NonNullable<FetchResponse['responses'][number]['partitions'][number]['records']>;

/** The messages from `from` on; a batch may begin before it. */
function batchOf(batches: Batches, from: number): ReadBatch {
  const records: LogRecord[] = [];
  let next = from;
  for (const { firstOffset, lastOffsetDelta, records: list } of batches) {
    const base = Number(firstOffset);
    for (const { offsetDelta, key, value } of list) {
      const offset = base + offsetDelta;
      if (offset >= from && value !== null) records.push({ offset, key: key ? textOf(key, 0, key.length) : '', value });
    }
    next = Math.max(next, base + lastOffsetDelta + 1);
  }
  return { records, next };
}
