/** A log in memory: topics of partitions, one member a group, and what a test does to it. */
import { setTimeout } from 'node:timers/promises';
import { sealed } from '../packages/minotaur/src/bus/codec/envelope.ts';
import type { Log, MemberEars } from '../packages/minotaur/src/bus/log/contract.ts';
import type { LogRecord, Outgoing, TopicName } from '../packages/minotaur/src/bus/recovery/contract.ts';

export interface MemoryLog extends Log {
  records(topic: TopicName, partition?: number): readonly LogRecord[];
  /** Takes nothing while it is so: whoever writes waits. */
  away: boolean;
  /** Is given what is written, before it is; what it throws is what the writer hears. */
  onWrite: (messages: readonly Outgoing[]) => void;
}

export function memoryLog(partitions = 1): MemoryLog {
  const topics = new Map<string, LogRecord[]>();
  const at = (topic: TopicName, partition: number): LogRecord[] => {
    const key = `${topic} ${partition}`;
    const found = topics.get(key) ?? [];
    topics.set(key, found);
    return found;
  };
  const log: MemoryLog = {
    away: false,
    onWrite: () => {},
    records: (topic, partition = 0) => at(topic, partition),
    partitions: async () => partitions,
    range: async (topic, partition) => ({ first: 0, end: at(topic, partition).length }),
    async *read(topic, partition, from, signal) {
      for (let next = from; !signal.aborted;) {
        const records = at(topic, partition).slice(next, next + 100);
        next += records.length;
        if (records.length > 0) yield { records, next };
        else await setTimeout(2, undefined, { signal }).catch(() => {});
      }
    },
    async write(partition, messages, signal) {
      while (log.away) await setTimeout(2, undefined, { signal });
      log.onWrite(messages);
      return messages.map(({ topic, key, value }) => {
        const records = at(topic, partition);
        records.push({ offset: records.length, key, value: sealed(value) });
        return records.length - 1;
      });
    },
    async join(_group: string, ears: MemberEars) {
      ears.onOwn(
        Array.from({ length: partitions }, (_, i) => i),
        false,
      );
      return { say() {}, leave: async () => {} };
    },
    close: async () => {},
  };
  return log;
}
