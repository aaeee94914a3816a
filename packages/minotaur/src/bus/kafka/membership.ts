/** Membership of a group: who owns which partitions of events. */
import { setTimeout } from 'node:timers/promises';
import type { BaseOptions, Consumer, GroupPartitionsAssigner } from '@platformatic/kafka';
import type { MemberEars, Membership } from '../log/contract.ts';
import type { BusSettings } from './address.ts';
import { assignPartitions } from './assigning.ts';
import { wordsOf, type KafkaClient } from './client.ts';

const PAUSE_MS = 200;
/** Of a session: how often a member says that it is there. */
const HEARTBEATS = 5;

export interface Joining {
  readonly base: BaseOptions;
  readonly group: string;
  /** Of events. */
  readonly topic: string;
  readonly settings: BusSettings;
  readonly ears: MemberEars;
}

/** Joins, and joins again whatever happens, until it leaves. */
export async function joinGroup(
  kafka: KafkaClient,
  { base, group, topic, settings, ears }: Joining,
): Promise<Membership> {
  const sessionTimeout = 1000 * settings.sessionSeconds;
  const partitionAssigner: GroupPartitionsAssigner = (_current, members, _topics, metadata) => {
    const count = metadata.topics.get(topic)?.partitionsCount ?? 0;
    const owned = assignPartitions([...members.keys()], count);
    return [...owned].map(([memberId, partitions]) => ({
      memberId,
      assignments: new Map([[topic, { topic, partitions }]]),
    }));
  };
  const times = { sessionTimeout, rebalanceTimeout: sessionTimeout, heartbeatInterval: sessionTimeout / HEARTBEATS };
  const consumer = new kafka.Consumer({ ...base, groupId: group, ...times, partitionAssigner });
  consumer.topics.track(topic);
  const state = { left: false };
  let memberId: string | null = null;

  async function join(): Promise<void> {
    while (!state.left) {
      try {
        await consumer.joinGroup({});
        return;
      } catch (error) {
        ears.onTrouble?.(wordsOf(error));
        await setTimeout(PAUSE_MS);
      }
    }
  }
  consumer.on('consumer:group:join', () => {
    const anew = memberId !== null && memberId !== consumer.memberId;
    memberId = consumer.memberId;
    const own = consumer.assignments?.find((one) => one.topic === topic)?.partitions ?? [];
    if (!state.left) ears.onOwn(own, anew);
  });
  consumer.on('consumer:group:rebalance', () => ears.onMoving?.());
  // Its heart has stopped: it is not a member any more, and does not know it.
  consumer.on('error', (error: Error) => {
    ears.onTrouble?.(wordsOf(error));
    void setTimeout(PAUSE_MS).then(join);
  });
  consumer.on('consumer:heartbeat:error', ({ error }) => ears.onTrouble?.(wordsOf(error)));

  await join();
  return {
    say: createProgress(consumer, topic, ears),
    async leave() {
      if (state.left) return;
      state.left = true;
      const leaving = new Promise<void>((resolve) => consumer.leaveGroup(true, () => resolve()));
      await Promise.race([leaving, setTimeout(2000, undefined, { ref: false })]);
      await Promise.race([consumer.close(true).catch(() => {}), setTimeout(2000, undefined, { ref: false })]);
    },
  };
}

/** Says how far partitions are: the newest of each, one question at a time. */
function createProgress(consumer: Consumer, topic: string, ears: MemberEars): Membership['say'] {
  const said = new Map<number, number>();
  let saying = false;
  async function sayAll(): Promise<void> {
    if (saying) return;
    saying = true;
    while (said.size > 0) {
      const offsets = [...said].map(([partition, offset]) => {
        return { topic, partition, offset: BigInt(offset), leaderEpoch: -1 };
      });
      said.clear();
      await consumer.commit({ offsets }).catch((error: unknown) => ears.onTrouble?.(wordsOf(error)));
    }
    saying = false;
  }
  return (partition, offset) => {
    said.set(partition, offset);
    void sayAll();
  };
}
