/** `view`: the server and its refusals, the file, and the page of both in a browser. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { build } from 'minotaur/runs';
import { decodeWindow } from 'minotaur-view';
import { viewPage } from '../../packages/minotaur/src/pages/view-page.ts';
import { serveView } from '../../packages/minotaur/src/viewer/view.ts';
import { MAIN, minotaur, nodeArguments, readManifest, readRows, temporaryFolder } from '../cli.ts';
import { makeViewed } from '../viewed.ts';

const folder = temporaryFolder();
const at = (...names: readonly string[]): string => join(folder, ...names);
const out = at('run');
await makeViewed(out);
const server = await serveView({ directory: out, pageOf: viewPage }, { host: '127.0.0.1', port: 0 });
after(() => server.close());

interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: Buffer;
}

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(server.url), { path, headers, method }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'],
          body: Buffer.concat(parts),
        }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

const windowAt = async (query: string) => {
  const { status, body } = await ask(`/window?${query}`);
  assert.equal(status, 200, body.toString());
  return decodeWindow(Uint8Array.from(body).buffer);
};

test('the page comes with what it knows, and asks this server alone', async () => {
  const { status, type, body } = await ask('/');
  assert.deepEqual([status, type], [200, 'text/html; charset=utf-8']);
  const html = body.toString();
  assert.match(html, /default-src 'none';[^"]*connect-src 'self'"/);
  for (const word of ['roc_3_tb', 'bars of', 'an id not seen before', 'had it']) assert.ok(html.includes(word), word);
  assert.equal(html.match(/TradingView Lightweight Charts™, Copyright/g)?.length, 1);
});

test('a window has the values of the files, whole and in buckets', async () => {
  const { columns: names, counts } = readManifest(at('run', 'build'));
  const rows = await readRows(at('run', 'build'));
  const bars = counts.bars['short'];
  const index = names.findIndex((name) => name.startsWith('away'));
  const single = await windowAt(`clock=short&from=100&to=300&size=1&features=${index}`);
  assert.equal(single.columns['time'].length, 200);
  const values = Array.from({ length: 200 }, (_, i) => rows[100 + i][1 + index]);
  assert.deepEqual([...single.columns[`last ${index}`]], values);
  assert.ok(single.columns['mark_at'].length > 50);
  assert.ok(single.columns['split'].some((code) => code === 1));
  const whole = await windowAt(`clock=short&from=0&to=${bars}&size=256&features=${index}`);
  const [target, stop, limit] = ['target', 'stop', 'limit'].map((name) => whole.columns[name].reduce((a, b) => a + b));
  assert.ok(target > 0 && stop > 0 && target + stop + limit < bars);
  assert.ok(whole.columns['ready'][0] < 1 && whole.columns['complete'].some((share) => share < 1));
  assert.ok(whole.columns['max prediction'].some((share) => share > 0));
  const slow = await windowAt(`clock=10s&from=0&to=4000&size=1&features=`);
  assert.equal(slow.to, counts.bars['10s']);
});

test('the bar of a time, and how a feature is spread', async () => {
  const { columns } = await windowAt('clock=short&from=0&to=50&size=1');
  const bar = await ask(`/bar?clock=short&time=${columns['time'][20]}`);
  assert.equal(JSON.parse(bar.body.toString()), columns['time'].indexOf(columns['time'][20]));
  const spread = await ask('/distribution?feature=0');
  const { rows, quantiles } = JSON.parse(spread.body.toString()) as { rows: number; quantiles: [number, number][] };
  assert.equal(rows, readManifest(at('run', 'build')).counts.readyRows);
  assert.ok(quantiles.every(([, value], i) => i === 0 || value >= quantiles[i - 1][1]));
});

test('another host, another method, another path and a query that makes no sense are refused', async () => {
  const port = new URL(server.url).port;
  const status = async (...args: Parameters<typeof ask>): Promise<number> => (await ask(...args)).status;
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', 'localhost.'])
    assert.equal(await status('/', { host }), 421, host);
  for (const host of ['localhost', `LOCALHOST:${port}`, '[::1]:1', '127.0.0.1'])
    assert.equal(await status('/', { host }), 200);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) assert.equal(await status('/', {}, method), 405, method);
  assert.equal((await ask('/', {}, 'HEAD')).body.length, 0);
  for (const path of [
    '/manifest.json',
    '/../manifest.json',
    '/build/manifest.json',
    '/%2e%2e/run.json',
    '//',
    '/window/',
  ])
    assert.equal(await status(path), 404, path);
  const good = { clock: 'short', from: '0', to: '100', size: '1', features: '0' };
  assert.equal(await status(`/window?${new URLSearchParams(good).toString()}`), 200);
  const bad: Record<string, string>[] = [
    { clock: '../short' },
    { from: '-1' },
    { from: '1', size: '2' },
    { size: '0' },
    { size: '1e9' },
    { to: '0' },
    { to: '9999' },
    { features: '99' },
    { features: 'close_db' },
    { features: Array.from({ length: 40 }, (_, i) => i).join() },
    { fold: 'x' },
  ];
  for (const change of bad)
    assert.equal(
      await status(`/window?${new URLSearchParams({ ...good, ...change }).toString()}`),
      400,
      JSON.stringify(change),
    );
  assert.equal(await status(`/window?clock=${'x'.repeat(5000)}`), 414);
  // Node answers before it has heard all of it; who still talks may miss that.
  const huge = await status(`/window?clock=${'x'.repeat(100_000)}`).catch(
    (error: unknown) => (error as NodeJS.ErrnoException).code,
  );
  assert.ok(huge === 431 || huge === 'ECONNRESET' || huge === 'EPIPE', String(huge));
  assert.equal(await status('/bar?clock=short&time=soon'), 400);
  for (const query of ['feature=0&feature=1', 'feature=0&clock=short', 'feature=0?feature=1', 'Feature=0'])
    assert.equal(await status(`/distribution?${query}`), 400, query);
  assert.equal(await status('/window?' + new URLSearchParams({ ...good, form: '1' }).toString()), 400);
});

test('what is no HTTP is answered and does no harm', async () => {
  const port = Number(new URL(server.url).port);
  const say = (words: string): Promise<string> =>
    new Promise((resolve) => {
      let got = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(`${words}\r\n\r\n`));
      socket.on('data', (part) => (got += part.toString()));
      socket.on('close', () => resolve(got));
    });
  assert.match(await say('nonsense'), /^HTTP\/1\.1 400/);
  assert.match(await say('GET / HTTP/1.0'), /^HTTP\/1\.1 421/);
  assert.equal((await ask('/')).status, 200);
});

test('a port that is taken, a clock that is none and a directory without a run are said as what they are', () => {
  const { port } = new URL(server.url);
  const taken = minotaur('view', out, '--port', port);
  assert.equal(taken.status, 2);
  assert.match(taken.stderr, new RegExp(`127\\.0\\.0\\.1:${port}[\\s\\S]*taken`));
  assert.match(
    minotaur('view', out, '--clock', 'shrot').stderr,
    /a clock of the run \(short, 10s\)[\s\S]*did you mean 'short'/,
  );
  const empty = minotaur('view', folder);
  assert.equal(empty.status, 2);
  assert.match(empty.stderr, /a directory that run or build left/);
  assert.match(minotaur('view', out, '--port', '70000').stderr, /0 to 65535/);
});

test('a signal ends the server, and the exit code says which', async () => {
  const child = spawn(process.execPath, [...nodeArguments, MAIN, 'view', at('run', 'build')], { stdio: 'pipe' });
  const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(await firstOutput(child))?.[0] ?? '';
  assert.equal((await fetch(url)).status, 200);
  // A browser keeps its connection.
  const kept = connect(Number(new URL(url).port), '127.0.0.1');
  await once(kept, 'connect');
  kept.on('error', () => {});
  child.kill('SIGINT');
  const code = await new Promise((resolve) => child.on('exit', resolve));
  kept.destroy();
  assert.equal(code, 130);
});

function firstOutput({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve) => stdout?.once('data', (part: Buffer) => resolve(part.toString())));
}

test('files of other rows are left out, and the page says so', async () => {
  const stale = at('stale');
  cpSync(at('run', 'build'), join(stale, 'build'), { recursive: true });
  copyFileSync(at('run', 'split.parquet'), join(stale, 'split.parquet'));
  const manifest = { ...readManifest(at('run', 'build')), schemaId: 'f'.repeat(64) };
  writeFileSync(join(stale, 'build', 'manifest.json'), JSON.stringify(manifest));
  const other = await serveView({ directory: stale, pageOf: viewPage }, { host: '127.0.0.1', port: 0 });
  const html = await (await fetch(other.url)).text();
  await other.close();
  assert.match(html, /Left out, split\.parquet: expected labels of schema f/);
  assert.ok(!html.includes('"labels":true'));
});

test('a build alone has no labels, and a series beside its bars is no clock to look at', async () => {
  writeFileSync(
    at('rate.csv'),
    `time,rate\n${[0, 1, 2].map((i) => `${1_722_816_000_000 + 60_000 * i},${i}`).join('\n')}\n`,
  );
  await build({
    config: {
      symbol: 'SIM',
      clocks: { short: { bars: 'tick', threshold: 10 }, rates: { series: ['rate'], delay: '1s' } },
      features: { short: ['close'], rates: ['rate'] },
    },
    trades: [join(out, 'a.csv.gz')],
    series: [at('rate.csv')],
    out: at('alone'),
  });
  const alone = await serveView({ directory: at('alone'), pageOf: viewPage }, { host: '127.0.0.1', port: 0 });
  const html = await (await fetch(alone.url)).text();
  const drawn = await fetch(`${alone.url}window?clock=short&from=0&to=64&size=1&features=0,1`);
  await alone.close();
  assert.equal(drawn.status, 200);
  assert.match(html, /"clocks":\[\{"name":"short","bars":\d+\}\],/);
  assert.match(html, /"labels":false,"folds":0/);
});

test('a file has everything in it, and is written whole', () => {
  mkdirSync(at('pages'));
  const { status, stdout, stderr } = minotaur('view', out, '--clock', '10s', '--out', at('pages', 'view.html'));
  assert.equal(status, 0, stderr);
  assert.equal(stdout.trim(), at('pages', 'view.html'));
  const { size } = statSync(at('pages', 'view.html'));
  assert.ok(size > 200_000 && size < 12_000_000, `${size} bytes`);
  assert.equal(minotaur('view', out, '--out', at('pages', 'view.html', 'no.html')).status, 2);
});
