/** Brokers of Kafka on this machine, from what scripts/kafka installs. */
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadKafka } from '../../packages/minotaur/src/bus/kafka/client.ts';

const SCRIPT = fileURLToPath(new URL('../../scripts/kafka/kafka.sh', import.meta.url));

export interface Brokers {
  /** `host:port` of each, apart by commas. */
  readonly addresses: string;
  readonly count: number;
  kill(id: number): Promise<void>;
  /** Until it answers. */
  start(id: number): Promise<void>;
  stop(): Promise<void>;
}

/** Where and how brokers run, as kafka.sh says; `%` is the number of one. */
export interface BrokerSurroundings {
  readonly HOST?: string;
  readonly INNER?: string;
  readonly INSIDE?: string;
  readonly PROTOCOL?: string;
  readonly MORE?: string;
  readonly SCRAM?: string;
}

/** What went wrong with a command of the script; undefined where nothing did. */
function script(args: readonly string[], own: Readonly<Record<string, string>>): Promise<string | undefined> {
  const child = spawn('bash', [SCRIPT, ...args], {
    env: { ...process.env, ...own },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let words = '';
  child.stderr.on('data', (data: Buffer) => (words += data.toString()));
  return new Promise((resolve) => {
    child.on('error', ({ message }) => resolve(message));
    // The broker that it starts keeps nothing of it open.
    child.on('exit', (code) =>
      resolve(code === 0 ? undefined : `kafka.sh ${args[0]}: ${words.trim() || `ended with ${code}`}`),
    );
  });
}

/** Why there are no brokers here; undefined where there can be. */
export function whyNoBrokers(): Promise<string | undefined> {
  return script(['install'], {});
}

/** Until the cluster has `count` nodes that take topics. */
async function joined(bootstrapBrokers: string[], count: number): Promise<void> {
  const { Admin } = await loadKafka();
  for (const end = performance.now() + 60_000; ; await pause(100)) {
    const admin = new Admin({ clientId: 'joined', bootstrapBrokers, retries: 0, timeout: 2000 });
    const found = await admin.metadata({}).then(
      ({ brokers }) => brokers.size,
      () => 0,
    );
    await admin.close();
    if (found >= count) return;
    if (performance.now() > end) throw new Error(`${found} of ${count} brokers joined in a minute`);
  }
}

/**
 * Starts `count` of them in an empty directory, on ports up to 203 behind `base`: test files run side by side, so that each has a range
 * of its own.
 */
export async function startBrokers(
  directory: string,
  count: 1 | 3,
  base: number,
  around: BrokerSurroundings = {},
): Promise<Brokers> {
  const own = { BASE: String(base), ...around };
  const run = async (...args: readonly string[]): Promise<void> => {
    const wrong = await script(args, own);
    if (wrong !== undefined) throw new Error(wrong);
  };
  const ids = Array.from({ length: count }, (_, i) => i + 1);
  await run('format', directory, String(count));
  for (const id of ids) await run('start', directory, String(id));
  for (const id of ids) await run('wait', directory, String(id));
  // A node answers before the cluster counts it in.
  const inner = around.INNER === undefined ? ids.map((id) => `127.0.0.1:${base + 200 + id}`) : undefined;
  const hostOf = (id: number): string => (around.HOST ?? '127.0.0.1').replace('%', String(id));
  const addresses = ids.map((id) => `${hostOf(id)}:${base + id}`);
  await joined(inner ?? addresses, count);
  return {
    addresses: addresses.join(','),
    count,
    kill: (id) => run('kill', directory, String(id)),
    async start(id) {
      await run('start', directory, String(id));
      await run('wait', directory, String(id));
    },
    async stop() {
      for (const id of ids) await script(['kill', directory, String(id)], own);
    },
  };
}
