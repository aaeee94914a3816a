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
  /** `host:port` of all brokers that are known, the one that knows most first. */
  readonly addresses: () => readonly string[];
  readonly group: string;
  /** Of events. */
  readonly topic: string;
  readonly settings: BusSettings;
  readonly ears: MemberEars;
}

/** Joins, and joins again whatever happens, until it leaves. */
export async function joinGroup(
  kafka: KafkaClient,
  { base, addresses, group, topic, settings, ears }: Joining,
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
  const state = { left: false };
  let memberId: string | null = null;

  /** One that asks the broker at this address first who coordinates the group. */
  function memberAt(address: string): Consumer {
    const bootstrapBrokers = [address, ...addresses().filter((other) => other !== address)];
    const own = new kafka.Consumer({ ...base, bootstrapBrokers, groupId: group, ...times, partitionAssigner });
    own.topics.track(topic);
    own.on('consumer:group:join', () => {
      if (own !== consumer || state.left) return;
      const anew = memberId !== null && memberId !== own.memberId;
      memberId = own.memberId;
      ears.onOwn(own.assignments?.find((one) => one.topic === topic)?.partitions ?? [], anew);
    });
    own.on('consumer:group:rebalance', () => own === consumer && ears.onMoving?.());
    // Its heart has stopped: it is not a member any more, and does not know it.
    own.on('error', (error: Error) => {
      if (own !== consumer) return;
      ears.onTrouble?.(wordsOf(error));
      void setTimeout(PAUSE_MS).then(join);
    });
    own.on('consumer:heartbeat:error', ({ error }) => ears.onTrouble?.(wordsOf(error)));
    return own;
  }
  let consumer = memberAt(addresses()[0]);

  async function join(): Promise<void> {
    // A coordinator that is cut off from the others says for ever that it coordinates: every other broker is asked in turn.
    for (let turn = 1; !state.left; turn++) {
      try {
        await consumer.joinGroup({});
        return;
      } catch (error) {
        ears.onTrouble?.(wordsOf(error));
        await setTimeout(PAUSE_MS);
        const all = addresses();
        const failed = consumer;
        consumer = memberAt(all[turn % all.length]);
        void given(failed);
      }
    }
  }

  await join();
  return {
    say: createProgress(() => consumer, topic, ears),
    async leave() {
      if (state.left) return;
      state.left = true;
      const leaving = new Promise<void>((resolve) => consumer.leaveGroup(true, () => resolve()));
      await Promise.race([leaving, setTimeout(2000, undefined, { ref: false })]);
      await Promise.race([consumer.close(true).catch(() => {}), setTimeout(2000, undefined, { ref: false })]);
    },
  };
}

/** Gives a client up, with its connections: what it is asked to end may not be answered. */
async function given(consumer: Consumer): Promise<void> {
  await consumer.close(true).catch(() => {});
  await consumer.connections.close().catch(() => {});
}

/** Says how far partitions are: the newest of each, one question at a time. */
function createProgress(member: () => Consumer, topic: string, ears: MemberEars): Membership['say'] {
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
      await member()
        .commit({ offsets })
        .catch((error: unknown) => ears.onTrouble?.(wordsOf(error)));
    }
    saying = false;
  }
  return (partition, offset) => {
    said.set(partition, offset);
    void sayAll();
  };
}
