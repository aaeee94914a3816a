/** The bus: a worker beside the bare engine, bytes a trade, from produce to row, a take-over; brokers on this machine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createEngine, planOf } from '../packages/core/src/config/engine.ts';
import { parseConfig } from '../packages/core/src/config/config.ts';
import { presets } from '../packages/core/src/config/presets.ts';
import { sliceTrades, type TradeBlock } from '../packages/core/src/trades/trade.ts';
import { encodeEvents } from '../packages/minotaur/src/bus/codec/events.ts';
import { loadBusSettings, parseBusAddress } from '../packages/minotaur/src/bus/kafka/address.ts';
import { openKafkaLog } from '../packages/minotaur/src/bus/kafka/kafka-log.ts';
import { makeTopics } from '../packages/minotaur/src/bus/kafka/topics.ts';
import type { Log } from '../packages/minotaur/src/bus/log/contract.ts';
import { topicsOf } from '../packages/minotaur/src/bus/log/topics.ts';
import { createChains } from '../packages/minotaur/src/bus/worker/chains.ts';
import { startWorker, type BusWorker } from '../packages/minotaur/src/bus/worker/worker.ts';
import { startBrokers, whyNoBrokers } from '../test/bus/brokers.ts';
import { quantile, summary, type Figure } from './harness.ts';
import { simulatedBlock } from './trades.ts';

export const title = 'The bus, complete preset, one broker on this machine';

const TRADES = 300_000;
const BATCH = 1000;
const SYMBOLS = 100;
const OF = { text: '', maxSilence: Infinity } as const;

function messageOf(chain: string, first: number, block: TradeBlock): Uint8Array {
  const events = [{ kind: 'trades', instrument: 0, origin: OF, block, arrival: undefined }] as const;
  return encodeEvents({ chain, epoch: 0, first, instruments: [chain], events });
}

interface Bus {
  readonly name: string;
  readonly open: () => Promise<Log>;
  readonly chains: ReturnType<typeof createChains>;
}

async function makeBus(addresses: string, name: string, config: ReturnType<typeof parseConfig>): Promise<Bus> {
  const chains = createChains(config);
  const address = parseBusAddress(`kafka://${addresses}/${name}`);
  const settings = await loadBusSettings(undefined);
  const own = {
    ...settings,
    sessionSeconds: 2,
    topics: { ...settings.topics, partitions: 8, replicas: 1, minInSync: 1 },
  };
  const topics = topicsOf(name, chains.plan.schema.id);
  await makeTopics(address, own, topics);
  return { name, chains, open: () => openKafkaLog({ address, settings: own, topics }) };
}

async function until(worker: BusWorker, enough: (events: number) => boolean): Promise<void> {
  while (!enough(worker.status().events)) await setTimeout(2);
}

const start = async ({ open, chains, name }: Bus): Promise<{ log: Log; worker: BusWorker }> => {
  const log = await open();
  return { log, worker: await startWorker({ log, chains, group: name, snapshotSeconds: 10 }) };
};

const one = (name: string, unit: string, value: number, extra: Pick<Figure, 'asked' | 'note'> = {}): Figure =>
  summary(name, unit, [value], extra);

/** Trades that lie there, by a worker and by the engine alone; and what they weigh. */
async function throughput(addresses: string): Promise<Figure[]> {
  const config = parseConfig(presets.minotaur);
  const bus = await makeBus(addresses, 'speed', config);
  const block = simulatedBlock(TRADES, 2);
  const plan = planOf(config);
  const bare = (): number => {
    const engine = createEngine(plan, {});
    const started = performance.now();
    for (let at = 0; at < TRADES; at += BATCH)
      engine.push(sliceTrades(block, at, at + BATCH), { maxSilence: Infinity });
    return TRADES / ((performance.now() - started) / 1000);
  };
  bare();
  const log = await bus.open();
  const { signal } = new AbortController();
  let bytes = 0;
  for (let at = 0; at < TRADES; at += BATCH) {
    const value = messageOf('AAA', at, sliceTrades(block, at, at + BATCH));
    bytes += value.length;
    await log.write(0, [{ topic: 'events', key: 'AAA', value }], signal);
  }
  await log.close();
  const engine = bare();
  const running = await start(bus);
  await until(running.worker, (events) => events > 0);
  const [from, started] = [running.worker.status().events, performance.now()];
  await until(running.worker, (events) => events === TRADES);
  const worked = (TRADES - from) / ((performance.now() - started) / 1000);
  await running.worker.stop();
  await running.log.close();
  return [
    one('bytes a trade, messages of 1,000', 'B', bytes / TRADES, { asked: { under: 7 } }),
    one('engine alone', 'trades/s', engine),
    one('worker', 'trades/s', worked),
    one('worker / engine', 'x', worked / engine, { asked: { least: 0.8 } }),
  ];
}

/** Single trades, each of which gives a row: from before it is written to after its row is read. */
async function latency(addresses: string): Promise<Figure[]> {
  const config = parseConfig({ clocks: { each: { bars: 'tick', threshold: 1 } }, features: { each: ['close'] } });
  const bus = await makeBus(addresses, 'latency', config);
  const running = await start(bus);
  const { log } = running;
  const stop = new AbortController();
  const block = simulatedBlock(600, 3);
  const sent: number[] = [];
  const took: number[] = [];
  const reading = (async () => {
    for await (const { records } of log.read('rows', 0, 0, stop.signal))
      for (const _ of records) took.push(performance.now() - sent[took.length]);
  })();
  for (let i = 0; i < 600; i++) {
    const value = messageOf('AAA', i, sliceTrades(block, i, i + 1));
    sent.push(performance.now());
    await log.write(0, [{ topic: 'events', key: 'AAA', value }], stop.signal);
    await setTimeout(5);
  }
  while (took.length < 590) await setTimeout(5);
  stop.abort();
  await reading;
  await running.worker.stop();
  await log.close();
  const sorted = Float64Array.from(took.slice(100)).sort();
  return [
    one('produce to row: p50', 'ms', quantile(sorted, 0.5), { asked: { under: 10 }, note: `${sorted.length} rows` }),
    one('produce to row: p99', 'ms', quantile(sorted, 0.99), { asked: { under: 50 } }),
  ];
}

/** A hundred symbols of the complete preset, whose owner has gone: until another has all of them. */
async function takeOver(addresses: string): Promise<Figure[]> {
  const bus = await makeBus(addresses, 'takeover', parseConfig(presets.minotaur));
  const first = await start(bus);
  const block = simulatedBlock(2000, 4);
  const { signal } = new AbortController();
  for (let s = 0; s < SYMBOLS; s++) {
    const chain = `SYM${s}`;
    await first.log.write(s % 8, [{ topic: 'events', key: chain, value: messageOf(chain, 0, block) }], signal);
  }
  await until(first.worker, (events) => events === SYMBOLS * 2000);
  await first.worker.stop();
  await first.log.close();
  const started = performance.now();
  const second = await start(bus);
  while (second.worker.status().begun < 8) await setTimeout(2);
  const took = performance.now() - started;
  const { chains } = second.worker.status();
  await second.worker.stop();
  await second.log.close();
  return [
    one('take-over beyond the session', 'ms', took, {
      asked: { under: 1000 },
      note: `${chains} symbols, with joining`,
    }),
  ];
}

export async function benches(): Promise<Figure[]> {
  const missing = await whyNoBrokers();
  if (missing !== undefined) throw new Error(missing);
  const directory = mkdtempSync(join(tmpdir(), 'minotaur-bench-bus-'));
  const brokers = await startBrokers(directory, 1, 19_890);
  try {
    const { addresses } = brokers;
    return [...(await throughput(addresses)), ...(await latency(addresses)), ...(await takeOver(addresses))];
  } finally {
    await brokers.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
