/** `minotaur fetch` against a server of this machine: whole or not at all, whatever the connection and the server do. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fetchDumps, type FetchReport } from '../packages/minotaur/src/runs/chain/fetch.ts';
import { MAIN, nodeArguments, temporaryFolder } from './cli.ts';

const PATH = '/data/spot/daily/trades/BTCUSDT/';
const nameOf = (day: string): string => `BTCUSDT-trades-${day}.zip`;
const contentOf = (day: string): Buffer => Buffer.alloc(300_000, `${day},`);
const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A mirror; what it does wrong is in `faults`, a connection is cut once some of the file is in `out`. */
async function openMirror(out = '') {
  const faults = { missing: new Set<string>(), cut: 0, slow: false, wrong: 0, status: [] as number[], noRange: false };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    const day = /(\d{4}-\d\d-\d\d)/.exec(url)?.[1] ?? '';
    const { range } = request.headers;
    asked.push(`${url.split('/').at(-1)}${range === undefined ? '' : ` ${range}`}`);
    if (!url.startsWith(PATH) || faults.missing.has(day)) return void response.writeHead(404).end();
    if (url.endsWith('.CHECKSUM')) return void response.end(`${digestOf(contentOf(day))}  ${nameOf(day)}\n`);
    const status = faults.status.shift();
    if (status !== undefined) return void response.writeHead(status, { 'retry-after': '0' }).end();
    const whole = faults.wrong-- > 0 ? Buffer.alloc(300_000, 'x') : contentOf(day);
    const from = faults.noRange ? 0 : Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    if (from >= whole.length) return void response.writeHead(416).end();
    const head = {
      'content-length': whole.length - from,
      'content-range': `bytes ${from}-${whole.length - 1}/${whole.length}`,
    };
    response.writeHead(from > 0 ? 206 : 200, head);
    if (faults.cut-- > 0) {
      response.write(whole.subarray(from, from + 100_000));
      const part = join(out, `${nameOf(day)}.part`);
      const cut = setInterval(() => {
        if (!existsSync(part) || statSync(part).size < from + 50_000) return;
        clearInterval(cut);
        response.destroy();
      }, 5);
    } else if (faults.slow) {
      response.write(whole.subarray(from, from + 50_000));
    } else response.end(whole.subarray(from));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { faults, asked, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

type Mirror = Awaited<ReturnType<typeof openMirror>>;

const options = ({ baseUrl }: Mirror, out: string) => {
  return { venue: 'binance-spot', symbol: 'BTCUSDT', from: '2024-08-08', to: '2024-08-10', out, baseUrl };
};
const DAYS = ['2024-08-08', '2024-08-09', '2024-08-10'];

function assertWhole(out: string, days: readonly string[]): void {
  const names = days.flatMap((day) => [nameOf(day), `${nameOf(day)}.CHECKSUM`]);
  assert.deepEqual(readdirSync(out).sort(), names.sort());
  for (const day of days) assert.ok(readFileSync(join(out, nameOf(day))).equals(contentOf(day)));
}

const outcomes = ({ days }: FetchReport): string[] => days.map(({ outcome }) => outcome);

test('days with their checksums; what is there and verified is left, what was changed is fetched again', async () => {
  const mirror = await openMirror();
  const out = join(temporaryFolder(), 'trades');
  const first = await fetchDumps(options(mirror, out));
  assert.deepEqual([outcomes(first), first.complete], [['fetched', 'fetched', 'fetched'], true]);
  assertWhole(out, DAYS);
  writeFileSync(join(out, nameOf(DAYS[1])), 'another');
  mirror.asked.length = 0;
  assert.deepEqual(outcomes(await fetchDumps(options(mirror, out))), ['there', 'fetched', 'there']);
  assert.deepEqual(
    mirror.asked,
    [0, 1, 2].flatMap((i) => [`${nameOf(DAYS[i])}.CHECKSUM`, ...(i === 1 ? [nameOf(DAYS[i])] : [])]),
  );
  assertWhole(out, DAYS);
});

test('a connection that is cut, twice: gone on with from where it was', async () => {
  const out = temporaryFolder();
  const mirror = await openMirror(out);
  mirror.faults.cut = 2;
  const report = await fetchDumps({ ...options(mirror, out), to: DAYS[0] });
  assert.deepEqual(outcomes(report), ['fetched']);
  assertWhole(out, [DAYS[0]]);
  const ranges = mirror.asked.filter((one) => one.includes('bytes='));
  assert.equal(ranges.length, 2);
  assert.ok(ranges.every((one) => Number(/=(\d+)/.exec(one)?.[1]) >= 50_000));
});

test('a cut, and a server that knows no ranges: from the beginning', async () => {
  const out = temporaryFolder();
  const mirror = await openMirror(out);
  mirror.faults.cut = 1;
  mirror.faults.noRange = true;
  assert.deepEqual(outcomes(await fetchDumps({ ...options(mirror, out), to: DAYS[0] })), ['fetched']);
  assertWhole(out, [DAYS[0]]);
});

test('a wrong checksum: once more, then that day has failed, and the others stay', async () => {
  const mirror = await openMirror();
  const out = temporaryFolder();
  mirror.faults.wrong = 1;
  assert.deepEqual(outcomes(await fetchDumps({ ...options(mirror, out), to: DAYS[0] })), ['fetched']);
  mirror.faults.wrong = 2;
  const report = await fetchDumps({ ...options(mirror, out), from: DAYS[1] });
  assert.deepEqual([outcomes(report), report.complete], [['failed', 'fetched'], false]);
  assert.match(report.days[0].why ?? '', /expected sha256 [0-9a-f]{64}, found [0-9a-f]{64}/);
  assertWhole(out, [DAYS[0], DAYS[2]]);
});

test('a server that is busy is asked again; one that refuses is not', async () => {
  const mirror = await openMirror();
  const out = temporaryFolder();
  mirror.faults.status = [429, 503, 403];
  const report = await fetchDumps({ ...options(mirror, out), to: DAYS[1] });
  assert.deepEqual(outcomes(report), ['failed', 'fetched']);
  assert.match(report.days[0].why ?? '', /expected a file, found status 403/);
});

test('a part that is whole, and one of an older edition', async () => {
  const mirror = await openMirror();
  const out = temporaryFolder();
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, `${nameOf(DAYS[0])}.part`), contentOf(DAYS[0]));
  writeFileSync(join(out, `${nameOf(DAYS[1])}.part`), Buffer.alloc(1000, 'old'));
  assert.deepEqual(outcomes(await fetchDumps({ ...options(mirror, out), to: DAYS[1] })), ['fetched', 'fetched']);
  assertWhole(out, [DAYS[0], DAYS[1]]);
});

/** The command, as a user runs it. */
function start(args: readonly string[]) {
  const child = spawn(process.execPath, [...nodeArguments, MAIN, 'fetch', ...args]);
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  const ended = new Promise<{ code: number | null; said: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, said }));
  });
  return { child, ended };
}

const flags = (mirror: Mirror, out: string): string[] =>
  Object.entries(options(mirror, out)).flatMap(([name, value]) => [
    `--${name === 'baseUrl' ? 'base-url' : name}`,
    value,
  ]);

test('a day that is missing is named, exit code 2, and the others stay', async () => {
  const mirror = await openMirror();
  const out = temporaryFolder();
  mirror.faults.missing.add(DAYS[1]);
  const { code, said } = await start(flags(mirror, out)).ended;
  assert.equal(code, 2);
  assert.match(said, /2024-08-09 {2}MISSING: the venue has no such file/);
  assert.match(said, /not all days: 2024-08-09$/m);
  assertWhole(out, [DAYS[0], DAYS[2]]);
});

test('killed in the middle: no half file has its name, and the next goes on', async () => {
  const mirror = await openMirror();
  const out = temporaryFolder();
  mirror.faults.slow = true;
  const { child, ended } = start(flags(mirror, out));
  const part = join(out, `${nameOf(DAYS[0])}.part`);
  while (child.exitCode === null && !(existsSync(part) && statSync(part).size === 50_000)) await pause(20);
  child.kill('SIGKILL');
  assert.equal((await ended).code, null);
  assert.deepEqual(readdirSync(out), [`${nameOf(DAYS[0])}.part`]);
  mirror.faults.slow = false;
  assert.equal((await start(flags(mirror, out)).ended).code, 0);
  assertWhole(out, DAYS);
  assert.ok(mirror.asked.includes(`${nameOf(DAYS[0])} bytes=50000-`), mirror.asked.join());
});

test('what cannot be asked for', async () => {
  const mirror = await openMirror();
  const out = temporaryFolder();
  const refused = async (more: object, expected: RegExp) =>
    assert.rejects(fetchDumps({ ...options(mirror, out), ...more }), expected);
  await refused({ venue: 'kraken' }, /venue: expected one with files of days: binance-spot, .*found kraken/);
  await refused({ from: '2024-02-30' }, /from: expected a day as 2024-08-08, found 2024-02-30/);
  await refused({ to: '2024-08-07' }, /expected 1 to 10000 days, found 0/);
  await refused({ baseUrl: 'mirror' }, /base URL/);
  await refused({ signal: AbortSignal.abort(new Error('enough')) }, /enough/);
  assert.deepEqual(mirror.asked, []);
});
