/** Networks that part, disks that are full, and brokers that want certificates and passwords. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test, type TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { initBus } from '../../packages/minotaur/src/runs/bus/init.ts';
import { busLag } from '../../packages/minotaur/src/runs/bus/lag.ts';
import { produceToBus } from '../../packages/minotaur/src/runs/bus/produce.ts';
import { verifyBus } from '../../packages/minotaur/src/runs/bus/verify.ts';
import { simulate } from '../../packages/minotaur/src/runs/simulate.ts';
import { whyNoBrokers } from '../bus/brokers.ts';
import { whyNoSandbox } from '../bus/network.ts';
import { runSandboxed } from '../bus/sandboxed.ts';
import { startSecured, USER, whyNoCertificates, type Secured } from '../bus/secured.ts';
import { busFiles, holds, startProcess, type TrialReport } from '../bus/trial.ts';

const noBrokers = await whyNoBrokers();

function temporary(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'minotaur-faults-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

function requireSame(report: TrialReport): void {
  assert.deepEqual(report.verified.digests, report.undisturbed);
  assert.ok(holds(report), `${report.followed} of ${report.verified.rows} rows were seen by a follower`);
  assert.ok(report.verified.rows > 200, `${report.verified.rows} rows`);
}

void describe('cut wires and full disks', { skip: noBrokers ?? whyNoSandbox() }, () => {
  test('a worker without brokers, a leader without the others: the rows are those of an undisturbed run', async (t) => {
    const options = { directory: temporary(t), symbols: 4, seed: 5, seconds: 7, cuts: [0, 1, 5] };
    const report = await runSandboxed('parted', options);
    requireSame(report);
    const was = report.said.filter((line) => line.includes('after it was out'));
    assert.ok(was.length > 0, `nobody heard that it was out: ${report.said.join('\n')}`);
  });

  test('a leader that is cut off from the others, and still reached: rows go on while it is', async (t) => {
    const options = { directory: temporary(t), symbols: 4, seed: 7, seconds: 20, cuts: [1] };
    const report = await runSandboxed('parted', options);
    requireSame(report);
    // Until the others have another leader, and a write has been given up; otherwise as long as the cut.
    const late = Math.max(...report.late['a broker from the others']);
    assert.ok(late < 15, `${late} s late of a cut of 20 s`);
    assert.ok(
      report.said.some((line) => line.includes('who leads is asked of')),
      report.said.join('\n'),
    );
  });

  test('a worker joins, though the coordinator that it was told of is cut off from the other brokers', async (t) => {
    const seconds = 90;
    const { joined, said } = await runSandboxed('joining', { directory: temporary(t), seconds });
    assert.ok(joined < 45, `${joined.toFixed(1)} s, of a cut of ${seconds} s: ${said.join('; ')}`);
    assert.ok(said.length > 0, 'it was never refused: nothing was cut off');
  });

  test('a broker whose disk is full is said to be so, and rows go on once it has room', async (t) => {
    const report = await runSandboxed('full', {
      directory: temporary(t),
      symbols: 4,
      seed: 6,
      seconds: 5,
      brokers: 1,
    });
    requireSame(report);
    assert.ok(
      report.said.some((line) => line.includes('Disk error')),
      report.said.join('\n'),
    );
  });
});

void describe('a broker that speaks to nobody in the clear', { skip: noBrokers ?? whyNoCertificates() }, () => {
  const directory = mkdtempSync(join(tmpdir(), 'minotaur-secured-'));
  let secured: Secured;
  before(async () => {
    secured = await startSecured(directory);
    writeFileSync(join(directory, 'right'), USER.password);
    writeFileSync(join(directory, 'wrong'), 'another');
  });
  after(async () => {
    await secured?.brokers.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  let made = 0;
  /** A bus with settings of its own. */
  const ofBus = (tls: object | undefined, sasl?: object, broker = secured.brokers.addresses) => {
    const settings = join(directory, `${made++}.json`);
    const topics = { partitions: 2, replicas: 1, minInSync: 1 };
    writeFileSync(settings, JSON.stringify({ topics, sessionSeconds: 2, snapshotSeconds: 1, tls, sasl }));
    const { config } = busFiles(secured.brokers, join(directory, 'bus'), 'secured');
    return { bus: `kafka://${broker}/secured`, config, settings };
  };
  const login = (mechanism: string, password = 'right') => {
    return { mechanism, username: USER.username, passwordFile: join(directory, password) };
  };

  test('trades, rows and verification by SCRAM over TLS, and every other way in', async () => {
    const { ca, cert, key } = secured.files;
    const of = ofBus({ ca }, login('SCRAM-SHA-512'));
    await initBus(of);
    const file = join(directory, 'trades.csv.gz');
    await simulate({ trades: 5000, seed: 3, out: file });
    const worker = startProcess(of, () => {});
    try {
      await produceToBus({ ...of, trades: { AAA: [file] } });
      let verified = await verifyBus(of);
      for (let tries = 0; tries < 300 && !verified.holds; tries++) {
        await setTimeout(200);
        verified = await verifyBus(of);
      }
      assert.ok(verified.holds && verified.rows > 100, `${verified.rows} rows`);
    } finally {
      worker.kill('SIGKILL');
    }
    for (const sasl of [login('SCRAM-SHA-256'), login('PLAIN')])
      assert.equal((await busLag(ofBus({ ca }, sasl))).partitions.length, 2);
    assert.equal((await busLag(ofBus({ ca, cert, key }, undefined, secured.mutual))).partitions.length, 2);
  });

  test('who is not let in is told why', async () => {
    const { ca, otherCa } = secured.files;
    const right = login('SCRAM-SHA-512');
    const started = performance.now();
    await assert.rejects(busLag(ofBus({ ca }, login('SCRAM-SHA-512', 'wrong'))), /SASL authentication failed/);
    await assert.rejects(busLag(ofBus({ ca }, login('PLAIN', 'wrong'))), /SASL authentication failed/);
    await assert.rejects(busLag(ofBus({ ca: otherCa }, right)), /unable to verify the first certificate/);
    await assert.rejects(busLag(ofBus({}, right)), /unable to verify the first certificate/);
    await assert.rejects(
      busLag(ofBus({ ca, serverName: 'elsewhere' }, right)),
      /does not match certificate's altnames/,
    );
    // Nobody waits for what will not change.
    assert.ok(performance.now() - started < 20_000);
    await assert.rejects(initBus(ofBus(undefined, right)), /Connection closed \(as by brokers that want TLS/);
    await assert.rejects(
      initBus(ofBus({ ca }, undefined, secured.mutual)),
      /Connection closed \(as by brokers that want TLS, a certificate/,
    );
  });

  test('a worker with the wrong password ends, and says so', async () => {
    const of = ofBus({ ca: secured.files.ca }, login('SCRAM-SHA-512', 'wrong'));
    const lines: string[] = [];
    const worker = startProcess(of, (line) => lines.push(line));
    const code = await new Promise((resolve) => worker.once('close', resolve));
    assert.notEqual(code, 0);
    assert.match(lines.join('\n'), /expected brokers that answer\s+found\s+SASL authentication failed/);
  });
});
