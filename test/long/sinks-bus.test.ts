/** Rows of a bus in the stores that other systems read: real brokers, real servers, kills. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { buildSymbols, readNewestRow, sinkParquet, sinkPostgres, sinkRedis, verifyBus } from 'minotaur/runs';
import { initBus } from '../../packages/minotaur/src/runs/bus/init.ts';
import { produceToBus } from '../../packages/minotaur/src/runs/bus/produce.ts';
import { simulate } from '../../packages/minotaur/src/runs/simulate.ts';
import { startBrokers, whyNoBrokers, type Brokers } from '../bus/brokers.ts';
import { busFiles, startProcess } from '../bus/trial.ts';
import { readRows } from '../cli.ts';
import { startServer } from '../servers.ts';

const CLI = fileURLToPath(new URL('../../packages/minotaur/src/cli/main.ts', import.meta.url));
const missing = await whyNoBrokers();
const postgres = startServer('postgres');
const redis = startServer('redis');
const CHAINS = ['AAA', 'BBB', 'CCC'];

void describe('sinks that follow a bus', { skip: missing ?? false }, () => {
  const directory = mkdtempSync(join(tmpdir(), 'minotaur-sinks-'));
  const at = (...parts: readonly string[]): string => join(directory, ...parts);
  const files: Record<string, string[]> = {};
  let brokers: Brokers;
  let of: ReturnType<typeof busFiles>;
  let rows = 0;

  /** All of these trades, and the rows that a worker makes of them. */
  async function produceAndWork(chains: readonly string[]): Promise<void> {
    await produceToBus({ ...of, trades: Object.fromEntries(chains.map((chain) => [chain, files[chain]])) });
    const worker = startProcess(of, () => {});
    try {
      let verified = await verifyBus(of);
      for (let tries = 0; tries < 300 && !verified.holds; tries++) {
        await setTimeout(200);
        verified = await verifyBus(of);
      }
      assert.ok(verified.holds && verified.rows > rows, `${verified.rows} rows`);
      rows = verified.rows;
    } finally {
      worker.kill('SIGKILL');
    }
  }

  before(async () => {
    brokers = await startBrokers(at('broker'), 1, 20_990);
    of = busFiles(brokers, at('bus'), 'sinks');
    await initBus(of);
    for (const [i, chain] of CHAINS.entries()) {
      files[chain] = [at(`${chain}.csv.gz`)];
      await simulate({ trades: 4000, seed: 40 + i, out: files[chain][0] });
    }
    await buildSymbols({ config: of.config, trades: files, out: directory });
    await produceAndWork(['AAA', 'BBB']);
  });
  after(async () => {
    await brokers?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  test(
    'PostgreSQL: the rows of a build, once, also where it is killed on the way',
    { skip: postgres.skip ?? false },
    async () => {
      const url = postgres.facts?.['url'] ?? '';
      const to = { url, table: 'followed' };
      const first = await sinkPostgres({ ...of, ...to, once: true });
      assert.deepEqual([first.rows, first.written], [rows, rows]);
      assert.deepEqual(first.chains.map((chain) => chain.split(' ')[0]).sort(), ['AAA', 'BBB']);
      // Of other bits they would be refused.
      const builds = await sinkPostgres({ rows: [at('AAA'), at('BBB')], ...to });
      assert.deepEqual([builds.rows, builds.written], [rows, 0]);
      const again = await sinkPostgres({ ...of, ...to, once: true });
      assert.deepEqual([again.rows, again.written ?? 0], [0, 0]);

      const client = new Client({ connectionString: url });
      await client.connect();
      const countOf = async (): Promise<number> =>
        Number((await client.query<{ n: string }>('SELECT count(*) AS n FROM followed')).rows[0].n);
      const flags = [
        '--bus',
        of.bus,
        '--settings',
        of.settings,
        '--config',
        of.config,
        '--url',
        url,
        '--table',
        'followed',
      ];
      const earlier = rows;
      const producing = produceAndWork(CHAINS);
      try {
        let kills = 0;
        for (; kills < 6; kills++) {
          const child = spawn(process.execPath, ['--conditions=minotaur-source', CLI, 'sink', 'postgres', ...flags], {
            stdio: 'ignore',
          });
          const closed = new Promise((resolve) => child.once('close', resolve));
          await setTimeout(1200 + 300 * kills);
          child.kill('SIGKILL');
          await closed;
        }
        await producing;
        await sinkPostgres({ ...of, ...to, once: true });
        assert.ok(rows > earlier);
        assert.equal(await countOf(), rows);
        assert.equal((await sinkPostgres({ rows: CHAINS.map((chain) => at(chain)), ...to })).written, 0);
      } finally {
        await producing.catch(() => {});
        await client.end();
      }
    },
  );

  test('Redis: the newest row of each chain', { skip: redis.skip ?? false }, async () => {
    const url = redis.facts?.['url'] ?? '';
    const { rows: sent } = await sinkRedis({ ...of, url, prefix: 'followed', once: true });
    assert.equal(sent, rows);
    const newest = await readNewestRow('AAA', { url, prefix: 'followed' });
    const all = await readRows(at('AAA'));
    assert.deepEqual(Object.values(newest?.values ?? {}), all[all.length - 1].slice(1));
    assert.equal((await sinkRedis({ ...of, url, prefix: 'followed', once: true })).rows, 0);
  });

  test('Parquet: a place of its own beside the partitions; a signal ends it, with what has been read', async () => {
    const out = at('partitions');
    const stop = new AbortController();
    let following: ReturnType<typeof sinkParquet> | undefined;
    const health = await new Promise<string>((resolve, reject) => {
      following = sinkParquet({ ...of, out, signal: stop.signal, port: 0, onListening: resolve });
      following.catch(reject);
    });
    const metrics = async (): Promise<string> => (await fetch(`${health}/metrics`)).text();
    for (let tries = 0; tries < 200 && !(await metrics()).includes('minotaur_sink_up 1'); tries++) await setTimeout(50);
    assert.equal((await fetch(`${health}/readyz`)).status, 200);
    // Rows are gathered for half a minute; a signal sends what there is, and another goes on behind it.
    await setTimeout(2000);
    stop.abort();
    const sent = (await following)?.rows ?? 0;
    assert.ok(sent > 0, 'a signal sends what has been read');
    assert.equal(sent + (await sinkParquet({ ...of, out, once: true })).rows, rows);
    assert.ok(readdirSync(out).some((name) => name.startsWith('_place-')));
    // Those of the builds, to the bit.
    await sinkParquet({
      rows: CHAINS.filter((chain) => readdirSync(out).includes(`instruments=${chain}`)).map((chain) => at(chain)),
      out,
    });
    assert.equal((await sinkParquet({ ...of, out, once: true })).rows, 0);
  });
});
