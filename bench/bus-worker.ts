/** A bus of a benchmark, and a worker on it. */
import { setTimeout } from 'node:timers/promises';
import type { parseConfig } from '../packages/core/src/config/config.ts';
import type { TradeBlock } from '../packages/core/src/trades/trade.ts';
import { encodeEvents } from '../packages/minotaur/src/bus/codec/events.ts';
import { openFeed } from '../packages/minotaur/src/bus/feed/feed.ts';
import { loadBusSettings, parseBusAddress } from '../packages/minotaur/src/bus/kafka/address.ts';
import { openKafkaLog } from '../packages/minotaur/src/bus/kafka/kafka-log.ts';
import { makeTopics } from '../packages/minotaur/src/bus/kafka/topics.ts';
import type { Feed, Log } from '../packages/minotaur/src/bus/log/contract.ts';
import { topicsOf } from '../packages/minotaur/src/bus/log/topics.ts';
import { createChains } from '../packages/minotaur/src/bus/worker/chains.ts';
import { markAsOldGrow } from '../packages/minotaur/src/node/collector.ts';
import { startWorker, type BusWorker, type WorkerOptions } from '../packages/minotaur/src/bus/worker/worker.ts';

export const PARTITIONS = 8;
export const SESSION_SECONDS = 2;
const OF = { text: '', maxSilence: Infinity } as const;

export function messageOf(chain: string, first: number, block: TradeBlock): Uint8Array {
  const events = [{ kind: 'trades', instrument: 0, origin: OF, block, arrival: undefined }] as const;
  return encodeEvents({ chain, epoch: 0, first, instruments: [chain], events });
}

export interface Bus {
  readonly name: string;
  readonly openLog: () => Promise<Log>;
  readonly feed: () => Feed;
  readonly chains: ReturnType<typeof createChains>;
}

export async function makeBus(addresses: string, name: string, config: ReturnType<typeof parseConfig>): Promise<Bus> {
  const chains = createChains(config);
  const address = parseBusAddress(`kafka://${addresses}/${name}`);
  const settings = await loadBusSettings(undefined);
  const own = {
    ...settings,
    sessionSeconds: SESSION_SECONDS,
    topics: { ...settings.topics, partitions: PARTITIONS, replicas: 1, minInSync: 1 },
  };
  const topics = topicsOf(name, chains.plan.schema.id);
  await makeTopics(address, own, topics);
  const options = { address, settings: own, topics };
  return { name, chains, openLog: () => openKafkaLog(options), feed: () => openFeed(options) };
}

export async function until(worker: BusWorker, enough: (events: number) => boolean): Promise<void> {
  while (!enough(worker.status().events)) await setTimeout(5);
}

interface Running {
  readonly log: Log;
  readonly worker: BusWorker;
  stop(): Promise<void>;
}

interface StartOptions extends Pick<WorkerOptions, 'keepsSnapshots' | 'ears'> {
  /** One that is there, and stays; the worker has its own otherwise. */
  readonly feed?: Feed;
}

export async function start(bus: Bus, { feed: given, ...options }: StartOptions = {}): Promise<Running> {
  const { chains, name: group } = bus;
  const log = await bus.openLog();
  const feed = given ?? bus.feed();
  // As the command does.
  markAsOldGrow();
  const worker = await startWorker({ log, feed, chains, group, snapshotSeconds: 10, ...options });
  const stop = async (): Promise<void> => {
    await worker.stop();
    if (given === undefined) await feed.close();
    await log.close();
  };
  return { log, worker, stop };
}
