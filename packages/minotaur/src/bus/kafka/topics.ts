/** Topics of a bus, made with the settings that it rests on. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { TopicName } from '../recovery/contract.ts';
import type { BusAddress, BusSettings } from './address.ts';
import { connectionOptions, isOf, lastWordsOf, loadKafka } from './client.ts';

/** What became of a topic. */
export interface MadeTopic {
  /** Its name in Kafka. */
  readonly topic: string;
  /** How many it has. */
  readonly partitions: number;
  /** Whether it was made now; it was there otherwise, and is as it was. */
  readonly made: boolean;
}

/** Kept small, so that snapshots that are no longer the newest are cleared away. */
const SNAPSHOT_SEGMENT_BYTES = 256 * 1024 * 1024;
const HOUR_MS = 3_600_000;

function settingsOf(name: TopicName, { minInSync, maxMessageBytes, retentionHours }: BusSettings['topics']) {
  const common = { 'min.insync.replicas': minInSync, 'max.message.bytes': maxMessageBytes };
  const kept = retentionHours === 0 ? -1 : Math.round(retentionHours * HOUR_MS);
  const own =
    name === 'snapshots'
      ? { 'cleanup.policy': 'compact', 'segment.bytes': SNAPSHOT_SEGMENT_BYTES }
      : { 'cleanup.policy': 'delete', 'retention.ms': kept };
  return Object.entries({ ...common, ...own }).map(([key, value]) => ({ name: key, value: String(value) }));
}

/**
 * Makes the topics that are not there.
 * @throws {MinotaurError} where the cluster refuses, or one is there with another number of partitions: a chain would be elsewhere
 */
export async function makeTopics(
  address: BusAddress,
  settings: BusSettings,
  topics: Readonly<Partial<Record<TopicName, string>>>,
): Promise<MadeTopic[]> {
  const kafka = await loadKafka();
  const admin = new kafka.Admin({ ...connectionOptions(address, settings), retries: 5 });
  const where = `kafka://${address.brokers.join(',')}`;
  const { partitions, replicas } = settings.topics;
  const made: MadeTopic[] = [];
  try {
    for (const [name, topic] of Object.entries(topics) as [TopicName, string][]) {
      try {
        await admin.createTopics({ topics: [topic], partitions, replicas, configs: settingsOf(name, settings.topics) });
        made.push({ topic, partitions, made: true });
      } catch (error) {
        if (!isOf(error, 'TOPIC_ALREADY_EXISTS')) return fail('input', where, `the topic ${topic}`, lastWordsOf(error));
        const metadata = await admin.metadata({ topics: [topic] });
        const found = metadata.topics.get(topic)?.partitionsCount ?? 0;
        if (found !== partitions) fail('state', topic, `${partitions} partitions`, `${found}`);
        made.push({ topic, partitions: found, made: false });
      }
    }
  } finally {
    await admin.close();
  }
  return made;
}
