/**
 * Trades that lie in a log, by the engine alone and by a worker, in turns, and what they weigh. Beside the clock stands whose processor
 * time it was: a broker on the same cores, and whoever else runs there, slow the worker and not the engine.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Plan } from '../packages/core/src/chain/plan.ts';
import { parseConfig } from '../packages/core/src/config/config.ts';
import { createEngine, planOf } from '../packages/core/src/config/engine.ts';
import { presets } from '../packages/core/src/config/presets.ts';
import { sliceTrades, type TradeBlock } from '../packages/core/src/trades/trade.ts';
import { sealed } from '../packages/minotaur/src/bus/codec/envelope.ts';
import type { Outgoing } from '../packages/minotaur/src/bus/recovery/contract.ts';
import { nodeHashing } from '../packages/minotaur/src/node/hashing.ts';
import { makeBus, messageOf, start, until, type Bus } from './bus-worker.ts';
import { summary, type Figure } from './harness.ts';
import { simulatedBlock } from './trades.ts';

const TRADES = 4_000_000;
/** A chain each, whose worker goes on in the threads of the one before: those that have just begun compile what they run. */
const TURNS = 5;
/** Turns before, until next to nothing is compiled any more. */
const WARM_UP = 5;
const BATCH = 1000;
/** Messages of one write, where nobody waits for the first of them. */
const A_WRITE = 50;
/** Of the clock of processor times that Linux counts, microseconds. */
const TICK = 10_000;

/** What a trade took, microseconds: of the clock, and of processors as this process, its main thread, the broker and all others had them. */
interface Spent {
  readonly wall: number;
  readonly process: number;
  readonly thread: number;
  readonly broker: number;
  readonly others: number;
}

/** Microseconds of processor time so far: of a process, and of everybody; 0 where the system does not say. */
function spentBy(process: number): { readonly one: number; readonly all: number } {
  try {
    const stat = readFileSync(`/proc/${process}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [user, nice, system, , , irq, soft] = readFileSync('/proc/stat', 'utf8').split(/\s+/).slice(1).map(Number);
    return { one: TICK * (Number(fields[11]) + Number(fields[12])), all: TICK * (user + nice + system + irq + soft) };
  } catch {
    return { one: 0, all: 0 };
  }
}

async function spent(broker: number, trades: number, work: () => void | Promise<void>): Promise<Spent> {
  const before = spentBy(broker);
  const [started, own, main] = [performance.now(), process.cpuUsage(), process.threadCpuUsage()];
  await work();
  const wall = 1000 * (performance.now() - started);
  const [all, thread, after] = [process.cpuUsage(own), process.threadCpuUsage(main), spentBy(broker)];
  const ofProcess = all.user + all.system;
  const ofBroker = after.one - before.one;
  return {
    wall: wall / trades,
    process: ofProcess / trades,
    thread: (thread.user + thread.system) / trades,
    broker: ofBroker / trades,
    others: Math.max(0, after.all - before.all - ofProcess - ofBroker) / trades,
  };
}

/** The bare engine: the same pushes as messages have, rows and all, given to nobody. */
function pushAll(plan: Plan, block: TradeBlock): void {
  const engine = createEngine(plan, {}, { hashing: nodeHashing });
  for (let at = 0; at < block.length; at += BATCH)
    engine.push(sliceTrades(block, at, at + BATCH), { maxSilence: Infinity });
}

function messagesOf(chain: string, block: TradeBlock): Outgoing[] {
  const messages: Outgoing[] = [];
  for (let at = 0; at < block.length; at += BATCH)
    messages.push({ topic: 'events', key: chain, value: messageOf(chain, at, sliceTrades(block, at, at + BATCH)) });
  return messages;
}

async function writeAll(bus: Bus, messages: readonly Outgoing[]): Promise<void> {
  const log = await bus.openLog();
  const { signal } = new AbortController();
  for (let at = 0; at < messages.length; at += A_WRITE) await log.write(0, messages.slice(at, at + A_WRITE), signal);
  await log.close();
}

export async function throughput(addresses: string, broker: number): Promise<Figure[]> {
  const config = parseConfig(presets.minotaur);
  const plan = planOf(config);
  const block = simulatedBlock(TRADES, 2);
  const bus = await makeBus(addresses, 'speed', config);
  const feed = bus.feed();
  const [engines, workers]: [Spent[], Spent[]] = [[], []];
  let [rows, bytes] = [0, 0];
  for (let turn = 0; turn < WARM_UP + TURNS; turn++) {
    const messages = messagesOf(`SYM${turn}`, block);
    bytes = messages.reduce((sum, { value }) => sum + sealed(value).length, 0);
    await writeAll(bus, messages);
    const engine = await spent(broker, TRADES, () => pushAll(plan, block));
    const running = await start(bus, { feed });
    await until(running.worker, (events) => events > 0);
    const from = running.worker.status().events;
    const worker = await spent(broker, TRADES - from, () => until(running.worker, (events) => events === TRADES));
    ({ rows } = running.worker.status());
    await running.stop();
    if (turn < WARM_UP) continue;
    engines.push(engine);
    workers.push(worker);
  }
  await feed.close();
  const bytesEach = summary('bytes a trade, messages of 1,000', 'B', [bytes / TRADES], { asked: { under: 7 } });
  return [bytesEach, ...figuresOf(engines, workers, `${rows} rows of ${TRADES} trades`)];
}

function figuresOf(engines: readonly Spent[], workers: readonly Spent[], note: string): Figure[] {
  const each = (name: string, list: readonly Spent[], of: keyof Spent, extra = {}): Figure =>
    summary(
      name,
      'us',
      list.map((one) => one[of]),
      extra,
    );
  const ratios = (of: keyof Spent): number[] => engines.map((engine, i) => engine[of] / workers[i][of]);
  // No clock can show less than the busiest thread takes, nor than all of them take on all cores.
  const cores = availableParallelism();
  const alone = engines.map(({ wall }, i) => {
    const { thread, process: ofProcess, broker } = workers[i];
    return wall / Math.max(thread, (ofProcess + broker) / cores);
  });
  return [
    each('engine alone, processor time a trade', engines, 'process', { note }),
    each('worker, processor time a trade', workers, 'process'),
    each('  of these the thread of the engine', workers, 'thread'),
    each('  beside it the broker', workers, 'broker'),
    each('  and everybody else', workers, 'others'),
    summary('worker / engine, trades a processor second', 'x', ratios('process')),
    summary('  of the thread of the engine', 'x', ratios('thread')),
    summary('worker / engine, trades a second', 'x', ratios('wall'), { asked: { least: 0.8 } }),
    summary('  at most, did nobody else run', 'x', alone, { note: `the broker on the same ${cores} cores` }),
  ];
}
