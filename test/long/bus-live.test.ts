/** `minotaur live --bus` with a broker: sessions, workers and the broker are killed, and the rows of the bus are those of the session. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openJournal } from '../../packages/minotaur/src/journal/reader.ts';
import { simulatedTrades } from '../../packages/minotaur/src/files/simulate.ts';
import { initBus } from '../../packages/minotaur/src/runs/bus/init.ts';
import { tailBus } from '../../packages/minotaur/src/runs/bus/tail.ts';
import { verifyBus } from '../../packages/minotaur/src/runs/bus/verify.ts';
import { openLocalVenue, type LocalVenue } from '../../packages/minotaur/src/venues/wire/local-venue.ts';
import { processSurroundings } from '../../packages/minotaur/src/venues/wire/surroundings.ts';
import { startBrokers, whyNoBrokers, type Brokers } from '../bus/brokers.ts';
import { busFiles, startProcess } from '../bus/trial.ts';
import { MAIN, nodeArguments } from '../cli.ts';

const missing = await whyNoBrokers();
const around = processSurroundings();
const CONFIG = `instruments: { SIMUSDT: { venue: binance-spot } }
clocks: { s: { bars: tick, threshold: 20 }, m: { from: s, count: 5 } }
features: { s: [close, "rsi(close, 14)", trade_imbalance], m: ["ema(close, 5)", volume] }
`;

interface Status {
  readonly state: string;
  readonly next: string;
  readonly bus?: { readonly events: number; readonly behind: number; readonly trouble: string | null };
}

void describe('a live session and a bus', { skip: missing }, () => {
  const directory = mkdtempSync(join(tmpdir(), 'minotaur-bus-live-'));
  let brokers: Brokers;
  before(async () => {
    brokers = await startBrokers(directory, 1, 20_390);
  });
  after(async () => {
    await brokers?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  test('killed again and again, with workers and the broker: the rows of the bus are those of the session, bit for bit', async () => {
    const of = busFiles(brokers, join(directory, 'desk'), 'desk');
    writeFileSync(of.config, CONFIG);
    await initBus(of);
    const journal = join(directory, 'journal');
    const market = simulatedTrades({ trades: 200_000, seed: 5, start: around.wall() - 1_200_000_000, blockRows: 256 });
    const venue = await openLocalVenue({ venue: 'binance-spot', markets: { SIMUSDT: market }, around, heartbeat: 100 });
    let live: Live | undefined;
    const said: string[] = [];
    const startWorker = (): ChildProcess => {
      const child = startProcess(of, (line) => line !== '' && said.push(line));
      child.once('exit', (code, signal) => said.push(`the worker ended: ${code ?? signal}`));
      return child;
    };
    let worker = startWorker();
    try {
      for (let kill = 0; kill < 5; kill++) {
        live = await begin(venue, of, journal);
        const running = live;
        await until('life', async () => (await statusOf(running)).state === 'live');
        for (let i = 0; i < 12; i++) {
          venue.say('SIMUSDT', 40, (['plainly', 'twice', 'swapped', 'lost'] as const)[i % 4]);
          if (kill === 1 && i === 3) await brokers.kill(1);
          if (kill === 3 && i === 6) worker.kill('SIGKILL');
          await pause(60);
        }
        if (kill === 3) worker = startWorker();
        live.child.kill('SIGKILL');
        await once(live.child, 'exit');
        if (kill === 2) await brokers.start(1);
        venue.say('SIMUSDT', 60);
      }
      live = await begin(venue, of, journal);
      const last = live;
      const told = async (): Promise<string> => JSON.stringify(await statusOf(last));
      await until(
        'all of it in the bus',
        async () => {
          const { state, bus } = await statusOf(last);
          return state === 'live' && bus?.trouble === null && bus.behind === 0 && bus.events > 2000;
        },
        told,
      );
      live.child.kill('SIGTERM');
      const [code] = (await once(live.child, 'exit')) as [number];
      assert.equal(code, 0);
      await until(
        'rows that hold',
        async () => (await verifyBus(of)).holds,
        async () => `${said.slice(-20).join('\n')}\n${JSON.stringify(await verifyBus(of)).slice(0, 500)}`,
      );
      const verified = await verifyBus(of);
      const expected = rowsOf(journal);
      assert.ok(expected.length > 100, `${expected.length} rows`);
      assert.equal(verified.rows, expected.length);
      assert.deepEqual(await rowsInBus(of, expected.length), expected);
    } finally {
      live?.child.kill('SIGKILL');
      worker.kill('SIGKILL');
      await venue.close();
    }
  });
});

type Files = ReturnType<typeof busFiles>;

interface Live {
  readonly child: ChildProcess;
  readonly url: string;
}

async function begin(venue: LocalVenue, { bus, settings, config }: Files, journal: string): Promise<Live> {
  const flags = ['--stream-url', `binance-spot=${venue.streamUrl}`, '--rest-url', `binance-spot=${venue.restBase}`];
  const into = ['--bus', bus, '--bus-settings', settings];
  const args = ['live', '--config', config, '--journal', journal, '--port', '0', ...flags, ...into];
  const child = spawn(process.execPath, [...nodeArguments, MAIN, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  for await (const chunk of child.stdout) {
    text += String(chunk);
    const url = /^(http:\S+)/.exec(text)?.[1];
    if (url !== undefined && text.includes('Control-C')) return { child, url };
  }
  return assert.fail(`it ended: ${text}`);
}

async function statusOf({ url }: Live): Promise<Status> {
  return (await (await fetch(`${url}/v1/status`)).json()) as Status;
}

async function until(what: string, holds: () => Promise<boolean>, told = async () => ''): Promise<void> {
  for (const end = performance.now() + 90_000; !(await holds()); await pause(200))
    if (performance.now() > end) assert.fail(`${what} did not come: ${await told()}`);
}

/** Rows on record: epoch, ordinal, time, values. */
function rowsOf(journal: string): number[][] {
  const rows = new Map<string, number[]>();
  for (const { record, header } of openJournal(journal).records())
    if (record.kind === 'row')
      rows.set(`${header.epoch}:${record.ordinal}`, [header.epoch, record.ordinal, record.time, ...record.values]);
  return [...rows.values()];
}

async function rowsInBus(of: Files, limit: number): Promise<number[][]> {
  const rows: number[][] = [];
  await tailBus({
    ...of,
    fromStart: true,
    limit,
    signal: AbortSignal.timeout(30_000),
    onRow: ({ epoch, ordinal, time, values }) => rows.push([epoch, ordinal, time, ...values]),
  });
  return rows;
}
