/** A member that joins while the coordinator of its group is cut off from the other brokers, and is the only address that it was given. */
import { setTimeout as pause } from 'node:timers/promises';
import { loadBusSettings } from '../../packages/minotaur/src/bus/kafka/address.ts';
import { loadKafka } from '../../packages/minotaur/src/bus/kafka/client.ts';
import { openKafkaLog } from '../../packages/minotaur/src/bus/kafka/kafka-log.ts';
import { makeTopics } from '../../packages/minotaur/src/bus/kafka/topics.ts';
import { topicsOf } from '../../packages/minotaur/src/bus/log/topics.ts';
import { startBrokers } from './brokers.ts';
import { addressOn, createNetwork, onNode } from './network.ts';

export interface JoiningOptions {
  readonly directory: string;
  /** The network is whole again after so many seconds. */
  readonly seconds: number;
  readonly say?: (words: string) => void;
}

export interface JoiningReport {
  /** Seconds until partitions were its own. */
  readonly joined: number;
  /** What it told of. */
  readonly said: readonly string[];
}

const BROKERS = 3;
const GROUP = 'joining';

/** In a sandbox. */
export async function runJoining({ directory, seconds, say = () => {} }: JoiningOptions): Promise<JoiningReport> {
  const network = createNetwork({ brokers: BROKERS, workers: 0 });
  const { addresses } = await startBrokers(`${directory}/brokers`, BROKERS, 19_090, {
    HOST: addressOn('clients', '%'),
    INNER: addressOn('inner', '%'),
    INSIDE: onNode('%').join(' '),
  });
  const brokers = addresses.split(',');
  const topics = topicsOf('joining', 'ab'.repeat(32));
  const defaults = await loadBusSettings(undefined);
  const settings = { ...defaults, sessionSeconds: 3, topics: { ...defaults.topics, partitions: 4 } };
  await makeTopics({ brokers, prefix: 'joining' }, settings, { events: topics.events });

  const kafka = await loadKafka();
  const asker = new kafka.Consumer({ clientId: 'asker', groupId: GROUP, bootstrapBrokers: brokers, retries: 20 });
  const coordinator = await asker.findGroupCoordinator();
  await asker.close(true);
  say(`broker ${coordinator} coordinates the group, and is cut off from the others`);
  network.cut(coordinator, 'inner');
  await pause(1000);

  const said: string[] = [];
  const onTrouble = (words: string): void => {
    said.push(words);
    say(words);
  };
  const log = await openKafkaLog({
    address: { brokers: [brokers[coordinator - 1]], prefix: 'joining' },
    settings,
    topics,
    onTrouble,
  });
  const began = performance.now();
  const healed = pause(1000 * seconds, undefined, { ref: false }).then(() => network.heal(coordinator, 'inner'));
  let joined = NaN;
  await log.join(GROUP, {
    onOwn: () => (joined = (performance.now() - began) / 1000),
    onTrouble,
  });
  while (Number.isNaN(joined)) await pause(50);
  say(`its partitions are its own after ${joined.toFixed(1)} s`);
  void healed;
  await log.close();
  return { joined, said };
}
