/** A log in Kafka. Without transactions: what holds does so by the order in which owners write (recovery/). */
import { setTimeout } from 'node:timers/promises';
import type { Consumer, FetchOptions, MetadataOptions, Producer } from '@platformatic/kafka';
import { fail, MinotaurError } from 'minotaur-core/internal/base/errors';
import { sealed } from '../codec/envelope.ts';
import type { Log, LogRange, MemberEars, Membership } from '../log/contract.ts';
import type { Outgoing, TopicName } from '../recovery/contract.ts';
import type { BusAddress, BusSettings } from './address.ts';
import { connectionOptions, isOf, isOfCertificates, lastWordsOf, loadKafka, wordsOf } from './client.ts';
import { createFetching } from './fetching.ts';
import { joinGroup } from './membership.ts';
import { createViews, type Views } from './views.ts';

/** Milliseconds between tries, at first and at most. */
const PAUSE_MS = 20;
const MOST_PAUSE_MS = 500;
/** Of questions that nobody ends; others, and writes, go on for as long as they are wanted. */
const PATIENCE_MS = 20_000;
/** Of topics that nobody knows: a broker may not have heard yet that they were made. */
const UNKNOWN_MS = 3000;
/** What the client says of them where the brokers say nothing. */
const UNKNOWN_TOPIC = /^Unknown topic /;
/** What no try will change. */
const FATAL = [
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'SASL_AUTHENTICATION_FAILED',
  'UNSUPPORTED_SASL_MECHANISM',
  'INVALID_TOPIC_EXCEPTION',
];
const LATEST = -1n;
const EARLIEST = -2n;

export interface KafkaLogOptions {
  readonly address: BusAddress;
  readonly settings: BusSettings;
  /** Real names of the topics. */
  readonly topics: Readonly<Record<TopicName, string>>;
  /** Told of what passes: a broker that does not answer. */
  readonly onTrouble?: ((words: string) => void) | undefined;
  /** Ends the wait for brokers that do not answer. */
  readonly stop?: AbortSignal | undefined;
}

/** @throws {MinotaurError} of kind `config` where the client is missing */
export async function openKafkaLog({
  address,
  settings,
  topics,
  onTrouble = () => {},
  stop,
}: KafkaLogOptions): Promise<Log> {
  const kafka = await loadKafka();
  const base = connectionOptions(address, settings);
  const where = `kafka://${address.brokers.join(',')}`;
  const views = createViews({ kafka, base, onTrouble });
  const fetching = createFetching(
    {
      metadata: (options: MetadataOptions) => views.now().fetcher.metadata(options),
      fetch: (options: FetchOptions<Buffer, Buffer, Buffer, Buffer>) => views.now().fetcher.fetch(options),
    },
    onTrouble,
  );
  const members: Membership[] = [];
  const asked = <T>(ask: () => Promise<T>, signal?: AbortSignal): Promise<T> =>
    patiently(ask, { where, onTrouble, signal, stop });

  const offsetOf = async (topic: TopicName, partition: number, timestamp: bigint, signal?: AbortSignal) => {
    const options = { topics: [topics[topic]], partitions: { [topics[topic]]: [partition] }, timestamp };
    views.use(topics[topic]);
    const offsets = await asked(() => views.now().asker.listOffsets(options), signal);
    return Number(offsets.get(topics[topic])?.[partition]);
  };
  return {
    async partitions(topic, signal) {
      const ask = () => views.now().asker.metadata({ topics: [topics[topic]], forceUpdate: true });
      const metadata = await asked(ask, signal);
      return metadata.topics.get(topics[topic])?.partitionsCount ?? noTopic(where, topics[topic]);
    },
    async range(topic, partition, signal): Promise<LogRange> {
      const [first, end] = await Promise.all([
        offsetOf(topic, partition, EARLIEST, signal),
        offsetOf(topic, partition, LATEST, signal),
      ]);
      return { first, end };
    },
    read(topic, partition, from, signal) {
      views.use(topics[topic]);
      return fetching.read(topics[topic], partition, from, signal);
    },
    write: (partition, messages, signal) => write(views, { partition, messages, topics, signal, where, onTrouble }),
    async join(group: string, ears: MemberEars): Promise<Membership> {
      // Others are known by the time that the first does not do.
      views.use(topics.events);
      const membership = await joinGroup(kafka, {
        base,
        addresses: views.addresses,
        group,
        topic: topics.events,
        settings,
        ears,
      });
      members.push(membership);
      return membership;
    },
    async close() {
      fetching.close();
      await Promise.allSettled(members.map((member) => member.leave()));
      await Promise.allSettled(
        views.close().flatMap(({ asker, fetcher, producer }) => [asker, fetcher, producer].map(closed)),
      );
    },
  };
}

const noTopic = (where: string, topic: string): never =>
  fail('input', where, `the topic ${topic} (minotaur bus init makes it)`, 'none');

/** What is open is given up: nobody waits for it. */
function closed(client: Consumer | Producer): Promise<void> {
  return Promise.race([client.close(true), setTimeout(2000, undefined, { ref: false })]);
}

interface Patience {
  readonly where: string;
  readonly onTrouble: (words: string) => void;
  /** Ends it; without one it ends by itself. */
  readonly signal?: AbortSignal | undefined;
  /** Ends it too, where it would end by itself. */
  readonly stop?: AbortSignal | undefined;
}

/** Asks until there is an answer. @throws {MinotaurError} where there is none in time, or no try will change what is wrong */
export async function patiently<T>(ask: () => Promise<T>, { where, onTrouble, signal, stop }: Patience): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  /** Since when, without a pause, nobody knows the topic. */
  let unknown: number | undefined;
  for (let pause = PAUSE_MS; ; pause = Math.min(2 * pause, MOST_PAUSE_MS)) {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof MinotaurError) throw error;
      // Who runs already waits for other certificates too.
      const isOver = signal === undefined && (Date.now() > end || isOfCertificates(error));
      if (isOf(error, ...FATAL) || isOver) return fail('input', where, 'brokers that answer', lastWordsOf(error));
      const words = wordsOf(error);
      unknown = UNKNOWN_TOPIC.test(words) ? (unknown ?? Date.now()) : undefined;
      if (Date.now() - (unknown ?? Infinity) > UNKNOWN_MS || isOf(error, 'UNKNOWN_TOPIC_OR_PARTITION'))
        return fail('input', where, 'the topics of the bus (minotaur bus init makes them)', words);
      onTrouble(words);
      await setTimeout(pause, undefined, { signal: signal ?? stop });
    }
  }
}

interface Writing {
  readonly partition: number;
  readonly messages: readonly Outgoing[];
  readonly topics: Readonly<Record<TopicName, string>>;
  readonly signal: AbortSignal;
  readonly where: string;
  readonly onTrouble: (words: string) => void;
}

async function write(views: Views, { partition, messages, topics, signal, where, onTrouble }: Writing) {
  const list = messages.map(({ topic, key, value }) => {
    const { buffer, byteOffset, byteLength } = sealed(value);
    return {
      topic: topics[topic],
      partition,
      key: Buffer.from(key),
      value: Buffer.from(buffer, byteOffset, byteLength),
    };
  });
  const names = [...new Set(list.map(({ topic }) => topic))];
  for (const name of names) views.use(name);
  for (let pause = PAUSE_MS; ; pause = Math.min(2 * pause, MOST_PAUSE_MS)) {
    signal.throwIfAborted();
    try {
      // Every copy that counts has it once it is answered.
      const { offsets = [] } = await views.now().producer.send({ messages: list, acks: -1 });
      const next = new Map(offsets.map(({ topic, offset }) => [topic, Number(offset)]));
      return list.map(({ topic }) => {
        const at = next.get(topic) ?? NaN;
        next.set(topic, at + 1);
        return at;
      });
    } catch (error) {
      const words = wordsOf(error);
      if (isOf(error, ...FATAL)) fail('input', where, 'a log that takes the messages of this bus', words);
      onTrouble(words);
      // The broker that was asked may be the one that does not know who leads.
      views.look();
      await setTimeout(pause, undefined, { signal }).catch(() => {});
      await views
        .now()
        .producer.metadata({ topics: names, forceUpdate: true })
        .catch(() => {});
    }
  }
}
