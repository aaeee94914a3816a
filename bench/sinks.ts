/** Rows of 872 columns into real stores on this machine: PostgreSQL in both layouts, Redis, Parquet. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writePartitions } from '../packages/minotaur/src/sinks/parquet.ts';
import { writeToPostgres } from '../packages/minotaur/src/sinks/postgres.ts';
import { writeToRedis } from '../packages/minotaur/src/sinks/redis.ts';
import type { RowSource, SinkBlock } from '../packages/minotaur/src/sinks/sink-rows.ts';
import { figure, type Figure } from './harness.ts';

export const title = 'Rows of 872 columns into stores';

const COLUMNS = 872;
const ROWS = 8192;
const BLOCK = 256;
const RUNS = 3;
const SCRIPT = fileURLToPath(new URL('../scripts/servers.sh', import.meta.url));

/** Rows that never were, of a chain of their own each time: none of them is there yet. */
function rowsOf(chain: number): RowSource {
  const values = Float64Array.from({ length: BLOCK * COLUMNS }, (_, i) => Math.sin(i) * 1e4);
  const ones = new Float64Array(BLOCK).fill(1);
  return {
    instruments: `BENCH${chain}USDT`,
    schemaId: 'ab'.repeat(32),
    columns: Array.from({ length: COLUMNS }, (_, i) => `column_${i}`),
    async *blocks() {
      for (let ordinal = 0; ordinal < ROWS; ordinal += BLOCK) {
        const time = Float64Array.from({ length: BLOCK }, (_, i) => 1.7e15 + 1e6 * (ordinal + i));
        const block: SinkBlock = {
          count: BLOCK,
          width: COLUMNS,
          epoch: 0,
          ordinal,
          time,
          values,
          ready: ones,
          complete: ones,
        };
        yield await Promise.resolve(block);
      }
    },
  };
}

function start(name: 'postgres' | 'redis') {
  const folder = mkdtempSync(join(tmpdir(), `minotaur-${name}-`));
  chmodSync(folder, 0o755);
  const { status, stdout, stderr } = spawnSync('bash', [SCRIPT, 'start', name, folder], { encoding: 'utf8' });
  if (status !== 0) console.log(`no ${name}: ${stderr.trim()}`);
  return {
    url: status === 0 ? stdout.trim().slice('url='.length) : undefined,
    stop() {
      if (status === 0) spawnSync('bash', [SCRIPT, 'stop', name, folder]);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const told = (): Promise<void> => Promise.resolve();
const rate = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return (1000 * ROWS) / (performance.now() - started);
};

export async function benches(): Promise<Figure[]> {
  const figures: Figure[] = [];
  let chain = 0;
  const add = async (name: string, work: () => Promise<unknown>, least?: number): Promise<void> => {
    const extra = least === undefined ? {} : { asked: { least } };
    figures.push(await figure(name, 'rows/s', RUNS, () => rate(work), extra));
  };
  const postgres = start('postgres');
  const { url } = postgres;
  if (url !== undefined) {
    const columns = { url, table: 'wide', layout: 'columns' } as const;
    await add('PostgreSQL, a column a value', () => writeToPostgres(rowsOf(chain++), columns, told), 1500);
    await add('PostgreSQL, the same rows again', () => writeToPostgres(rowsOf(0), columns, told));
    const array = { url, table: 'arrays', layout: 'array' } as const;
    await add('PostgreSQL, one array', () => writeToPostgres(rowsOf(chain++), array, told), 1500);
  }
  postgres.stop();
  const redis = start('redis');
  const place = { url: redis.url ?? '', prefix: 'bench' };
  if (redis.url !== undefined) await add('Redis', () => writeToRedis(rowsOf(chain++), place, told), 5000);
  redis.stop();
  const out = mkdtempSync(join(tmpdir(), 'minotaur-partitions-'));
  await add('Parquet partitions', () => writePartitions(rowsOf(chain++), out, told));
  rmSync(out, { recursive: true, force: true });
  return figures;
}
