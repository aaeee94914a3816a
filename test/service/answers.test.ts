/** Probes, metrics, the description of all of it, events, TLS, and what is not loaded by who does not serve. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { get } from 'node:https';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { build } from 'esbuild';
import { FAMILIES } from '../../packages/minotaur/src/service/metrics/families.ts';
import { createPublication } from '../../packages/minotaur/src/service/publication/publication.ts';
import type { RunningService } from '../../packages/minotaur/src/service/server/server.ts';
import { run, MAIN, nodeArguments } from '../cli.ts';
import { folder, live, serve, type LiveSession } from './rig.ts';

let session: LiveSession;
let service: RunningService;
before(async () => {
  const directory = join(folder, 'answers');
  session = await live(directory, { artefact: 'b'.repeat(64) });
  session.drive(2000);
  service = await serve(session, directory);
});
after(() => service.close());

const json = async (path: string): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await fetch(service.url + path);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

test('readiness says why it is refused, reason by reason, and health does not', async () => {
  const { publication } = session;
  assert.deepEqual(await json('/readyz'), { status: 200, body: { ready: true } });
  publication.setReason('hole', 'ids 12 to 40 are missing');
  publication.setReason('lag', '3 s behind');
  const two = [
    { code: 'hole', text: 'ids 12 to 40 are missing' },
    { code: 'lag', text: '3 s behind' },
  ];
  assert.deepEqual(await json('/readyz'), { status: 503, body: { ready: false, reasons: two } });
  assert.deepEqual((await json('/v1/status')).body['reasons'], two);
  assert.equal((await json('/healthz')).status, 200);
  publication.setReason('hole');
  assert.deepEqual((await json('/readyz')).body['reasons'], two.slice(1));
  publication.setReason('lag');
  assert.equal((await json('/readyz')).status, 200);
});

test('before a session is open there are no rows, and probes and events answer', async () => {
  const { facts } = session.publication;
  const young = await serve({ publication: createPublication(facts, { now: () => 0 }) }, undefined);
  const ready = await fetch(`${young.url}/readyz`);
  assert.equal(ready.status, 503);
  assert.match(await ready.text(), /bootstrapping/);
  for (const path of ['/v1/rows', '/v1/rows/latest', '/v1/predictions', '/v1/stream'])
    assert.equal((await fetch(young.url + path)).status, 503);
  for (const path of ['/healthz', '/v1/status', '/v1/schema', '/v1/config'])
    assert.equal((await fetch(young.url + path)).status, 200);
  await young.close();
});

test('the OpenAPI document is valid and has every path', async () => {
  const { body } = await json('/v1/openapi.json');
  const { valid, errors } = await new Validator().validate(structuredClone(body));
  assert.ok(valid, JSON.stringify(errors, null, 1));
  assert.deepEqual(Object.keys(body['paths'] as object).sort(), [
    '/healthz',
    '/metrics',
    '/readyz',
    '/v1/bars/{clock}',
    '/v1/config',
    '/v1/dashboard',
    '/v1/events',
    '/v1/model',
    '/v1/predictions',
    '/v1/rows',
    '/v1/rows/latest',
    '/v1/schema',
    '/v1/snapshot',
    '/v1/status',
    '/v1/stop',
    '/v1/stream',
  ]);
});

test('predictions are answered with their reasons', async () => {
  const { body } = await json('/v1/predictions?from=0:0&limit=400');
  const predictions = body['predictions'] as { ordinal: number; probability: number | string; refusal: string }[];
  assert.deepEqual(
    predictions.map(({ ordinal }) => ordinal),
    Array.from({ length: 400 }, (_, i) => i),
  );
  assert.equal(typeof predictions[300].probability, 'number');
  assert.ok(predictions.every(({ probability, refusal }) => (probability === 'NaN') === (refusal !== '')));
});

test('metrics are what Prometheus reads, and every family is there', async () => {
  const response = await fetch(`${service.url}/metrics`);
  assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
  const text = await response.text();
  const types = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name, type]));
  for (const [name, { type }] of Object.entries(FAMILIES)) assert.equal(types.get(`minotaur_${name}`), type, name);
  const sample =
    /^[a-zA-Z_:][\w:]*(\{([a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*\})? (?:[-+]?[\d.]+(?:e[-+]?\d+)?|NaN|[+-]Inf)$/;
  for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith('#'))) assert.match(line, sample);
  assert.match(text, /^minotaur_ready 1$/m);
  assert.match(text, /^nodejs_eventloop_lag_p99_seconds /m);
});

test('events come as they happen, and from where a reader stopped', async () => {
  const { publication } = session;
  const read = async (headers: Record<string, string>, enough: RegExp): Promise<string> => {
    const response = await fetch(`${service.url}/v1/events`, { headers });
    assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
    let text = '';
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      text += new TextDecoder().decode(chunk);
      if (enough.test(text)) break;
    }
    return text;
  };
  const reading = read({}, /second/);
  publication.event('note', { text: 'the first' });
  setTimeout(() => publication.event('reconnect', { cause: 'second' }), 50);
  const text = await reading;
  const [, id] = /id: (.*)\nevent: note/.exec(text) ?? [];
  const rest = await read({ 'last-event-id': id }, /second/);
  assert.match(rest, /event: reconnect/);
  assert.doesNotMatch(rest, /the first/);
  assert.match(await read({ 'last-event-id': 'another session/9999' }, /second/), /the first/);
});

test('over TLS', async (t) => {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const made = spawnSync('openssl', [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
    '-keyout',
    key,
    '-out',
    cert,
    ...subject,
  ]);
  if (made.status !== 0) return t.skip('openssl is not here');
  const secure = await serve(session, undefined, { tls: { cert, key } });
  assert.match(secure.url, /^https:/);
  const status = await new Promise((resolve, reject) => {
    get(`${secure.url}/healthz`, { ca: execFileSync('cat', [cert]) }, (response) =>
      resolve(response.resume().statusCode),
    ).on('error', reject);
  });
  assert.equal(status, 200);
  await assert.rejects(serve(session, undefined, { tls: { cert: join(folder, 'no.pem'), key } }), /no such file/);
  await secure.close();
});

test('a port that is taken is an error that says so', async () => {
  await assert.rejects(
    serve(session, undefined, { port: service.port }),
    /expected a free port of this machine, found one that is taken/,
  );
});

test('`minotaur token` shows a token once and keeps its hash', () => {
  const file = join(folder, 'made.json');
  const { token, role } = run<{ token: string; role: string }>('token', 'desk', '--file', file, '--role', 'admin');
  assert.match(token, /^mnt_[\w-]{43}$/);
  assert.equal(role, 'admin');
  const bad = spawnSync(process.execPath, [...nodeArguments, MAIN, 'token', 'desk', '--file', file, '--role', 'god'], {
    encoding: 'utf8',
  });
  assert.equal(bad.status, 2);
  assert.match(bad.stderr, /expected read or admin/);
});

test('who makes features loads nothing of this, and the client runs where Node is not', async () => {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = new Set();
    registerHooks({ resolve(name, context, next) { loaded.add(name); return next(name, context); } });
    await import('minotaur');
    for (const name of ['fastify', 'ws', 'pino', 'prom-client', '@uwdata/flechette', '@fastify/swagger'])
      if (loaded.has(name)) throw new Error(name);`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--conditions=minotaur-source', '--input-type=module', '-e', script],
    {
      encoding: 'utf8',
    },
  );
  assert.equal(status, 0, stderr);
  const entry = new URL('../../packages/minotaur/src/client.ts', import.meta.url).pathname;
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    metafile: true,
  });
  assert.ok(outputFiles[0].contents.length < 10_000, `${outputFiles[0].contents.length} bytes`);
  assert.ok(Object.keys(metafile.inputs).every((path) => /service\/(client|protocol)\/|src\/client\.ts$/.test(path)));
});
