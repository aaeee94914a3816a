/** A service among those who mean harm: beside test/service/doors.test.ts, what takes many connections, tricks of heads, and memory. */
import assert from 'node:assert/strict';
import { createConnection, type Socket } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import { makeToken } from '../packages/minotaur/src/service/auth/tokens.ts';
import type { RunningService } from '../packages/minotaur/src/service/server/server.ts';
import { folder, live, logged, serve, subscribe, type LiveSession } from './service/rig.ts';

const MIB = 1 << 20;
const tokens = join(folder, 'security-tokens.json');
const reader = makeToken(tokens, 'reader', 'read');
const admin = makeToken(tokens, 'admin', 'admin');
const directory = join(folder, 'security');
let session: LiveSession;
let service: RunningService;

before(async () => {
  session = await live(directory);
  session.drive(100);
  service = await serve(session, directory, { tokens, limits: { headMs: 500 } });
});
after(() => service.close());

/** Writes bytes as they are, some at a time; what comes back until the end, or `ms`. */
function raw(bytes: string, { ms = 20_000, piece = Infinity }: { ms?: number; piece?: number } = {}): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = createConnection(service.port, '127.0.0.1');
    const late = setTimeout(() => socket.destroy(), ms);
    let timer: NodeJS.Timeout | undefined;
    socket.on('connect', () => {
      if (piece === Infinity) return void socket.write(bytes);
      let at = 0;
      timer = setInterval(() => socket.write(bytes.slice(at, (at += piece))), 20);
    });
    socket.on('data', (data) => (text += data.toString('latin1')));
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(late);
      clearInterval(timer);
      resolve(text);
    });
  });
}

const statusOf = async (bytes: string): Promise<number> => Number(/^HTTP\/1\.1 (\d+)/.exec(await raw(bytes))?.[1]);
const get = (path: string, ...heads: readonly string[]): string =>
  [`GET ${path} HTTP/1.1`, ...heads, 'Connection: close', '', ''].join('\r\n');
const HOST = 'Host: 127.0.0.1';
const TOKEN = `Authorization: Bearer ${reader}`;

test('a head that is there twice lets nobody in, and tells no other', async () => {
  assert.equal(await statusOf(get('/v1/rows', HOST, TOKEN)), 200);
  const wrong = 'Authorization: Bearer mnt_wrong';
  assert.equal(await statusOf(get('/v1/rows', HOST, wrong, TOKEN)), 401, 'the first counts');
  assert.equal(await statusOf(get('/v1/rows', HOST, `${wrong}, Bearer ${reader}`)), 401);
  for (const hosts of [
    [HOST, 'Host: evil.example'],
    ['Host: evil.example', HOST],
  ])
    assert.ok([400, 421].includes(await statusOf(get('/v1/rows', ...hosts, TOKEN))), hosts.join());
  for (const origins of [
    ['Origin: https://evil.example', `Origin: http://127.0.0.1:${service.port}`],
    [`Origin: http://127.0.0.1:${service.port}, https://evil.example`],
  ])
    assert.equal(await statusOf(get('/v1/rows', HOST, ...origins, TOKEN)), 403, origins.join());
});

test('no other name of this machine, whatever it is dressed as', async () => {
  const own = `127.0.0.1:${service.port}`;
  for (const host of [
    'evil.example',
    `127.0.0.1.evil.example:${service.port}`,
    `evil.example@${own}`,
    `${own}@evil.example`,
    `${own}/`,
    '127.0.0.1:80:80',
    '2130706433',
    '0x7f000001',
    '127.1',
    '0.0.0.0',
    '[::ffff:127.0.0.1]',
    'localhost.',
    'localhost.evil.example',
  ])
    assert.ok([400, 421].includes(await statusOf(get('/v1/rows', `Host: ${host}`, TOKEN))), host);
  // A forwarded name is not asked.
  assert.equal(await statusOf(get('/v1/rows', 'Host: evil.example', 'X-Forwarded-Host: 127.0.0.1', TOKEN)), 421);
});

test('an address as a proxy has it, a query of 16 KB, methods that there are not', async () => {
  assert.equal(await statusOf(get('http://127.0.0.1/v1/rows', 'Host: evil.example', TOKEN)), 421);
  assert.equal(await statusOf(get('http://127.0.0.1/../etc/passwd', HOST, TOKEN)), 404);
  const long = await statusOf(get(`/v1/rows?columns=${'a*,'.repeat(4000)}`, HOST, TOKEN));
  assert.equal(long, 400);
  assert.equal(await statusOf(get(`/v1/rows?columns=${'x'.repeat(16 * 1024)}`, HOST, TOKEN)), 431);
  assert.equal(await statusOf(get(`/v1/rows?${'limit=1&'.repeat(1500)}`, HOST, TOKEN)), 400);
  assert.equal(await statusOf(get('/v1/rows?limit[__proto__]=1&from[]=0:0', HOST, TOKEN)), 400);
  for (const method of ['TRACE', 'CONNECT', 'PUT', 'DELETE', 'PATCH', 'PROPFIND'])
    assert.ok(
      [400, 404, 405].includes(await statusOf(get('/v1/rows', HOST, TOKEN).replace('GET', method))) ||
        method === 'CONNECT',
      method,
    );
});

test('bodies that mean harm: prototypes, depth, another encoding, a length that lies', async () => {
  const post = (body: string, ...heads: readonly string[]): Promise<number> =>
    statusOf(
      `${[
        'POST /v1/snapshot HTTP/1.1',
        HOST,
        `Authorization: Bearer ${admin}`,
        'Content-Type: application/json',
        ...(heads.length > 0 ? heads : [`Content-Length: ${body.length}`]),
        'Connection: close',
      ].join('\r\n')}\r\n\r\n${body}`,
    );
  for (const body of [
    '{"__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    `{"a":${'['.repeat(2000)}${']'.repeat(2000)}}`,
    '{"a":1e999}',
    '[NaN]',
    '"\\ud800"',
  ])
    assert.ok((await post(body)) < 500, body);
  assert.equal(({} as { polluted?: boolean }).polluted, undefined);
  assert.equal(await post('x'.repeat(5000)), 413);
  assert.ok((await post('0\r\n\r\n', 'Content-Length: 4', 'Transfer-Encoding: chunked')) === 400);
  assert.ok((await post('{}', 'Content-Length: 2', 'Content-Encoding: gzip')) < 500);
});

test('a body, a head, an upgrade that come a byte at a time are cut off', async () => {
  const heads = `${HOST}\r\nAuthorization: Bearer ${admin}\r\n`;
  for (const bytes of [
    `POST /v1/snapshot HTTP/1.1\r\n${heads}Content-Type: application/json\r\nContent-Length: 4000\r\n\r\n${'x'.repeat(4000)}`,
    `GET /v1/stream HTTP/1.1\r\n${heads}Connection: Upgrade\r\nUpgrade: websocket\r\nX: ${'x'.repeat(4000)}\r\n\r\n`,
  ]) {
    const began = performance.now();
    await raw(bytes, { ms: 20_000, piece: 1 });
    assert.ok(performance.now() - began < 10_000);
  }
});

/** As many as this process may have open, both ends of them. */
function most(): number {
  const soft = /Max open files\s+(\d+)/.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? '1024';
  return Math.min(10_000, Math.floor((Number(soft) - 500) / 2));
}

test(
  '10,000 connections: bounded, whoever is there is served on, and there is room again',
  { timeout: 120_000 },
  async (t) => {
    const stream = subscribe({ url: service.url, token: reader, from: 'latest' });
    const heard = stream[Symbol.asyncIterator]();
    await heard.next();
    const rss = process.memoryUsage.rss();
    const sockets: Socket[] = [];
    for (let i = 0; i < most(); i++) {
      const socket = createConnection(service.port, '127.0.0.1');
      socket.on('error', () => {});
      socket.resume();
      sockets.push(socket);
      if (i % 200 === 0) await sleep(1);
    }
    const grown = process.memoryUsage.rss() - rss;
    t.diagnostic(`${sockets.length} connections, ${Math.round(grown / MIB)} MiB for both ends`);
    assert.ok(grown < 400 * MIB, `${grown}`);
    session.drive(110);
    const next = await heard.next();
    assert.equal(next.done === true ? 'the end' : next.value.kind, 'row');
    const began = performance.now();
    while (
      !(await fetch(`${service.url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      ))
    ) {
      assert.ok(performance.now() - began < 40_000, 'let in again');
      await sleep(100);
    }
    for (const socket of sockets) socket.destroy();
  },
);

test('nothing of all that stands in the log', () => {
  const text = logged.join('');
  for (const sent of [reader, admin, 'mnt_', 'evil', 'polluted', '__proto__', 'xxxx', '127.1'])
    assert.ok(!text.includes(sent), sent);
});
