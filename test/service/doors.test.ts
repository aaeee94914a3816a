/** Who may come in, and what nobody may send. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { createConnection, type Socket } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { connect, StreamError } from '../../packages/minotaur/src/client.ts';
import { makeToken } from '../../packages/minotaur/src/service/auth/tokens.ts';
import type { RunningService } from '../../packages/minotaur/src/service/server/server.ts';
import { folder, live, logged, serve, type LiveSession } from './rig.ts';

const tokens = join(folder, 'tokens.json');
const reader = makeToken(tokens, 'reader', 'read');
const admin = makeToken(tokens, 'admin', 'admin');
const directory = join(folder, 'doors');
let session: LiveSession;
let service: RunningService;
let stops = 0;

before(async () => {
  session = await live(directory);
  session.drive(100);
  service = await serve(session, directory, {
    tokens,
    origins: ['https://desk.example'],
    limits: { headMs: 300, connections: 200 },
    actions: { snapshot: () => ({ rows: 20 }), stop: () => void stops++, replaceModel: () => Promise.resolve({}) },
  });
});
after(() => service.close());

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** The status of a request with any headers. */
function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<number> {
  const { method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const asked = request(
      { port: service.port, host: '127.0.0.1', path, method, headers },
      (response: IncomingMessage) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

/** The status that an upgrade is answered with; 101 where it is taken. */
function upgrade(
  query = '',
  headers: Record<string, string> = {},
  protocols = ['minotaur.v1.binary'],
): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${service.port}/v1/stream${query}`, protocols, { headers });
    socket.on('open', () => {
      resolve(101);
      socket.terminate();
    });
    socket.on('unexpected-response', (_, response) => {
      resolve(response.statusCode ?? 0);
      response.resume();
      socket.terminate();
    });
    socket.on('error', () => {});
  });
}

/** Writes bytes as they are; what comes back until the end, or `ms`. */
function raw(bytes: string, ms = 20_000): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = createConnection(service.port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (data) => (text += data.toString('latin1')));
    socket.on('error', () => {});
    socket.on('close', () => resolve(text));
    setTimeout(() => socket.destroy(), ms).unref();
  });
}

const GUARDED = [
  '/v1/rows',
  '/v1/rows/latest',
  '/v1/predictions',
  '/v1/bars/short',
  '/v1/events',
  '/v1/schema',
  '/v1/status',
  '/v1/config',
  '/metrics',
  '/v1/stream',
];

test('without a token, or with a wrong one, there is nothing to be had but probes and the description', async () => {
  const wrong = `${reader.slice(0, -1)}${reader.endsWith('A') ? 'B' : 'A'}`;
  for (const path of GUARDED)
    for (const headers of [{}, bearer(wrong), bearer(''), { authorization: `Basic ${reader}` }, bearer(`${reader}x`)])
      assert.equal(await ask(path, { headers }), 401, path);
  for (const path of ['/healthz', '/readyz', '/v1/openapi.json']) assert.notEqual(await ask(path), 401, path);
  assert.equal(await upgrade(), 401);
  assert.equal(await upgrade('', bearer(wrong)), 401);
  assert.equal(await upgrade('', {}, ['minotaur.v1.binary', `minotaur.token.${wrong}`]), 401);
  assert.equal(await ask(`/v1/rows?token=${reader}`), 401, 'never in the query');
});

test('a token reads, as a header or as a subprotocol; only an administrator orders', async () => {
  assert.equal(await ask('/v1/rows', { headers: bearer(reader) }), 200);
  assert.equal(await upgrade('', bearer(reader)), 101);
  assert.equal(await upgrade('', {}, ['minotaur.v1.json', `minotaur.token.${reader}`]), 101);
  for (const path of ['/v1/snapshot', '/v1/stop']) {
    assert.equal(await ask(path, { method: 'POST' }), 401);
    assert.equal(await ask(path, { method: 'POST', headers: bearer(reader) }), 403);
    assert.equal(await ask(path, { headers: bearer(admin) }), 404, 'no GET');
  }
  assert.equal(stops, 0);
  assert.equal(await ask('/v1/snapshot', { method: 'POST', headers: bearer(admin) }), 200);
  assert.equal(await ask('/v1/stop', { method: 'POST', headers: bearer(admin) }), 202);
  assert.equal(stops, 1);
});

test('pages from elsewhere and other names of this machine are refused, with a token too', async () => {
  const own = `http://127.0.0.1:${service.port}`;
  for (const origin of ['https://evil.example', 'null', `${own}.evil.example`, `https://127.0.0.1:${service.port}`]) {
    assert.equal(await ask('/v1/rows', { headers: { ...bearer(reader), origin } }), 403, origin);
    assert.equal(await upgrade('', { ...bearer(reader), origin }), 403, origin);
  }
  for (const origin of [own, 'https://desk.example'])
    assert.equal(await upgrade('', { ...bearer(reader), origin }), 101, origin);
  assert.equal(await ask('/v1/rows', { headers: { ...bearer(reader), host: 'rebound.example' } }), 421);
});

test('what nobody reads in a query is refused on every path under /v1', async () => {
  const headers = bearer(admin);
  const stopped = stops;
  for (const query of ['form=0:1', 'clock=short&clock=long', 'limit=1&limit=2'])
    for (const path of [...GUARDED, '/v1/dashboard', '/v1/openapi.json'].filter((one) => one !== '/metrics'))
      assert.equal(await ask(`${path}?${query}`, { headers }), 400, path);
  for (const path of ['/v1/snapshot', '/v1/model', '/v1/stop'])
    assert.equal(await ask(`${path}?form=1`, { method: 'POST', headers }), 400, path);
  assert.equal(stops, stopped);
});

test('a token that was taken back is good for a second at most', async () => {
  const lent = makeToken(tokens, 'lent', 'read');
  await sleep(1100);
  assert.equal(await ask('/v1/schema', { headers: bearer(lent) }), 200);
  makeToken(tokens, 'lent', 'read');
  await sleep(1100);
  assert.equal(await ask('/v1/schema', { headers: bearer(lent) }), 401);
  const text = readFileSync(tokens, 'utf8');
  for (const token of [reader, admin, lent]) assert.ok(!text.includes(token), 'hashes alone');
});

test('a service without tokens is for this machine alone; a file of tokens has to be one', async () => {
  const refused = (host: string, file?: string) => serve(session, undefined, { host, tokens: file });
  await assert.rejects(refused('0.0.0.0'), /tokens, or a loopback address/);
  await assert.rejects(refused('127.0.0.1', join(folder, 'none.json')), /no such file/);
  const bad = join(folder, 'bad.json');
  for (const text of [
    '',
    '{}',
    '{"format":1,"tokens":[{"name":"a","role":"god","sha256":"00"}]}',
    '{"format":1,"tokens":[null]}',
  ]) {
    writeFileSync(bad, text);
    await assert.rejects(refused('127.0.0.1', bad), /expected/, text);
  }
  rmSync(bad);
  const open = await serve(session, undefined);
  assert.equal((await fetch(`${open.url}/v1/status`)).status, 200);
  await open.close();
});

test('the client says why it was refused instead of trying for ever', async () => {
  const attempt = async (options: object): Promise<void> => {
    for await (const _ of connect({ url: service.url, ...options })) assert.fail('a message');
  };
  await assert.rejects(
    attempt({ token: 'mnt_wrong' }),
    (error: StreamError) => error.code === 'refused' && error.message.includes('401'),
  );
  await assert.rejects(attempt({ token: reader, columns: ['no_such'] }), /columns: expected patterns/);
});

test('queries that cannot be are refused by name, and nothing of them is said back', async () => {
  const headers = bearer(reader);
  for (const query of [
    'from=x',
    'from=1',
    'from=-1:0',
    'limit=0',
    'limit=10001',
    'limit=x',
    'other=1',
    'columns=%3Cscript%3E',
    'columns=a*b*c*d*e*',
  ]) {
    const response = await fetch(`${service.url}/v1/rows?${query}`, { headers });
    assert.equal(response.status, 400, query);
    assert.doesNotMatch(await response.text(), /script/);
  }
  for (const query of [
    '?what=rows,rows',
    '?what=secrets',
    '?from=x',
    '?columns=nothing',
    '?form=0:1',
    '?colums=close',
    '?from=0:1&from=0:2',
    '?what=rows?from=0:1',
  ])
    assert.equal(await upgrade(query, headers), 400, query);
  assert.equal(await upgrade('', headers, ['other.protocol']), 400);
  assert.equal(await ask('/v1/bars/none', { headers }), 404);
});

test('paths lead nowhere else: no file, no prototype', async () => {
  const headers = { ...bearer(reader) };
  for (const path of [
    '/../../etc/passwd',
    '/v1/../../etc/passwd',
    '/v1/bars/..%2f..%2fetc%2fpasswd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/v1/bars/__proto__',
    '/v1/bars/constructor',
    '//etc/passwd',
    '/v1/bars/%00',
  ])
    assert.equal(await ask(path, { headers }), 404, path);
});

test('what is too long is cut off: bodies, heads, addresses, messages on a stream', async () => {
  const headers = bearer(admin);
  const body = JSON.stringify({ text: 'x'.repeat(10_000) });
  assert.equal(
    await ask('/v1/snapshot', { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body }),
    413,
  );
  assert.equal(await ask('/v1/rows', { headers: { ...headers, 'x-long': 'x'.repeat(20_000) } }), 431);
  assert.match(await raw(`GET /${'x'.repeat(40_000)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`), /^HTTP\/1\.1 431/);
  for (const [message, code] of [
    ['x'.repeat(2000), 1009],
    ['hello', 1008],
  ] as const) {
    const socket = new WebSocket(`ws://127.0.0.1:${service.port}/v1/stream`, ['minotaur.v1.json'], { headers });
    socket.on('open', () => socket.send(message));
    const closed = await new Promise((resolve) => socket.on('close', resolve));
    assert.equal(closed, code);
  }
  // A frame that announces 2^62 bytes.
  const key =
    'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MTIzNDU2Nzg5MDEyMzQ1Ng==\r\nSec-WebSocket-Protocol: minotaur.v1.json';
  const huge = Buffer.from([0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]).toString('latin1');
  const socket = createConnection(service.port, '127.0.0.1', () => {
    socket.write(
      `GET /v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${key}\r\nAuthorization: Bearer ${reader}\r\n\r\n`,
    );
    setTimeout(() => socket.write(Buffer.from(huge, 'latin1')), 50);
  });
  socket.resume();
  await new Promise((resolve) => socket.on('close', resolve));
});

test('heads that smuggle others are refused', async () => {
  const host = 'Host: 127.0.0.1\r\n';
  for (const bytes of [
    `GET /v1/rows HTTP/1.1\r\n${host}Bad Header: x\r\n\r\n`,
    `GET /v1/rows HTTP/1.1\r\n${host}X: a\rSet-Cookie: b\r\n\r\n`,
    `POST /v1/stop HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `POST /v1/stop HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
    'GET / HTTP/1.1\r\n\r\n',
  ])
    assert.match(await raw(bytes), /^HTTP\/1\.1 400/, bytes);
  const answer = await raw(
    `GET /v1/bars/x%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\n${host}Connection: close\r\nAuthorization: Bearer ${reader}\r\n\r\n`,
  );
  assert.match(answer, /^HTTP\/1\.1 404/);
  assert.doesNotMatch(answer, /set-cookie/i);
});

test('a head that comes a byte at a time is cut off', async () => {
  const started = performance.now();
  const socket = createConnection(service.port, '127.0.0.1', () => socket.write('GET /v1/rows HTTP/1.1\r\n'));
  const timer = setInterval(() => socket.write('X'), 50);
  socket.on('error', () => {});
  socket.resume();
  await new Promise((resolve) => socket.on('close', resolve));
  clearInterval(timer);
  assert.ok(performance.now() - started < 20_000);
});

test('2,000 connections that say nothing do not keep others out for long', { timeout: 60_000 }, async () => {
  const sockets: Socket[] = [];
  for (let i = 0; i < 2000; i++) {
    const socket = createConnection(service.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.resume();
    sockets.push(socket);
  }
  const started = performance.now();
  for (;;) {
    const status = await ask('/healthz').catch(() => 0);
    if (status === 200) break;
    assert.ok(performance.now() - started < 20_000, 'let in again');
    await sleep(50);
  }
  for (const socket of sockets) socket.destroy();
});

test('nothing that is secret, and nothing that was sent, stands in the log', () => {
  const text = logged.join('');
  assert.ok(logged.length > 50);
  assert.match(text, /"event":"request"/);
  assert.match(text, /"event":"subscribed","name":"reader"/);
  for (const secret of [reader, admin, 'mnt_', 'Bearer', 'passwd', 'Set-Cookie', 'script', 'xxxx', 'evil'])
    assert.ok(!text.includes(secret), secret);
  for (const line of logged) JSON.parse(line);
});
