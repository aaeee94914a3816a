/** The bus: a worker beside the bare engine, bytes a trade, from produce to row, a take-over; brokers on this machine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseConfig } from '../packages/core/src/config/config.ts';
import { presets } from '../packages/core/src/config/presets.ts';
import { open } from '../packages/minotaur/src/bus/codec/envelope.ts';
import { sliceTrades } from '../packages/core/src/trades/trade.ts';
import { startBrokers, whyNoBrokers } from '../test/bus/brokers.ts';
import { throughput } from './bus-throughput.ts';
import { makeBus, messageOf, PARTITIONS, SESSION_SECONDS, start, until } from './bus-worker.ts';
import { quantile, summary, type Figure } from './harness.ts';
import { simulatedBlock } from './trades.ts';

export const title = 'The bus, complete preset, one broker on this machine';

const TURNS = 5;
/** Of two owners: half of them move. */
const SYMBOLS = 200;
const OWNER = fileURLToPath(new URL('./bus-owner.ts', import.meta.url));

let takeOvers = 0;

const one = (name: string, unit: string, value: number, extra: Pick<Figure, 'asked' | 'note'> = {}): Figure =>
  summary(name, unit, [value], extra);

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

/** Milliseconds. */
interface TakenOver {
  /** Until all is its own, beyond the time after which the other is missed. */
  readonly beyond: number;
  /** Of it, since it heard that all is. When that is depends on where between two heartbeats the other was killed. */
  readonly heard: number;
}

/** Symbols of the complete preset are shared by this process and another, which is killed. */
async function takeOver(addresses: string, keepsSnapshots: boolean): Promise<TakenOver> {
  const bus = await makeBus(
    addresses,
    `takeover${keepsSnapshots ? 'kept' : ''}${takeOvers++}`,
    parseConfig(presets.minotaur),
  );
  let heard = NaN;
  const onNote = (words: string): void => void (words.startsWith('owns ') && (heard = performance.now()));
  const here = await start(bus, { keepsSnapshots, ears: { onNote } });
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
  const ended = performance.now();
  if (here.worker.status().chains - before !== SYMBOLS / 2) throw new Error(`${before} of ${SYMBOLS} chains before`);
  await here.stop();
  return { beyond: ended - started - 1000 * SESSION_SECONDS, heard: ended - heard };
}

async function takenOver(addresses: string): Promise<Figure[]> {
  const [read, kept]: [TakenOver[], TakenOver[]] = [[], []];
  for (let turn = 0; turn < TURNS; turn++) {
    read.push(await takeOver(addresses, false));
    kept.push(await takeOver(addresses, true));
  }
  const each = (name: string, list: readonly TakenOver[], of: keyof TakenOver, extra = {}): Figure =>
    summary(
      name,
      'ms',
      list.map((turn) => turn[of]),
      extra,
    );
  const extra = { asked: { under: 1000 }, note: `${SYMBOLS / 2} symbols` };
  return [
    each('take-over after a kill, beyond the session', read, 'beyond', extra),
    each('  of it, since it owned them', read, 'heard'),
    each('  with --standby', kept, 'beyond', extra),
    each('  of it, since it owned them', kept, 'heard'),
  ];
}

export async function benches(): Promise<Figure[]> {
  const missing = await whyNoBrokers();
  if (missing !== undefined) throw new Error(missing);
  const directory = mkdtempSync(join(tmpdir(), 'minotaur-bench-bus-'));
  const brokers = await startBrokers(directory, 1, 21_290);
  try {
    const { addresses } = brokers;
    const broker = Number(readFileSync(join(directory, '1.pid'), 'utf8'));
    return [...(await throughput(addresses, broker)), ...(await latency(addresses)), ...(await takenOver(addresses))];
  } finally {
    await brokers.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}
