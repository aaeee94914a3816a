/** The page that computes in a visitor's browser, in Chromium: files in, the rows of the command line out, and nothing leaves. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { simulate } from '../../packages/minotaur/src/files/simulate.ts';
import { CSV_HEADER, csvText } from '../../packages/minotaur/src/files/trades/trades-text.ts';
import { buildTry } from '../../scripts/build-try.ts';
import { openUrl, startBrowser, textOf, type Screen } from '../browser.ts';
import { dataFile, needsData, run, temporaryFolder } from '../cli.ts';
import { SPOT } from '../real-files.ts';
import { zipOf } from '../zip-of.ts';

/** Bytes, a tenth above what was measured: of the page 218,500 and 74,905 with gzip, of the worker 682,600 and 220,100. */
const LIMITS = { 'try.js': [240_000, 82_500], 'worker.js': [756_000, 252_800], 'try.css': [9_200, 2_700] } as const;

const folder = temporaryFolder();
const shots = process.env['MINOTAUR_SHOTS'] ?? join(folder, 'shots');
const site = join(folder, 'site');
const browser = await startBrowser();
const needsBrowser = browser === undefined ? { skip: 'needs Chromium, which is not here' } : {};

const TYPES: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };
const server = createServer(({ url = '' }, response) => {
  const name = url === '/' ? 'index.html' : basename(url);
  response.writeHead(200, { 'content-type': TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain' });
  response.end(readFileSync(join(site, name)));
});
const home = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

before(async () => {
  mkdirSync(shots, { recursive: true });
  await buildTry(site);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

after(async () => {
  await browser?.close();
  server.close();
});

/** Simulated trades as a dump of Binance, no header, seven columns: more than the mebibyte that is read at once, and few. */
const [ROWS, FEW] = [20_000, 5_000].map((trades) =>
  Array.from(simulate({ trades, seed: 5 }), (block) => csvText(block)).join(''),
);

function written(name: string, bytes: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** Uses the page, and asks that it fetched nothing but its own files, before a file was handed over and after. */
async function inPage(name: string, use: (page: Page) => Promise<void>, screen?: Screen): Promise<void> {
  const requests = await openUrl(browser!, { url: home(), name, shots }, use, screen);
  const own = new Set(['', 'try.css', 'try.js', 'worker.js'].map((file) => home() + file));
  const foreign = requests.filter((url) => !own.has(url) && !url.startsWith(`blob:${home()}`));
  assert.deepEqual(foreign, []);
}

/** Waits until nothing is being done, and for rows or a message. */
const settled = (page: Page): Promise<void> =>
  until(page, "document.querySelector('progress') === null && document.querySelector('#digest, #trouble') !== null");

/** Asked again and again from here: the page's policy keeps it from asking itself. */
async function until(page: Page, truth: string): Promise<void> {
  const end = performance.now() + 120_000;
  while ((await page.evaluate(truth)) !== true) {
    assert.ok(performance.now() < end, `never: ${truth}`);
    await setTimeout(20);
  }
}

async function handOver(page: Page, file: string): Promise<void> {
  await page.setInputFiles('#file', file);
  await page.waitForSelector('#name');
  await settled(page);
}

const configIn = (page: Page): Promise<string> => page.inputValue('#config');

/** What the command line makes of the same file by the configuration of the page. */
async function digestOfCommand(page: Page, file: string, name: string): Promise<string> {
  const config = written(`${name}.yaml`, await configIn(page));
  return run('build', '--config', config, '--trades', file, '--out', join(folder, name)).digest;
}

test('the bundles are small, and know nothing of Node', (t) => {
  for (const [name, [plain, packed]] of Object.entries(LIMITS)) {
    const text = readFileSync(join(site, name), 'utf8');
    const sizes = [text.length, gzipSync(text, { level: 9 }).length];
    t.diagnostic(`${name}: ${sizes.join(' bytes, ')} with gzip`);
    assert.ok(sizes[0] <= plain && sizes[1] <= packed, `${name}: ${sizes.join()}`);
    assert.doesNotMatch(text, /["']node:|(?<!\.)\brequire\("/);
  }
});

test('a file is dropped, or packed: its rows are those of the command line, to the bit', needsBrowser, async (t) => {
  const file = written('BTCUSDT-trades-2024-08-05.csv', ROWS);
  const packed = {
    'trades.csv.gz': gzipSync(CSV_HEADER + ROWS),
    'BTCUSDT-trades-2024-08-05.zip': zipOf({ 'BTCUSDT-trades-2024-08-05.csv': ROWS }),
  };
  await inPage('dropped', async (page) => {
    const transfer = await page.evaluateHandle(
      `(() => { const all = new DataTransfer(); all.items.add(new File([${JSON.stringify(ROWS)}], ${JSON.stringify(basename(file))})); return all; })()`,
    );
    await page.dispatchEvent('.drop', 'drop', { dataTransfer: transfer });
    await page.waitForSelector('#name');
    await settled(page);
    const facts = await textOf(page, '#facts');
    assert.match(
      facts,
      /binance trades, us, plain; no header: by the shape of its first row: time 5, price 2, quantity 3/,
    );
    assert.match(facts, /side: whether the buyer was the maker/);
    assert.match(facts, /20,000 of 20,000 rows are trades/);
    assert.match(facts, /BTCUSDT/);
    assert.equal(await textOf(page, '#digest'), await digestOfCommand(page, file, 'dropped'));
    assert.match(await configIn(page), /bars: dollar[\s\S]*- roc\(close, 5\)/);
    t.diagnostic((await textOf(page, 'main')).match(/[\d,]+\s+trades a second, in [\d.]+ s/)?.[0] ?? '');
    for (const [name, bytes] of Object.entries(packed)) {
      const path = written(name, bytes);
      await handOver(page, path);
      assert.equal(await textOf(page, '#name'), name);
      assert.equal(await textOf(page, '#digest'), await digestOfCommand(page, path, `packed-${name}`), name);
    }
  });
});

test('a dump of an exchange', { ...needsBrowser, ...needsData }, async () => {
  await inPage('real', async (page) => {
    await handOver(page, dataFile(SPOT));
    assert.equal(await textOf(page, '#digest'), await digestOfCommand(page, dataFile(SPOT), 'real'));
  });
});

test('what is broken says where, what is no table of trades is refused and can be told', needsBrowser, async () => {
  const lines = Array.from({ length: 5000 }, (_, i) => `${1_700_000_000 + i};${100 + (i % 7)};${1 + (i % 3)};x`);
  const file = written('own.csv', `when;how much;how many;note\n${lines.join('\n')}\n`);
  const packedRows = gzipSync(ROWS);
  const broken = {
    'short.csv': [`${ROWS}12,1.5\n`, /short\.csv line 20001[\s\S]*7 fields, as in the first row[\s\S]*2/],
    'cut.csv.gz': [packedRows.subarray(0, packedRows.length / 2), /cut\.csv\.gz[\s\S]*a complete gzip stream/],
    'packed.zst': [Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0), /the command line reads this file too[\s\S]*Zstandard/],
    'empty.csv': ['', /empty\.csv[\s\S]*an empty file/],
    'several.zip': [zipOf({}), /an archive with a file in it[\s\S]*none/],
  } as const;
  const use = async (page: Page): Promise<void> => {
    for (const [name, [bytes, message]] of Object.entries(broken)) {
      await handOver(page, written(name, bytes));
      assert.match(await textOf(page, '#trouble'), message);
    }
    await handOver(page, file);
    const trouble = await textOf(page, '#trouble');
    assert.match(trouble, /own\.csv line 1/);
    assert.match(trouble, /expected\s+a time column \(time, timestamp, .*or columns in the configuration/);
    assert.match(trouble, /found\s+the columns when, how much, how many, note/);
    await page.fill('#config', 'input:\n  columns: { time: when, price: how much, quantity: how many }\n');
    await page.press('#config', 'Control+Enter');
    await page.waitForSelector('#digest');
    await settled(page);
    assert.equal(await page.locator('#trouble').count(), 0);
    assert.match(await textOf(page, '#facts'), /as `input\.columns` says/);
    assert.match(await configIn(page), /price: how much/);
    assert.equal(await textOf(page, '#digest'), await digestOfCommand(page, file, 'told'));
  };
  await inPage('refused', use, { dark: true });
});

/** The newest rows are shown, all of them are saved. */
async function showAndSave(page: Page): Promise<void> {
  await page.fill(
    '#config',
    'clocks: { a: { bars: tick, threshold: 100 } }\nfeatures: { a: [close, "sma(close, 1000) as far", num_ticks] }\n',
  );
  await page.click('#compute');
  await until(page, "document.querySelectorAll('.rows th').length === 6");
  await settled(page);
  const [first] = await page.locator('.rows tbody tr').allInnerTexts();
  assert.match(first, /^2024-08-05 \d\d:\d\d:[\d.]+Z\tno\t[\d.]+\tNaN\t100\t0$/);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#download')]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\n');
  assert.equal(lines.length, 51);
  assert.equal(lines[0], 'time,close_a,far_a,num_ticks_a,age_a,ready,complete');
  assert.match(lines[50], /^\d{16},[\d.]+,NaN,100,0,0,1$/);
}

test('a feature is added, a mistake explained, bars are cut anew, rows shown and saved', needsBrowser, async () => {
  const file = written('trades.csv', CSV_HEADER + FEW);
  await inPage('changed', async (page) => {
    await handOver(page, file);
    const [first, config] = [await textOf(page, '#digest'), await configIn(page)];
    const add = async (expression: string): Promise<void> => {
      await page.fill('#feature', expression);
      await page.press('#feature', 'Enter');
      await page.waitForTimeout(200);
      await settled(page);
    };
    await add('rsii(close, 14)');
    assert.match(await textOf(page, '#trouble'), /feature 'rsii\(close, 14\)'[\s\S]*did you mean 'rsi'/);
    assert.equal(await configIn(page), config);
    await add('rsi(close, 21)');
    assert.equal(await page.locator('#trouble').count(), 0);
    const added = await textOf(page, '#digest');
    assert.notEqual(added, first);
    assert.match(await configIn(page), /- rsi\(close, 21\)/);
    assert.equal(added, await digestOfCommand(page, file, 'added'));
    await page.selectOption('#bars-kind', 'tick');
    await page.fill('#bars-size', '100');
    await page.press('#bars-size', 'Enter');
    await until(page, `document.querySelector('#digest').textContent !== '${added}'`);
    await settled(page);
    assert.match(await textOf(page, 'main'), /\b50\s+rows of/);
    assert.equal(await textOf(page, '#digest'), await digestOfCommand(page, file, 'ticks'));
    await showAndSave(page);
  });
});

test('by the keyboard alone, on a narrow screen in the dark', needsBrowser, async () => {
  const use = async (page: Page): Promise<void> => {
    const focused = (): Promise<string> => page.evaluate<string>('document.activeElement.id');
    const order: string[] = [];
    for (let k = 0; k < 4; k++) {
      await page.keyboard.press('Tab');
      order.push(await focused());
    }
    // Behind the choice of colours and the link to the documentation.
    assert.deepEqual(order, ['', '', 'file', 'simulate']);
    assert.equal(await page.locator('#file').evaluate((field) => (field as { labels?: object[] }).labels?.length), 1);
    await page.keyboard.press('Enter');
    await settled(page);
    assert.equal(await page.locator('.trouble, #trouble').count(), 0);
    await page.focus('#bars');
    const at = await textOf(page, '#at b');
    await page.keyboard.press('Home');
    await until(page, `document.querySelector('#at b').textContent !== ${JSON.stringify(at)}`);
  };
  await inPage('keyboard', use, { width: 390, dark: true });
});

test('on a narrow screen, with a long name', needsBrowser, async () => {
  const file = written(`${'BTCUSDT_trades_of_one_day_'.repeat(5)}.csv`, FEW);
  const use = async (page: Page): Promise<void> => {
    await handOver(page, file);
    await page.waitForSelector('#at');
    assert.equal(await page.locator('.trouble, #trouble').count(), 0);
  };
  await inPage('narrow', use, { width: 390 });
});

test('it works opened from a disk', needsBrowser, async () => {
  const page = await browser!.newPage();
  await page.goto(pathToFileURL(join(site, 'index.html')).href);
  await handOver(page, written('disk.csv', CSV_HEADER + FEW));
  assert.match(await textOf(page, '#digest'), /^[0-9a-f]{64}$/);
  await page.close();
});

test('nothing can be sent, by the page or by its worker', needsBrowser, async () => {
  const page = await browser!.newPage();
  await page.goto(home());
  const send = `fetch('${home()}upload', { method: 'POST', body: 'trades' }).then(() => 'sent', () => 'refused')`;
  assert.equal(await page.evaluate(send), 'refused');
  const worker = `new Promise((resolve) => {
    const code = ${JSON.stringify(`${send}.then((word) => postMessage(word))`)};
    new Worker(URL.createObjectURL(new Blob([code]))).onmessage = ({ data }) => resolve(data);
  })`;
  assert.equal(await page.evaluate(worker), 'refused');
  await page.close();
});
