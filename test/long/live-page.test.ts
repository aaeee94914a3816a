/** The page of the live service in a browser: what it shows while connections break and the service is killed, stands still, or asks who it is. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { Artefact } from '../../packages/core/src/artefact/artefact.ts';
import { createEngine } from '../../packages/minotaur/src/node/engine.ts';
import type { Trade } from '../../packages/core/src/trades/trade.ts';
import { makeToken } from '../../packages/minotaur/src/service/auth/tokens.ts';
import { openLocalVenue, type LocalVenue } from '../../packages/minotaur/src/venues/wire/local-venue.ts';
import { processSurroundings } from '../../packages/minotaur/src/venues/wire/surroundings.ts';
import { countPixels, drawn, startBrowser, textOf } from '../browser.ts';
import { learnColumn } from '../../packages/core/src/transform/column.ts';
import { trainingOf } from '../../packages/minotaur/src/service/publication/training.ts';
import { config, live, market as trades, serve } from '../service/rig.ts';
import { MAIN, nodeArguments, temporaryFolder } from '../cli.ts';

const browser = await startBrowser();
const needsBrowser = browser === undefined ? { skip: 'needs Chromium, which is not here' } : {};
const folder = temporaryFolder();
const shots = process.env['MINOTAUR_SCREENSHOTS'] ?? join(folder, 'screenshots');
mkdirSync(shots, { recursive: true });
const tokens = join(folder, 'tokens.json');
const token = makeToken(tokens, 'page', 'read');
writeFileSync(
  join(folder, 'live.yaml'),
  `instruments: { SIMUSDT: { venue: binance-spot } }
clocks: { s: { bars: tick, threshold: 10 }, m: { from: s, count: 5 } }
features: { s: [close, "sma(close, 5)", trade_imbalance], m: ["sma(close, 20)", volume] }
`,
);

const around = processSurroundings();

/** A hundred trades a second, from now on, up and down. */
function* market(): Generator<Trade> {
  const start = around.wall();
  for (let id = 1; ; id++)
    yield {
      id,
      time: start + 10_000 * id,
      price: 60_000 + Math.round(2000 * Math.sin(id / 150) + 500 * Math.sin(id / 7)) / 100,
      quantity: 0.01,
      buyerMaker: id % 3 === 0,
    };
}

let stop = (): void => {};
let venue: LocalVenue;
let service: ChildProcess;
let page: Page;
let url = '';
let port = '0';
const violations: string[] = [];
const errors: string[] = [];
const requests: string[] = [];

async function startLive(): Promise<void> {
  const addresses = ['--stream-url', `binance-spot=${venue.streamUrl}`, '--rest-url', `binance-spot=${venue.restBase}`];
  const flags = ['--journal', join(folder, 'journal'), '--port', port, '--tokens', tokens, ...addresses];
  const args = [...nodeArguments, MAIN, 'live', '--config', join(folder, 'live.yaml'), '--bootstrap', 'none', ...flags];
  service = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  for await (const chunk of service.stdout ?? []) {
    text += String(chunk);
    if (text.includes('Control-C')) break;
  }
  url = /^(http:\S+)/.exec(text)?.[1] ?? assert.fail(`it ended: ${text}`);
  port = new URL(url).port;
}

before(async () => {
  if (browser === undefined) return;
  venue = await openLocalVenue({ venue: 'binance-spot', markets: { SIMUSDT: market() }, around, heartbeat: 100 });
  stop = venue.play(1);
  await startLive();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on(
    'console',
    (message) => void (message.text().includes('Content Security') && violations.push(message.text())),
  );
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(url);
});
after(async () => {
  await browser?.close();
  if (browser === undefined) return;
  service.kill('SIGKILL');
  await venue.close();
});

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 30_000; !(await holds()); await pause(50))
    assert.ok(performance.now() < end, `${what} did not come`);
}

async function shows(selector: string, text: RegExp): Promise<void> {
  let found = '';
  const end = performance.now() + 30_000;
  do {
    found = await page.locator(selector).first().innerText();
    if (text.test(found)) return;
    await pause(50);
  } while (performance.now() < end);
  assert.match(found, text);
}

/** Rows so far, as the service says; as the page says. */
async function rowsServed(): Promise<number> {
  const answer = await fetch(`${url}/v1/status`, { headers: { authorization: `Bearer ${token}` } });
  return Number(((await answer.json()) as { next: string }).next.split(':')[1]);
}
const rowsShown = async (): Promise<number> =>
  Number(/([\d,]+) rows/.exec(await textOf(page, '#verdict'))?.[1]?.replaceAll(',', '') ?? NaN);

/** The words of the verdict from now on, each once in a row. */
async function follow(): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(`(() => {
    globalThis.words = [document.querySelector('#verdict b').textContent];
    new MutationObserver(() => {
      const now = document.querySelector('#verdict b')?.textContent;
      if (now !== globalThis.words.at(-1)) globalThis.words.push(now);
    }).observe(document.querySelector('#live'), { subtree: true, childList: true, characterData: true });
  })()`);
  return () => page.evaluate<readonly string[]>('globalThis.words');
}

test(
  'asks for a token, says that one is wrong, and keeps the right one out of every address',
  needsBrowser,
  async () => {
    await page.waitForSelector('form.token');
    assert.equal(await page.locator('#verdict').count(), 0);
    await page.getByLabel('Token').fill('mnt_wrong');
    await page.keyboard.press('Enter');
    await shows('[role=alert]', /did not take this token/);
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Open' }).click();
    await shows('#verdict b', /^live$/);
    assert.ok(requests.every((each) => !each.includes('mnt_')));
    assert.equal(await page.evaluate('localStorage.length'), 0);
  },
);

test('bars, values and warm-up come as they are made', needsBrowser, async () => {
  await shows('#verdict .why', /^not ready: warming up: m has \d+ of 20 bars, for sma_20_m|^ready/);
  assert.equal(await page.locator('#warmup progress').nth(1).getAttribute('max'), '20');
  await shows('#verdict .why', /^ready$/);
  await shows('#warmup', /all clocks are warm/);
  const metrics = async (): Promise<string> =>
    (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text();
  // They are set once a second.
  await until('its metric', async () => /^minotaur_warmup_ratio\{clock="m"\} 1$/m.test(await metrics()));
  await drawn(page, '#price', [0x2a, 0x9d, 0x6f], 200);
  await page.getByRole('searchbox', { name: 'Find features' }).fill('trade_imb');
  assert.equal(await page.locator('#features tbody tr').count(), 1);
  await page.getByRole('button', { name: 'trade_imbalance_s' }).click();
  await shows('#features figcaption', /last \d+ rows: -?[\d.]+ to /);
  await page.getByRole('searchbox', { name: 'Find features' }).fill('');
  await page.getByLabel('Clock').selectOption('m');
  await until('the other clock', async () => (await page.locator('#price tbody tr').count()) === 20);
  await page.getByLabel('Clock').selectOption('s');
  await shows('#verdict b', /^live$/);
});

test('a disconnect: live, repairing, live; a band, and both ids in the table', needsBrowser, async () => {
  const words = await follow();
  const happened = venue.happened('SIMUSDT').length;
  // Nobody is let in until the page has said so, and some trades were missed.
  venue.faults.handshakeStatus = 503;
  venue.clients.disconnect('at once');
  await shows('#verdict b', /^repairing$/);
  await until('what is missed', () => Promise.resolve(venue.happened('SIMUSDT').length > happened + 50));
  venue.faults.handshakeStatus = undefined;
  await shows('#continuity tbody', /repaired SIMUSDT/);
  await shows('#verdict b', /^live$/);
  const heard = await words();
  assert.deepEqual([...new Set(heard)], ['live', 'repairing'], heard.join());
  assert.deepEqual([heard[0], heard.at(-1)], ['live', 'live']);
  const [first, last] =
    /(\d+) to (\d+)/
      .exec(await textOf(page, '#continuity tbody'))
      ?.slice(1)
      .map(Number) ?? [];
  assert.ok(first > 1 && last >= first + 30, `${first} to ${last}`);
  await shows('#log', /instrument SIMUSDT, cause closed/);
  assert.ok((await countPixels(page, '#price', [0xc9, 0x8a, 0x12])) > 20, 'no tick where the connection broke');
});

test('a service that stands still is stale, and live again when it goes on', needsBrowser, async () => {
  service.kill('SIGSTOP');
  await shows('#verdict b', /^stale$/);
  await shows('#verdict .why', /nothing has come from the service; what is shown is of \d\d:\d\d:\d\d/);
  const first = await textOf(page, '#verdict .since');
  await until('the next second', async () => (await textOf(page, '#verdict .since')) !== first);
  service.kill('SIGCONT');
  await shows('#verdict b', /^live$/);
});

test('killed and started again: the page goes on by itself, and says what was', needsBrowser, async () => {
  service.kill('SIGKILL');
  await once(service, 'exit');
  await shows('#verdict b', /^stale$/);
  await startLive();
  await shows('#verdict b', /^live$/);
  await shows('#continuity tbody', /service not running/);
  await shows('#continuity tbody', /killed/);
  assert.match(await textOf(page, '#continuity tbody'), /repaired SIMUSDT/);
  const shown = await rowsShown();
  await until('another row', async () => (await rowsShown()) > shown);
  stop();
  await until('what the service has', async () => (await rowsServed()) === (await rowsShown()));
  assert.equal(new URL(page.url()).pathname, '/');
});

test('whoever does not see it or has no mouse can use it', needsBrowser, async () => {
  const unnamed = await page.evaluate<
    readonly string[]
  >(`[...document.querySelectorAll('button, input, select, svg[role], [role=img]')]
    .filter((each) => !(each.labels?.length || each.getAttribute('aria-label') || each.textContent.trim()))
    .map((each) => each.outerHTML)`);
  assert.deepEqual(unnamed, []);
  const regions = await page.getByRole('region').count();
  assert.ok(regions >= 6, String(regions));
  assert.equal(await page.getByRole('status').innerText(), 'live');
  await page.locator('.theme').focus();
  for (let i = 0; i < 6; i++) await page.keyboard.press('Tab');
  const outline = await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle');
  assert.equal(outline, 'solid', 'where the keyboard is does not show');
  for (const dark of [false, true]) {
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    assert.deepEqual(await page.evaluate(FAINT), [], dark ? 'dark' : 'light');
  }
});

/** Texts whose contrast with what is behind them is less than 4.5. */
const FAINT = `(() => {
  const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour) => {
    const [r, g, b] = rgba(colour).map((part) => (part / 255 <= 0.04 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (each) => {
    for (let at = each; at !== null; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (rgba(backgroundColor)[3] === 255) return backgroundColor;
    }
    return 'white';
  };
  return [...document.querySelectorAll('body *')]
    .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
    .filter((each) => each.closest('svg, noscript, option, script') === null)
    .filter((each) => {
      const [a, b] = [light(getComputedStyle(each).color), light(behind(each))].sort((x, y) => y - x);
      return (a + 0.05) / (b + 0.05) < 4.5;
    })
    .map((each) => each.textContent);
})()`;

test('wide and narrow, light and dark: nothing is cut off, nothing was complained of', needsBrowser, async () => {
  for (const width of [1280, 390])
    for (const dark of [false, true]) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
      await pause(300);
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      assert.ok(overflow <= 0, `${overflow} pixels too wide for ${width}`);
      await page.screenshot({ path: join(shots, `live-${width}-${dark ? 'dark' : 'light'}.png`), fullPage: true });
    }
  assert.deepEqual(violations, []);
  assert.deepEqual(errors, []);
  assert.ok(requests.every((each) => each.startsWith(url)));
});

/** Fitted on prices that are long gone, and on nothing of the rest. */
function trained() {
  const spec = { log1p: false, clip: null, wasClipped: false, impute: 'none', scale: 'standard' } as const;
  const old = Float64Array.from({ length: 100 }, (_, i) => 40_000 + i);
  const still = Float64Array.from({ length: 100 }, (_, i) => i - 50);
  const learned = [learnColumn('close_short', old, spec), learnColumn('mom_5_short', still, spec)];
  const artefact = { learned, decision: { threshold: { value: 0.3 } } } as unknown as Artefact;
  return trainingOf(artefact, createEngine(config).plan.columns);
}

test(
  'with a model: what is far from its training comes first, predictions with their refusals',
  needsBrowser,
  async () => {
    const session = await live(join(folder, 'predicted'), { artefact: 'ab'.repeat(32), training: trained() });
    session.drive(trades.length / 2);
    const predicted = await serve(session, join(folder, 'predicted'));
    const other = await (browser as Browser).newPage({ viewport: { width: 1280, height: 900 } });
    const complaints: string[] = [];
    other.on('console', (message) => complaints.push(message.text()));
    await other.goto(predicted.url);
    await other.waitForSelector('#predictions tbody tr');
    const rows = await other.locator('#features tbody tr').allInnerTexts();
    assert.match(rows[0], /^close_short\s+[\d,.]+\s+.*\s[\d.]+ σ far$/);
    assert.match(rows.join('\n'), /volume_10s.*not used/);
    assert.match(await textOf(other, '#features .head'), /1 far from training/);
    assert.match(await textOf(other, '#predictions'), /last 300: \d+ signals, \d+ refused/);
    assert.match(await textOf(other, '#predictions .refusals'), /^\d+ refused: not ready: the chain is warming up$/);
    session.drive(trades.length / 2 + 5);
    await other.getByText('last 301:').waitFor();
    await other.locator('#price .chart').hover({ position: { x: 100, y: 100 } });
    await other
      .locator('#bar')
      .filter({ hasText: /prediction 0\.\d+|prediction refused/ })
      .waitFor();
    await other.screenshot({ path: join(shots, 'live-model-1280-light.png'), fullPage: true });
    assert.deepEqual(complaints, []);
    await other.close();
    await predicted.close();
  },
);
