/** The page and what it is told. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeToken } from '../../packages/minotaur/src/service/auth/tokens.ts';
import type { RunningService } from '../../packages/minotaur/src/service/server/server.ts';
import { folder, live, serve } from './rig.ts';

const tokens = join(folder, 'page-tokens.json');
const reader = makeToken(tokens, 'reader', 'read');
let service: RunningService;

before(async () => {
  const directory = join(folder, 'page');
  const session = await live(directory);
  session.drive(100);
  service = await serve(session, directory, { tokens });
});
after(() => service.close());

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** The status of a request with any headers. */
function ask(path: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ port: service.port, host: '127.0.0.1', path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on('error', reject);
    asked.end();
  });
}

test('the page is for whoever comes by a name of this service; what it shows is for tokens', async () => {
  for (const path of ['/', '/live.js', '/live.css']) {
    const response = await fetch(service.url + path);
    assert.equal(response.status, 200, path);
    const policy = response.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'.*frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe|\*|http/);
    assert.equal(await ask(path, { host: 'elsewhere.example' }), 421);
    assert.equal(await ask(path, { origin: 'https://elsewhere.example' }), 403);
  }
  assert.equal(await ask('/v1/dashboard'), 401);
  assert.equal(await ask('/v1/dashboard', bearer('mnt_wrong')), 401);
});

test('pages are told facts and then news, and no more of them than there is room for', async () => {
  const open = new AbortController();
  const { signal } = open;
  const read = (): Promise<Response> =>
    fetch(`${service.url}/v1/dashboard?clock=short`, { headers: bearer(reader), signal });
  const first = await read();
  assert.equal(first.headers.get('content-type'), 'text/event-stream; charset=utf-8');
  const { value } = (await first.body?.getReader().read()) ?? {};
  const [facts, news] = new TextDecoder().decode(value).split('\n\n');
  assert.match(facts, /^event: facts\ndata: \{"session":/);
  if (news !== '') assert.match(news, /^event: news\ndata: \{"now":/);
  const more = await Promise.all(Array.from({ length: 40 }, read));
  assert.equal(more.filter(({ status }) => status === 200).length, 31);
  assert.ok(more.every(({ status }) => status === 200 || status === 503));
  open.abort();
});
