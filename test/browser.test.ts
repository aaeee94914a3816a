/**
 * The chain in a browser: what users install as minotaur-core, bundled, loaded in Chromium as a page and as a worker, over
 * trades of a real file. Rows, and the bytes of snapshots, have to be those of Node.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import type { ConfigInput } from '../packages/core/src/config/config.ts';
import { createEngine, planOf } from '../packages/core/src/config/engine.ts';
import { presets } from '../packages/core/src/config/presets.ts';
import { catalogue } from '../packages/core/src/features/catalogue.ts';
import { createRowDigest } from '../packages/core/src/rows/digest.ts';
import {
  appendTrades,
  copyTrades,
  createTradeBlock,
  sliceTrades,
  TRADE_VALUES,
  type TradeBlock,
} from '../packages/core/src/trades/trade.ts';
import { simulate } from '../packages/minotaur/src/files/simulate.ts';
import { openTrades } from '../packages/minotaur/src/files/trades/trade-source.ts';
import { nodeHashing } from '../packages/minotaur/src/node/hashing.ts';
import { exampleExpression } from '../scripts/docs/example.ts';
import { startBrowser } from './browser.ts';
import { dataFile, needsData } from './cli.ts';
import { digestRows, type Outcome, type Task } from './digest-in-a-page.ts';
import { SPOT } from './real-files.ts';

/** Bytes, a tenth above what was measured: 493,778 minified and 155,296 with gzip, venues, time zones, the join of instruments and the loops in WebAssembly (16 kB) among them. */
const LIMITS = { minified: 532_000, gzip: 174_000 };

const browser = await startBrowser();
const needsBrowser = browser === undefined ? { skip: 'needs Chromium, which is not here' } : {};

/** What the browser fetches, by path. */
const files = new Map<string, { readonly type: string; readonly body: string | Uint8Array }>();
const server = createServer(({ url = '' }, response) => {
  const file = files.get(url);
  response.writeHead(file === undefined ? 404 : 200, { 'content-type': file?.type ?? 'text/plain' }).end(file?.body);
});

async function bundle(minify: boolean): Promise<string> {
  const { outputFiles, warnings } = await build({
    entryPoints: [fileURLToPath(new URL('../packages/core/dist/index.js', import.meta.url))],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    minify,
    write: false,
  });
  assert.deepEqual(warnings, []);
  return outputFiles[0].text;
}

let minified = '';

before(async () => {
  minified = await bundle(true);
  const script = (body: string) => ({ type: 'text/javascript', body });
  files.set('/', {
    type: 'text/html',
    body: '<!doctype html><link rel="icon" href="data:,"><title>minotaur-core</title>',
  });
  files.set('/core.js', script(minified));
  files.set(
    '/worker.js',
    script(`onmessage = async ({ data }) => postMessage(await (${digestRows.toString()})(data));`),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

after(async () => {
  await browser?.close();
  server.close();
});

test('the bundle is small, and knows nothing of Node', (t) => {
  const sizes = { minified: minified.length, gzip: gzipSync(minified, { level: 9 }).length };
  t.diagnostic(`minotaur-core: ${sizes.minified} bytes minified, ${sizes.gzip} with gzip`);
  assert.ok(sizes.minified <= LIMITS.minified && sizes.gzip <= LIMITS.gzip, JSON.stringify(sizes));
  assert.doesNotMatch(minified, /\bnode:|\bprocess\b|\bBuffer\b|\brequire\s*\(/);
});

/** The complete preset with bars of a size that fit the trades, and one feature of every operator. */
function completeConfig(threshold: number): ConfigInput {
  const { clocks, features, ...rest } = presets['minotaur'];
  const operators = [...catalogue.values()].map((op) => {
    return `${exampleExpression(op)} as ${op.outputs.map((_, k) => `every_${op.name}_${k}`).join(', ')}`;
  });
  return {
    ...rest,
    clocks: { ...clocks, short: { bars: 'dollar', threshold, suffix: '_db_s' } },
    features: { ...features, short: [...(features?.['short'] ?? []), ...operators] },
  };
}

/** The same in this process, with Node's own hash: the whole run, and what a snapshot half-way gives. */
function digestsOfNode(config: ConfigInput, trades: TradeBlock, half: number) {
  const digest = createRowDigest(nodeHashing);
  const rest = createRowDigest(nodeHashing);
  const counts = { rows: 0, restRows: 0, values: 0 };
  let resumed = false;
  const engine = createEngine(
    planOf(config),
    {
      onRows: (rows) => {
        digest.add(rows);
        counts.rows += rows.count;
        for (const value of rows.values.subarray(0, rows.count * rows.width)) if (!Number.isNaN(value)) counts.values++;
        if (!resumed) return;
        rest.add(rows);
        counts.restRows += rows.count;
      },
    },
    { hashing: nodeHashing },
  );
  engine.push(sliceTrades(trades, 0, half));
  const state = engine.snapshot();
  resumed = true;
  engine.push(sliceTrades(trades, half, trades.length));
  const snapshots = [state, engine.snapshot()].map((bytes) => createHash('sha256').update(bytes).digest('hex'));
  return { engine, state, snapshots, digest: digest.hex(), rest: rest.hex(), ...counts };
}

async function inPage<T>(use: (page: Page) => Promise<T>): Promise<T> {
  const page = await browser!.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const result = await use(page);
  assert.deepEqual(complaints, []);
  await page.close();
  return result;
}

const inWorker = (task: Task): Promise<Outcome> =>
  inPage((page) =>
    page.evaluate<Outcome>(`new Promise((resolve, reject) => {
    const worker = new Worker('/worker.js', { type: 'module' });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(${JSON.stringify(task)});
  })`),
  );

async function checkBrowser(t: TestContext, trades: TradeBlock, threshold: number): Promise<void> {
  const config = completeConfig(threshold);
  const half = Math.floor(trades.length / 2) + 1;
  const node = digestsOfNode(config, trades, half);
  assert.ok(node.restRows > 100 && node.values > 100_000, `${node.rows} rows, ${node.values} values`);
  const copy = copyTrades(trades);
  const columns = [...TRADE_VALUES.map((name) => copy[name]), copy.id];
  const binary = (arrays: readonly (Float64Array | Uint32Array | Uint8Array)[]): { type: string; body: Uint8Array } => {
    const parts = arrays.map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength));
    return { type: 'application/octet-stream', body: Buffer.concat(parts) };
  };
  files.set('/trades.bin', binary(columns));
  files.set('/state.bin', binary([node.state]));
  const whole = {
    columns: node.engine.columns.length,
    rows: node.rows,
    digest: node.digest,
    snapshots: node.snapshots,
    values: node.values,
  };
  const task = { config, before: half, resume: false };
  const started = performance.now();
  assert.deepEqual(await inPage((page) => page.evaluate(digestRows, task)), whole, 'in a page');
  const seconds = (performance.now() - started) / 1000;
  assert.deepEqual(await inWorker(task), whole, 'in a worker');
  const { rows, digest, snapshots } = await inWorker({ ...task, resume: true });
  assert.deepEqual(
    { rows, digest, snapshots },
    { rows: node.restRows, digest: node.rest, snapshots: node.snapshots },
    'from the snapshot of Node',
  );
  t.diagnostic(
    `${trades.length} trades, ${whole.rows} rows of ${whole.columns} columns, digest ${digest.slice(0, 12)}: ${seconds.toFixed(1)} s in a page`,
  );
}

/** All blocks as one. */
function joined(blocks: readonly TradeBlock[]): TradeBlock {
  const all = createTradeBlock(blocks.reduce((sum, block) => sum + block.length, 0));
  for (const block of blocks) appendTrades(all, block);
  return all;
}

const copyOf = (block: TradeBlock): TradeBlock => joined([block]);

test('real trades: page and worker give the bits of Node', { ...needsBrowser, ...needsData }, async (t) => {
  const source = await openTrades([dataFile(SPOT)]);
  const blocks: TradeBlock[] = [];
  for await (const { block } of source.blocks()) blocks.push(copyOf(block));
  source.close();
  await checkBrowser(t, joined(blocks), 5_000);
});

test('simulated trades: page and worker give the bits of Node', needsBrowser, async (t) => {
  await checkBrowser(t, joined([...simulate({ trades: 20_000, seed: 11 })].map(copyOf)), 50_000);
});
