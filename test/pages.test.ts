/** The pages of `evaluate`, `run` and `inspect`, opened in a browser, on a screen and on a phone. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { inspectPage } from '../packages/minotaur/src/pages/inspect-page.ts';
import { measureEvaluation, type EvaluatedSplit } from '../packages/minotaur/src/runs/learning/evaluate.ts';
import { modelPage } from '../packages/minotaur/src/pages/model-page.ts';
import { runPage } from '../packages/minotaur/src/pages/run-page.ts';
import { inspect } from '../packages/minotaur/src/runs/inspection/inspect.ts';
import { countPixels, drawn, openPage, startBrowser, textOf, type Screen } from './browser.ts';
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

/** A walk forward: each fold trains on more. */
function foldStretches(start: number, k: number) {
  const at = (part: 'train' | 'validation' | 'test', from: number, rows: number) => {
    return { part, rows, from: start + 6e8 * from, to: start + 6e8 * (from + rows) };
  };
  return [at('train', 0, 400 + 300 * k), at('validation', 420 + 300 * k, 150), at('test', 590 + 300 * k, 200)];
}

/** What the page shows of a training, trials and importances. */
function aroundModel() {
  const fall = (mean: number) => ({ mean, spread: 0.004, interval: [mean - 0.012, mean + 0.02] as const });
  const falls = (names: readonly string[]) =>
    names.map((name, i) => {
      const mean = 0.06 / (1 + i) - 0.011;
      return { name, family: 'momentum', columns: 1, rocAuc: fall(mean), logLoss: fall(mean / 2) };
    });
  const families = ['momentum', 'volatility', 'microstructure', 'bars', 'age'];
  return {
    curve: Array.from({ length: 20 }, (_, epoch) => {
      const trainLoss = 0.66 + 0.03 / (1 + epoch);
      return { epoch, trainLoss, validationLoss: trainLoss + 0.0008 * epoch, auc: 0.5 + 0.05 * random(epoch) };
    }),
    trials: Array.from({ length: 40 }, (_, number) => {
      const state = ['COMPLETE', 'COMPLETE', 'PRUNED', 'FAIL'][number % 4];
      return { number, state, value: state === 'FAIL' ? null : 0.5 + 0.04 * random(number) };
    }),
    losses: {
      on: 'validation' as const,
      rows: 2000,
      independent: 93,
      families: falls(families),
      features: falls(Array.from({ length: 30 }, (_, i) => `trade_imbalance_rolling_mean_${i}_tb_15min`)),
      ablation: falls(families),
      warnings: [],
    },
  };
}

function writeModelPage(): void {
  const splits = ['train', 'validation', 'test'].map((name, s): EvaluatedSplit => {
    const probabilities = Float64Array.from({ length: 500 }, (_, i) => random(i + 500 * s));
    const time = probabilities.map((_, i) => 1.7e15 + 6e8 * (i + 500 * s));
    const labels = probabilities.map((p, i) => (random(i) < 0.2 + p / 2 ? 1 : 0));
    return {
      name,
      symbols: { TEST: 500 },
      next: Int32Array.from(time, (_, i) => (i + 1 < 500 ? i + 1 : -1)),
      probabilities,
      raw: probabilities.map((p) => 0.2 + 0.6 * p),
      labels,
      time,
      entryTime: time,
      entryPrice: time.map((_, i) => 60_000 + i),
      labelTime: time.map((t) => t + 18e8),
      gain: labels.map((y, i) => 0.002 * y - 0.0012 + 0.0002 * random(i)),
      instrument: new Uint16Array(500),
    };
  });
  const top = Array.from({ length: 30 }, (_, i) => ({
    feature: `trade_imbalance_rolling_mean_${i}_tb_15min`,
    value: 1000 / (1 + i),
  }));
  const evaluation = {
    artefact: 'ab'.repeat(32),
    threshold: 0.5,
    costs: 0.0002,
    splits,
    importances: { unit: 'gain', top },
    folds: [0, 1, 2].map((k) => foldStretches(1.7e15, k)),
    fold: 2,
    warnings: [
      'columns that are price levels: close_db_s, ema_200_db_s: a model of them knows the date, not the pattern',
    ],
  };
  const report = measureEvaluation(evaluation);
  writeFileSync(
    join(folder, 'model.html'),
    modelPage({ model: 'evaluation', lead: 'test', evaluation, report, around: aroundModel() }),
  );
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
      counts: { trades: 300_000, bars: { short: 300, medium: 30 }, rows: 300, readyRows: 250, holes: 0 } as never,
      columns: ['rsi_14', 'macd'],
      leftOut: {},
      notes: ['trades.csv ends without a line break: was it cut, or is it still being written?'],
    },
    verdict: { checks },
    charts: { title: 'Bars', candles, lines: ['rsi_14', 'macd'].map((title) => ({ title, time, value })) },
    out: 'out/demo',
  };
  writeFileSync(join(folder, 'run.html'), runPage(facts));
}

/** Two weeks of office hours, with a hole, and sides that are the other ones. */
async function writeInspectPage(): Promise<void> {
  const lines: string[] = ['id,price,qty,quote_qty,time,is_buyer_maker,is_best_match'];
  let price = 1000;
  for (let i = 0; i < 20_000; i++) {
    const step = random(i) < 0.5 ? -1 : 1;
    price += step;
    const hour = Math.floor(i / 250) % 8;
    const day = Math.floor(i / 2000);
    const time =
      1_704_067_200_000 + (day + 2 * Math.floor(day / 5)) * 86_400_000 + (9 + hour) * 3_600_000 + (i % 250) * 14_000;
    lines.push(`${i < 5000 ? i : i + 40},${price / 10},2,${price / 5},${time},${step > 0},true`);
  }
  writeFileSync(join(folder, 'office.csv'), `${lines.join('\n')}\n`);
  writeFileSync(join(folder, 'inspect.html'), inspectPage(await inspect({ files: [join(folder, 'office.csv')] })));
}

for (const screen of SCREENS) {
  const name = `${screen.width ?? 1100} pixels, ${screen.dark ? 'dark' : 'light'}`;

  test(`the page of a model, ${name}: every curve, the greatest importance first`, needsBrowser, () => {
    writeModelPage();
    return open(
      'model',
      async (page) => {
        assert.deepEqual(await page.locator('.plot b').allInnerTexts(), [
          'Sum of returns, validation',
          'Sum of returns, test',
          'Reliability, validation',
          'Reliability, test',
          'ROC',
          'Precision and recall',
          'Scores, test',
          'Loss by epoch',
          'ROC AUC by epoch',
          'Value by trial',
        ]);
        // Sums three a split, reliability two a split, two of three splits, and those of the training.
        assert.equal(await page.locator('.plot .curve').count(), 6 + 4 + 6 + 3);
        assert.equal(await page.locator('.ribbon i.test').count(), 3);
        assert.ok((await page.locator('.plot .between').count()) >= 16);
        const widths = await page.evaluate<number[]>(
          `[...document.querySelectorAll('.bars > div')].map((bar) => bar.getBoundingClientRect().width)`,
        );
        assert.equal(widths.length, 20 + 5 + 5 + 20);
        const [most, next] = widths.slice(-20);
        assert.ok(most > 200 && Math.abs(next - most / 2) < 2, widths.join(' '));
        const hidden = await page.evaluate(
          `[...document.querySelectorAll('.figures')].some(({ parentElement: { scrollWidth, clientWidth } }) => scrollWidth > clientWidth)`,
        );
        assert.equal(hidden, false, 'a split is out of sight');
        assert.match(await textOf(page, '.verdict'), /Learned something|Nothing was learned/);
        assert.match(await textOf(page, '.warnings'), /^columns that are price levels: /);
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
          await drawn(page, '#candles', [0x2a, 0x9d, 0x6f], 500);
          await drawn(page, '#line0', [0x3b, 0x78, 0xd8], 100);
          await drawn(page, '#line1', [0xc9, 0x8a, 0x12], 100);
          const grid = { light: [0xe2, 0xdf, 0xd8], dark: [0x2d, 0x33, 0x3d] };
          const [now, then] = screen.dark ? [grid.dark, grid.light] : [grid.light, grid.dark];
          await drawn(page, '#candles', now, 500);
          await page.getByRole('button', { name: 'Light / dark' }).click();
          await drawn(page, '#candles', then, 500);
          assert.equal(await countPixels(page, '#candles', now), 0);
        },
        screen,
      );
    },
  );

  test(
    `the page of an inspection, ${name}: what is to be decided first, the hours without trades`,
    needsBrowser,
    async () => {
      await writeInspectPage();
      return open(
        'inspect',
        async (page) => {
          assert.match(await textOf(page, '.verdict'), /To be decided\s+2 things: holes, sides/);
          assert.deepEqual(await page.locator('.finding b').allInnerTexts(), [
            'holes: to be decided',
            'sides: to be decided',
            'sessions',
          ]);
          assert.deepEqual(await page.locator('.plot b').allInnerTexts(), [
            'Price',
            'Turnover',
            'What a trade is worth',
          ]);
          assert.equal(await page.locator('.week i').count(), 168);
          assert.equal(await page.locator('.week i:not(.none):not(.unknown)').count(), 40);
          const facts = await page.locator('.facts dt').allInnerTexts();
          assert.deepEqual(facts.slice(0, 4), ['layout', 'traded', 'span', 'price']);
        },
        screen,
      );
    },
  );
}
