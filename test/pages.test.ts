/** The pages of `evaluate` and `run`, opened in a browser, on a screen and on a phone. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { modelPage } from '../packages/minotaur/src/pages/model-page.ts';
import { runPage } from '../packages/minotaur/src/pages/run-page.ts';
import { countPixels, openPage, startBrowser, textOf, type Screen } from './browser.ts';
import { temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const shots = process.env['MINOTAUR_SCREENSHOTS'] ?? join(folder, 'screenshots');
mkdirSync(shots, { recursive: true });

const browser = await startBrowser();
const needsBrowser = browser === undefined ? { skip: 'needs Chromium, which is not here' } : {};
after(() => browser?.close());

const open = (name: string, use: (page: Page) => Promise<void>, screen?: Screen): Promise<void> =>
  openPage(browser as Browser, { file: join(folder, `${name}.html`), shots }, use, screen);

const random = (i: number): number => Math.abs(Math.sin(i * 12.9898) * 43758.5453) % 1;
const SCREENS: readonly Screen[] = [{}, { width: 390, dark: true }];

function writeModelPage(): void {
  const splits = ['train', 'validation', 'test'].map((name, s) => {
    const probabilities = Float64Array.from({ length: 500 }, (_, i) => random(i + 500 * s));
    return { name, probabilities, labels: probabilities.map((p, i) => (random(i) < 0.2 + p / 2 ? 1 : 0)) };
  });
  const importances = Array.from({ length: 30 }, (_, i) => ({
    feature: `trade_imbalance_rolling_mean_${i}_tb_15min`,
    value: 1000 / (1 + i),
  }));
  const facts = { model: 'evaluation', lead: 'test', threshold: 0.5, splits, importanceUnit: 'gain', importances };
  writeFileSync(join(folder, 'model.html'), modelPage(facts));
}

function writeRunPage(): void {
  const time = Array.from({ length: 300 }, (_, i) => 1.7e15 + 4e7 * i);
  const candles = time.map((at, i) => {
    const [a, b] = [60_000 + 50 * random(i), 60_000 + 50 * random(i + 1)];
    return { time: at, open: a, close: b, high: Math.max(a, b) + 5, low: Math.min(a, b) - 5, ready: i >= 50 };
  });
  const value = time.map((_, i) => (i < 14 ? NaN : random(i)));
  const checks = [
    {
      name: 'parity',
      law: 'history is live',
      holds: true,
      answered: true,
      compared: { events: 9, values: 99 },
      first: null,
    },
  ];
  const step = { what: '300 rows', seconds: 0.5, unchanged: false, holds: true, digest: 'ab'.repeat(32) };
  const facts = {
    title: 'Minotaur: demo',
    lead: 'simulated trades',
    steps: (['build', 'replay', 'verify', 'evaluate', 'live'] as const).map((name) => ({ ...step, name })),
    build: {
      counts: { trades: 300_000, bars: { short: 300, medium: 30 }, rows: 300, readyRows: 250 } as never,
      columns: ['rsi_14', 'macd'],
    },
    verdict: { checks },
    charts: { title: 'Bars', candles, lines: ['rsi_14', 'macd'].map((title) => ({ title, time, value })) },
    out: 'out/demo',
  };
  writeFileSync(join(folder, 'run.html'), runPage(facts));
}

for (const screen of SCREENS) {
  const name = `${screen.width ?? 1100} pixels, ${screen.dark ? 'dark' : 'light'}`;

  test(`the page of a model, ${name}: every curve, the greatest importance first`, needsBrowser, () => {
    writeModelPage();
    return open(
      'model',
      async (page) => {
        assert.deepEqual(await page.locator('.plot b').allInnerTexts(), [
          'ROC',
          'Precision and recall',
          'Reliability',
          'Scores, test',
        ]);
        assert.equal(await page.locator('.plot .curve').count(), 9);
        const widths = await page.evaluate<number[]>(
          `[...document.querySelectorAll('.bars > div')].map((bar) => bar.getBoundingClientRect().width)`,
        );
        assert.equal(widths.length, 20);
        assert.ok(widths[0] > 200 && Math.abs(widths[1] - widths[0] / 2) < 2, widths.join(' '));
        const hidden = await page.evaluate(
          `[...document.querySelectorAll('.figures')].some(({ parentElement: { scrollWidth, clientWidth } }) => scrollWidth > clientWidth)`,
        );
        assert.equal(hidden, false, 'a split is out of sight');
      },
      screen,
    );
  });

  test(
    `the page of a run, ${name}: candles and lines in the colours of the page, grey where no row is ready`,
    needsBrowser,
    () => {
      writeRunPage();
      return open(
        'run',
        async (page) => {
          assert.match(await textOf(page, '.verdict'), /Same bits/);
          assert.ok((await countPixels(page, '#candles', [0x2a, 0x9d, 0x6f])) > 500);
          assert.ok((await countPixels(page, '#line0', [0x3b, 0x78, 0xd8])) > 100);
          assert.ok((await countPixels(page, '#line1', [0xc9, 0x8a, 0x12])) > 100);
          const grid = { light: [0xe2, 0xdf, 0xd8], dark: [0x2d, 0x33, 0x3d] };
          const [now, then] = screen.dark ? [grid.dark, grid.light] : [grid.light, grid.dark];
          assert.ok((await countPixels(page, '#candles', now)) > 500);
          await page.getByRole('button', { name: 'Light / dark' }).click();
          // The charts draw with the next frame.
          await page.waitForTimeout(200);
          assert.equal(await countPixels(page, '#candles', now), 0);
          assert.ok((await countPixels(page, '#candles', then)) > 500);
        },
        screen,
      );
    },
  );
}
