import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { initBus } from '../../packages/minotaur/src/runs/bus/init.ts';
import { produceToBus } from '../../packages/minotaur/src/runs/bus/produce.ts';
import { partitionOf } from '../../packages/minotaur/src/bus/log/topics.ts';
import { simulate } from '../../packages/minotaur/src/runs/simulate.ts';
import { verifyBus } from '../../packages/minotaur/src/runs/bus/verify.ts';
import { busLag } from '../../packages/minotaur/src/runs/bus/lag.ts';
import { startBrokers, whyNoBrokers, type Brokers } from '../bus/brokers.ts';
import { runKills } from '../bus/killed.ts';
import { busFiles, holds, startProcess } from '../bus/trial.ts';
import { FAULTS, runByChance, runEveryFault } from '../simulated-log.ts';

test('every pair of faults of a small run, and long runs by chance', async () => {
  const { runs, fired } = await runEveryFault(2);
  assert.ok(runs > 15_000, `${runs} runs`);
  const chance = await runByChance(100);
  for (const fault of FAULTS) assert.ok(fired[fault] > 500 && chance.fired[fault] > 100, fault);
});

const missing = await whyNoBrokers();

void describe('a bus of three brokers', { skip: missing }, () => {
  const directory = mkdtempSync(join(tmpdir(), 'minotaur-bus-'));
  let brokers: Brokers;
  before(async () => {
    brokers = await startBrokers(directory, 3, 20_090);
  });
  after(async () => {
    await brokers?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  test('workers and brokers die and wake up late: the rows are those of an undisturbed run', async () => {
    const report = await runKills({
      brokers,
      directory: join(directory, 'kills'),
      name: 'kills',
      kills: 12,
      workers: 3,
      symbols: 6,
      between: 3,
      seed: 7,
    });
    const { verified, undisturbed, workersKilled, brokersKilled, zombies } = report;
    assert.ok(
      workersKilled >= 9 && brokersKilled >= 3 && zombies >= 2,
      JSON.stringify({ workersKilled, brokersKilled, zombies }),
    );
    assert.deepEqual(
      verified.chains.filter(({ differs, expected, found }) => differs !== null || expected !== found),
      [],
    );
    assert.deepEqual(verified.digests, undisturbed);
    assert.ok(holds(report), `${report.followed} of ${verified.rows} rows were seen by a follower`);
    assert.ok(verified.rows > 200, `${verified.rows} rows`);
  });

  test('a log that was cut, some of it or all, is refused by name', async () => {
    const of = busFiles(brokers, join(directory, 'cut'), 'cut');
    await initBus(of);
    const file = join(directory, 'cut.csv.gz');
    await simulate({ trades: 20_000, seed: 3, out: file });
    const trades = { AAA: [file] };
    const { chains } = await produceToBus({ ...of, trades });
    const { Admin } = await import('@platformatic/kafka');
    const admin = new Admin({ clientId: 'cut', bootstrapBrokers: brokers.addresses.split(',') });
    const partitions = [{ partition: chains[0].partition, offset: 10n }];
    await admin.deleteRecords({ topics: [{ name: 'cut.events', partitions }] });
    const lines: string[] = [];
    const worker = startProcess(of, (line) => lines.push(line));
    try {
      const said = async (what: RegExp): Promise<string> => {
        for (let tries = 0; tries < 200; tries++) {
          const line = lines.find((one) => what.test(one));
          if (line !== undefined) return line;
          await setTimeout(100);
        }
        return assert.fail(`nobody said ${String(what)}: ${lines.join('\n')}`);
      };
      await said(/expected events from offset 0 on.*found the first is 10/);
      assert.equal(
        (await busLag(of)).partitions.some(({ cut }) => cut),
        true,
      );
      await assert.rejects(verifyBus(of), /events were cut off/);
    } finally {
      worker.kill('SIGKILL');
      await admin.close();
    }
  });

  test('a log that has aged away: workers go on from snapshots, and what cannot be held against it is refused', async () => {
    const of = busFiles(brokers, join(directory, 'aged'), 'aged');
    await initBus(of);
    const file = join(directory, 'aged.csv.gz');
    await simulate({ trades: 20_000, seed: 3, out: file });
    const produced = await produceToBus({ ...of, trades: { AAA: [file] } });
    const [{ partition }] = produced.chains;
    const lagOf = async () => (await busLag(of)).partitions[partition];
    const until = async (what: () => Promise<boolean>): Promise<void> => {
      for (let tries = 0; tries < 120 && !(await what()); tries++) await setTimeout(250);
      assert.ok(await what(), JSON.stringify(await lagOf()));
    };
    const { Admin } = await import('@platformatic/kafka');
    const admin = new Admin({ clientId: 'aged', bootstrapBrokers: brokers.addresses.split(',') });
    const lines: string[] = [];
    const worker = startProcess(of, (line) => lines.push(line));
    try {
      await until(async () => (await lagOf()).lag === 0);
      assert.equal((await verifyBus(of)).holds, true);
      const configs = [{ name: 'retention.ms', configOperation: 0 as const, value: '1' }];
      const resources = [{ resourceType: 2 as const, resourceName: 'aged.events', configs }];
      await admin.incrementalAlterConfigs({ resources, validateOnly: false });
      await until(async () => {
        const { first, end } = await lagOf();
        return first === end;
      });
      assert.equal((await lagOf()).cut, false);
      await assert.rejects(verifyBus(of), /expected events of AAA, found none: they were cut off/);
      for (const newEpoch of [false, true])
        await assert.rejects(
          produceToBus({ ...of, trades: { AAA: [file] }, newEpoch }),
          /AAA: expected event 20000 of epoch 0 in events-\d+.*cut off: it can only be written anew, into another bus/,
        );
      // Others may begin, and the worker takes them.
      const names = Array.from({ length: 100 }, (_, i) => `NEW${i}`);
      const other = names.find((name) => partitionOf(name, 6) === partition);
      assert.ok(other !== undefined);
      const [begun] = (await produceToBus({ ...of, trades: { [other]: [file] } })).chains;
      assert.equal(begun.before, 0);
      await until(async () => (await busLag(of)).partitions[partition].chains === 2);
    } finally {
      worker.kill('SIGKILL');
      await admin.close();
    }
  });
});
