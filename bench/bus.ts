/** The bus: a worker beside the bare engine, bytes a trade, from produce to row, a take-over; brokers on this machine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Plan } from '../packages/core/src/chain/plan.ts';
import { createEngine, planOf } from '../packages/core/src/config/engine.ts';
import { parseConfig } from '../packages/core/src/config/config.ts';
import { presets } from '../packages/core/src/config/presets.ts';
import { sliceTrades, type TradeBlock } from '../packages/core/src/trades/trade.ts';
import { open } from '../packages/minotaur/src/bus/codec/envelope.ts';
import { encodeEvents } from '../packages/minotaur/src/bus/codec/events.ts';
import { openFeed } from '../packages/minotaur/src/bus/feed/feed.ts';
import { loadBusSettings, parseBusAddress } from '../packages/minotaur/src/bus/kafka/address.ts';
import { openKafkaLog } from '../packages/minotaur/src/bus/kafka/kafka-log.ts';
import { makeTopics } from '../packages/minotaur/src/bus/kafka/topics.ts';
import type { Feed, Log } from '../packages/minotaur/src/bus/log/contract.ts';
import type { Outgoing } from '../packages/minotaur/src/bus/recovery/contract.ts';
import { topicsOf } from '../packages/minotaur/src/bus/log/topics.ts';
import { createChains } from '../packages/minotaur/src/bus/worker/chains.ts';
import { startWorker, type BusWorker } from '../packages/minotaur/src/bus/worker/worker.ts';
import { nodeHashing } from '../packages/minotaur/src/node/hashing.ts';
import { startBrokers, whyNoBrokers } from '../test/bus/brokers.ts';
import { quantile, summary, type Figure } from './harness.ts';
import { simulatedBlock } from './trades.ts';

export const title = 'The bus, complete preset, one broker on this machine';

const TRADES = 4_000_000;
/** Of these, before a worker is measured: a thread that has just begun compiles what it runs. */
const WARM = 1_000_000;
const TURNS = 3;
const BATCH = 1000;
/** Messages of one write, where nobody waits for the first of them. */
const A_WRITE = 50;
const PARTITIONS = 8;
/** Of two owners: half of them move. */
const SYMBOLS = 200;
const SESSION_SECONDS = 2;
const OWNER = fileURLToPath(new URL('./bus-owner.ts', import.meta.url));
const OF = { text: '', maxSilence: Infinity } as const;

function messageOf(chain: string, first: number, block: TradeBlock): Uint8Array {
  const events = [{ kind: 'trades', instrument: 0, origin: OF, block, arrival: undefined }] as const;
  return encodeEvents({ chain, epoch: 0, first, instruments: [chain], events });
}

interface Bus {
  readonly name: string;
  readonly openLog: () => Promise<Log>;
  readonly feed: () => Feed;
  readonly chains: ReturnType<typeof createChains>;
}

let takeOvers = 0;

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

async function until(worker: BusWorker, enough: (events: number) => boolean): Promise<void> {
  while (!enough(worker.status().events)) await setTimeout(5);
}

interface Running {
  readonly log: Log;
  readonly worker: BusWorker;
  stop(): Promise<void>;
}

export async function start(
  { openLog, feed: openItsFeed, chains, name }: Bus,
  keepsSnapshots = false,
): Promise<Running> {
  const log = await openLog();
  const feed = openItsFeed();
  const worker = await startWorker({ log, feed, chains, group: name, snapshotSeconds: 10, keepsSnapshots });
  const stop = async (): Promise<void> => {
    await worker.stop();
    await feed.close();
    await log.close();
  };
  return { log, worker, stop };
}

const one = (name: string, unit: string, value: number, extra: Pick<Figure, 'asked' | 'note'> = {}): Figure =>
  summary(name, unit, [value], extra);

/** What a trade took, microseconds: of the clock, of the processors as this process had them, and of the thread of its engine. */
interface Spent {
  readonly wall: number;
  readonly cpu: number;
  readonly thread: number;
}

async function spent(trades: number, work: () => void | Promise<void>): Promise<Spent> {
  const [started, before, own] = [performance.now(), process.cpuUsage(), process.threadCpuUsage()];
  await work();
  const [all, thread] = [process.cpuUsage(before), process.threadCpuUsage(own)];
  return {
    wall: ((performance.now() - started) * 1000) / trades,
    cpu: (all.user + all.system) / trades,
    thread: (thread.user + thread.system) / trades,
  };
}

/** The bare engine: the same pushes, rows and all, given to nobody. */
function pushAll(plan: Plan, block: TradeBlock): void {
  const engine = createEngine(plan, {}, { hashing: nodeHashing });
  for (let at = 0; at < block.length; at += BATCH)
    engine.push(sliceTrades(block, at, at + BATCH), { maxSilence: Infinity });
}

async function writeAll(bus: Bus, block: TradeBlock): Promise<number> {
  const log = await bus.openLog();
  const { signal } = new AbortController();
  let bytes = 0;
  for (let from = 0; from < block.length; from += A_WRITE * BATCH) {
    const messages: Outgoing[] = [];
    for (let at = from; at < Math.min(block.length, from + A_WRITE * BATCH); at += BATCH) {
      const value = messageOf('AAA', at, sliceTrades(block, at, at + BATCH));
      bytes += value.length;
      messages.push({ topic: 'events', key: 'AAA', value });
    }
    await log.write(0, messages, signal);
  }
  await log.close();
  return bytes;
}

/** Trades that lie there, by the engine alone and by a worker, in turns; and what they weigh. The first turn warms up. */
async function throughput(addresses: string): Promise<Figure[]> {
  const config = parseConfig(presets.minotaur);
  const plan = planOf(config);
  const block = simulatedBlock(TRADES, 2);
  const [engines, workers]: [Spent[], Spent[]] = [[], []];
  let bytes = 0;
  let rows = 0;
  for (let turn = 0; turn <= TURNS; turn++) {
    const bus = await makeBus(addresses, `speed${turn}`, config);
    bytes = await writeAll(bus, block);
    const engine = await spent(TRADES, () => pushAll(plan, block));
    const running = await start(bus);
    await until(running.worker, (events) => events > WARM);
    const from = running.worker.status().events;
    const worker = await spent(TRADES - from, () => until(running.worker, (events) => events === TRADES));
    ({ rows } = running.worker.status());
    await running.stop();
    if (turn > 0) engines.push(engine);
    if (turn > 0) workers.push(worker);
  }
  const ratios = (of: keyof Spent): number[] => engines.map((engine, i) => engine[of] / workers[i][of]);
  const note = `${rows} rows of ${TRADES} trades`;
  const each = (list: readonly Spent[]): number[] => list.map(({ cpu }) => cpu);
  return [
    one('bytes a trade, messages of 1,000', 'B', bytes / TRADES, { asked: { under: 7 } }),
    summary('engine alone, processor time a trade', 'us', each(engines), { note }),
    summary('worker, processor time a trade', 'us', each(workers)),
    summary('worker / engine, trades a processor second', 'x', ratios('cpu')),
    summary('  of the thread of the engine', 'x', ratios('thread')),
    summary('worker / engine, trades a second', 'x', ratios('wall'), { asked: { least: 0.8 } }),
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
      // Rows that waited for each other are a message.
      for (const { value, offset } of records)
        for (let rows = open(value, `rows at ${offset}`).count; rows > 0; rows--)
          took.push(performance.now() - sent[took.length]);
  })();
  for (let i = 0; i < 600; i++) {
    const value = messageOf('AAA', i, sliceTrades(block, i, i + 1));
    sent.push(performance.now());
    await log.write(0, [{ topic: 'events', key: 'AAA', value }], stop.signal);
    await setTimeout(5);
  }
  while (took.length < 600) await setTimeout(5);
  stop.abort();
  await reading;
  await running.stop();
  const sorted = Float64Array.from(took.slice(100)).sort();
  return [
    one('produce to row: p50', 'ms', quantile(sorted, 0.5), { asked: { under: 10 }, note: `${sorted.length} rows` }),
    one('produce to row: p99', 'ms', quantile(sorted, 0.99), { asked: { under: 50 } }),
  ];
}

/**
 * Symbols of the complete preset are shared by this process and another, which is killed: until this one has all of them, beyond the time
 * after which the other is missed.
 */
async function takeOver(addresses: string, keepsSnapshots: boolean): Promise<number> {
  const bus = await makeBus(
    addresses,
    `takeover${keepsSnapshots ? 'kept' : ''}${takeOvers++}`,
    parseConfig(presets.minotaur),
  );
  const here = await start(bus, keepsSnapshots);
  const block = simulatedBlock(2000, 4);
  for (let s = 0; s < SYMBOLS; s++) {
    const chain = `SYM${s}`;
    const message = { topic: 'events', key: chain, value: messageOf(chain, 0, block) } as const;
    await here.log.write(s % PARTITIONS, [message], new AbortController().signal);
  }
  await until(here.worker, (events) => events === SYMBOLS * 2000);
  const other = spawn(process.execPath, [...process.execArgv, OWNER, addresses, bus.name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(other.stdout, 'data');
  while (here.worker.status().partitions.length === PARTITIONS) await setTimeout(5);
  // What it took over is in snapshots of its own, and is read here where they are kept.
  await setTimeout(1500);
  const before = here.worker.status().chains;
  const started = performance.now();
  other.kill('SIGKILL');
  while (here.worker.status().begun < PARTITIONS) await setTimeout(2);
  const took = performance.now() - started - 1000 * SESSION_SECONDS;
  if (here.worker.status().chains - before !== SYMBOLS / 2) throw new Error(`${before} of ${SYMBOLS} chains before`);
  await here.stop();
  return took;
}

async function takenOver(addresses: string): Promise<Figure[]> {
  const [read, kept]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < TURNS; turn++) {
    read.push(await takeOver(addresses, false));
    kept.push(await takeOver(addresses, true));
  }
  const extra = { asked: { under: 1000 }, note: `${SYMBOLS / 2} symbols` };
  return [
    summary('take-over after a kill, beyond the session', 'ms', read, extra),
    summary('  with --standby', 'ms', kept, extra),
  ];
}

export async function benches(): Promise<Figure[]> {
  const missing = await whyNoBrokers();
  if (missing !== undefined) throw new Error(missing);
  const directory = mkdtempSync(join(tmpdir(), 'minotaur-bench-bus-'));
  const brokers = await startBrokers(directory, 1, 21_290);
  try {
    const { addresses } = brokers;
    return [...(await throughput(addresses)), ...(await latency(addresses)), ...(await takenOver(addresses))];
  } finally {
    await brokers.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
