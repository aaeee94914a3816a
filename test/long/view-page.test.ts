/** The page of `view` in a browser: from a server and as a file, on a screen and on a phone, by mouse and by keys. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { viewPage } from '../../packages/minotaur/src/pages/view-page.ts';
import { serveView, writeView } from '../../packages/minotaur/src/viewer/view.ts';
import { countPixels, drawn, openPage, openUrl, startBrowser, textOf, type Screen } from '../browser.ts';
import { temporaryFolder } from '../cli.ts';
import { makeViewed } from '../viewed.ts';

const browser = await startBrowser();
const needsBrowser = browser === undefined ? { skip: 'needs Chromium, which is not here' } : {};
const folder = temporaryFolder();
const shots = process.env['MINOTAUR_SCREENSHOTS'] ?? join(folder, 'screenshots');
mkdirSync(shots, { recursive: true });
const out = join(folder, 'run');
if (browser !== undefined) await makeViewed(out);
const server =
  browser === undefined
    ? undefined
    : await serveView({ directory: out, pageOf: viewPage }, { host: '127.0.0.1', port: 0 });
after(async () => {
  await browser?.close();
  await server?.close();
});

const GREEN = [0x2a, 0x9d, 0x6f];
const served = async (use: (page: Page) => Promise<void>, screen?: Screen): Promise<void> => {
  const url = server?.url ?? '';
  const requests = await openUrl(browser as Browser, { url, name: 'view', shots }, use, screen);
  assert.ok(requests.every((each) => each.startsWith(url)));
};

const timeAt = (page: Page): Promise<string> => textOf(page, '#at b');
const panes = (page: Page): Promise<number> => page.locator('.legend li').count();
/** Until there are as many: a busy machine takes its time. */
const becomes = (page: Page, count: number): Promise<void> =>
  page.waitForFunction(`document.querySelectorAll('.legend li').length === ${count}`).then(() => undefined);

/** What stands above the chart, once it is as it has to be: a busy machine takes its time. */
async function eventually(page: Page, holds: (text: string) => boolean): Promise<string> {
  let text = await timeAt(page);
  for (let tries = 0; tries < 60 && !holds(text); tries++) {
    await page.waitForTimeout(100);
    text = await timeAt(page);
  }
  return text;
}

async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(150);
}

for (const screen of [{}, { width: 390, dark: true }] satisfies Screen[]) {
  const name = 'width' in screen ? '390 pixels, dark' : '1100 pixels, light';

  test(`${name}: candles, the crosshair's values, a feature more and less`, needsBrowser, () =>
    served(async (page) => {
      await page.waitForSelector('#at');
      await settle(page);
      await drawn(page, '#bars', GREEN, 300);
      const newest = await timeAt(page);
      await page.locator('#bars').hover({ position: { x: 90, y: 150 } });
      await settle(page);
      assert.notEqual(await eventually(page, (text) => text !== newest), newest);
      const [high, low] = await Promise.all(['high', 'low'].map((of) => textOf(page, `#at [data-value=${of}]`)));
      assert.ok(Number(high) >= Number(low) && Number(low) > 0);
      const before = await panes(page);
      await page.locator('#pick-pane input').fill('volume');
      await page.getByRole('button', { name: 'Add' }).click();
      await settle(page);
      await becomes(page, before + 1);
      await page.getByRole('button', { name: /^remove volume/ }).click();
      await becomes(page, before);
      assert.equal(await page.locator('.tall .problems tbody tr').count(), 2);
      assert.match(await textOf(page, '#distribution .facts'), /median/);
    }, screen),
  );
}

test('keys move, find, switch and explain', needsBrowser, () =>
  served(async (page) => {
    await page.waitForSelector('#at');
    await settle(page);
    const newest = await timeAt(page);
    const press = async (...keys: readonly string[]): Promise<string> => {
      for (const key of keys) await page.keyboard.press(key);
      await settle(page);
      return timeAt(page);
    };
    await press('ArrowLeft');
    const left = await eventually(page, (text) => text < newest);
    assert.ok(left < newest, `${left} is not before ${newest}`);
    await press('Home');
    assert.ok((await eventually(page, (text) => text < left)) < left);
    await press('End');
    assert.equal(await eventually(page, (text) => text === newest), newest);
    await press('Shift+ArrowLeft', 'Shift+ArrowLeft');
    assert.ok((await eventually(page, (text) => text < newest)) < newest);
    await press('0', '0');
    assert.match(await eventually(page, (text) => text.includes(' bars, ')), /\d bars, /);
    // As near as it takes to see single bars: how near that is depends on how many there are.
    let near = await press('End', '+', '+', '+', '+');
    for (let more = 0; more < 8 && near.includes(' bars, '); more++) near = await press('+');
    assert.doesNotMatch(near, / bars, /);
    const labels = page.getByRole('button', { name: 'labels' });
    assert.equal(await labels.getAttribute('aria-pressed'), 'true');
    await press('l');
    await page.getByRole('button', { name: 'labels', pressed: false }).waitFor();
    const before = await panes(page);
    await press('p');
    await becomes(page, before - 1);
    await press('/');
    await page.keyboard.type('close_db');
    await press('Enter');
    await becomes(page, before);
    await page.locator('#bars').focus();
    await press('?');
    assert.match(await textOf(page, 'dialog'), /the oldest bars/);
    await press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.locator('.bar-table summary').click();
    await page.locator('.bar-table tbody tr').nth(5).waitFor();
  }),
);

test('dragging, wheel, another clock', needsBrowser, () =>
  served(async (page) => {
    await page.waitForSelector('#at');
    await settle(page);
    const newest = await timeAt(page);
    const box = await page.locator('#bars').boundingBox();
    assert.ok(box !== null);
    await page.mouse.move(box.x + 200, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 600, box.y + 100, { steps: 8 });
    await page.mouse.up();
    await page.mouse.move(10, 10);
    await settle(page);
    assert.ok((await eventually(page, (text) => text < newest)) < newest);
    await page.mouse.move(box.x + 300, box.y + 100);
    for (let i = 0; i < 12; i++) await page.mouse.wheel(0, 400);
    await settle(page);
    const buckets = await eventually(page, (text) => text.includes(' bars, '));
    assert.match(buckets, / bars, /);
    await page.locator('#clock').selectOption('10s');
    const other = await eventually(page, (text) => text !== buckets && text !== '');
    assert.match(other, /^(2\d{3}-|\d+ bars, )/);
    await drawn(page, '#bars', GREEN, 300);
  }),
);

test('a width of almost nothing, on the way to another, asks for nothing', needsBrowser, () =>
  served(async (page) => {
    await page.waitForSelector('#at');
    await settle(page);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    for (const width of ['8px', '']) {
      await page.evaluate(`void (document.querySelector('#bars').style.width = '${width}')`);
      await page.waitForTimeout(200);
      await settle(page);
    }
    assert.deepEqual(asked, []);
    await drawn(page, '#bars', GREEN, 300);
  }),
);

test('the page as a file asks nobody, and its theme can be changed', needsBrowser, async () => {
  const file = join(folder, 'view-file.html');
  await writeView({ directory: out, pageOf: viewPage }, file);
  await openPage(browser as Browser, { file, shots }, async (page) => {
    await page.waitForSelector('#at');
    await drawn(page, '#bars', GREEN, 300);
    const [light, dark] = [
      [0xe2, 0xdf, 0xd8],
      [0x2d, 0x33, 0x3d],
    ];
    await drawn(page, '#bars', light, 500);
    await page.getByRole('button', { name: 'Light / dark' }).click();
    await drawn(page, '#bars', dark, 500);
    assert.equal(await countPixels(page, '#bars', light), 0);
    await page.keyboard.press('0');
    await page.locator('#distribution rect').nth(10).waitFor({ state: 'attached' });
  });
});
