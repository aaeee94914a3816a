/**
 * The pages of `verify --report`, clicked through in a browser. MINOTAUR_SCREENSHOTS names a folder that keeps the screenshots.
 */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { verdictPage } from '../../packages/minotaur/src/pages/verdict-page.ts';
import { parseConfig } from '../../packages/core/src/config/config.ts';
import { createPlan } from '../../packages/core/src/chain/plan.ts';
import { openPage, startBrowser, textOf, type Screen } from '../browser.ts';
import { minotaur, temporaryFolder } from '../cli.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const shots = process.env['MINOTAUR_SCREENSHOTS'] ?? at('screenshots');
mkdirSync(shots, { recursive: true });

const browser = await startBrowser();
const needsBrowser = browser === undefined ? { skip: 'needs Chromium, which is not here' } : {};
const open = (name: string, use: (page: Page) => Promise<void>, screen?: Screen): Promise<void> =>
  openPage(browser as Browser, { file: at(`${name}.html`), shots }, use, screen);

const CONFIG = `symbol: BTCUSDT
clocks:
  short:  { bars: dollar, threshold: 200000, suffix: _db_s }
  medium: { from: short, count: 5, suffix: _db_m }
features:
  short: [close, 'rsi(close, 14)', 'macd(close, 12, 26, 9)', '(high - low) / low as range']
  medium: ['roc(close, 5)']
`;

/** Now and then it reads the bar after. */
const LEAK = `const peek = { name: 'peek', family: 'own', version: 1, summary: 'Tomorrow & <b>more</b></script>', formula: 'x[i + 1]', source: 'test',
  inputs: ['x'], outputs: ['value'], params: [], lookback: () => 0, memory: () => ({ class: 'finite', rows: 1 }), nan: 'window', history: () => 1, slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => { for (let i = from; i < to; i++) out[i] = i + 1 < to && x[i] > x[i - 1] ? x[i + 1] : x[i]; } };
export default { clocks: { short: { bars: 'dollar', threshold: 200000, suffix: '_db_s' } }, operators: [peek],
  features: { short: ['close', 'sma(peek(close), 5) as momentum'] } };
`;

before(() => {
  if (browser === undefined) return;
  writeFileSync(at('config.yaml'), CONFIG);
  writeFileSync(at('leak.mjs'), LEAK);
  const config = ['--config', at('config.yaml')];
  for (const [name, seed] of [
    ['now', '1'],
    ['then', '5'],
  ]) {
    done('simulate', '--trades', '20000', '--seed', seed, '--out', at(`${name}.parquet`));
    done('build', '--trades', at(`${name}.parquet`), ...config, '--out', at(name));
  }
  const drift = ['--rows', at('now'), '--against', at('then')];
  const checks = ['--checks', 'parity,lookahead,conservation,readiness,order'];
  done('verify', '--trades', at('now.parquet'), ...config, ...checks, ...drift, '--report', at('clean.html'));
  done('verify', ...drift, '--report', at('drift.html'));
  const leak = ['--config', at('leak.mjs'), '--report', at('leak.html')];
  const { status } = minotaur('verify', '--trades', at('now.parquet'), '--checks', 'parity,readiness', ...leak);
  assert.equal(status, 1);
});

after(() => browser?.close());

function done(...args: readonly string[]): void {
  const { status, stderr } = minotaur(...args);
  assert.equal(status, 0, stderr);
}

test(
  'a clean verdict: coverage, ribbons without red, every check, lineage and drift of any feature',
  needsBrowser,
  () =>
    open('clean', async (page) => {
      assert.match(await textOf(page, '.verdict'), /Everything holds\s+All 5 checks hold/);
      assert.match(await textOf(page, '.tiles'), /20,000\s+trades/);
      assert.equal(await page.locator('.ribbon').count(), 5);
      assert.equal(await page.locator('.ribbon .off, .failure').count(), 0);
      assert.equal(await page.locator('.checks tbody tr').count(), 5);
      assert.deepEqual(await page.evaluate(BROKEN_WORDS), []);
      await page.getByRole('link', { name: 'Where a feature comes from' }).click();
      await page.locator('#pick-lineage select').selectOption('range_db_s');
      assert.deepEqual(await page.locator('.layer').first().locator('b').allInnerTexts(), ['trades']);
      assert.deepEqual(await page.locator('.layer').last().locator('b').allInnerTexts(), ['range_db_s']);
      assert.ok((await page.locator('.lineage path').count()) >= 8);
      await page.locator('#pick-lineage input').fill('roc');
      assert.equal(await textOf(page, '#pick-lineage span'), '1 feature');
      assert.deepEqual(await page.locator('.layer').last().locator('b').allInnerTexts(), ['roc_5_db_m']);
      await page.locator('[data-drift=rsi_14_db_s]').click();
      assert.equal(await textOf(page, '#histogram b'), 'rsi_14_db_s');
      assert.equal(await page.locator('#histogram rect').count(), 48);
      assert.match(await textOf(page, '#drift-facts'), /Kolmogorov-Smirnov\s+0\.\d{3}/);
      assert.match(await textOf(page, '#drift'), /It is not a bug/);
    }),
);

test(
  'a failing verdict: what differs, the values around it, a command that fails, the operator it comes from',
  needsBrowser,
  () =>
    open('leak', async (page) => {
      assert.match(await textOf(page, '.verdict.bad'), /Something does not hold\s+1 of 2 checks fail: parity/);
      assert.match(await textOf(page, '#failure-parity dl'), /peek\(close\)[\s\S]*0x[0-9a-f]{16}[\s\S]*0x[0-9a-f]{16}/);
      const rows = page.locator('.around tbody tr');
      assert.ok((await rows.count()) >= 5);
      const off = page.locator('.around tr.off');
      const [bar, history, live] = await off.first().locator('td').allInnerTexts();
      assert.ok(Number(bar) >= 0 && history !== live);
      assert.match(await textOf(page, '#failure-parity pre'), /^npx minotaur verify --trades .*--checks parity/);
      assert.equal(await page.locator('.ribbon .off').count(), 1);
      await page.locator('.failure summary').click();
      assert.ok(!(await page.locator('#failure-parity dl').isVisible()));
      await page.getByRole('link', { name: 'parity' }).click();
      await page.locator('.failure summary').click();
      await page.locator('#pick-lineage select').selectOption('close_db_s');
      await page.getByRole('button', { name: 'Where momentum_db_s comes from' }).click();
      assert.deepEqual(await page.locator('.chip.breaks b').allInnerTexts(), ['peek']);
      assert.equal(await textOf(page, '.chip.breaks span'), 'Tomorrow & <b>more</b></script>');
    }),
);

test('drift alone is no verdict', needsBrowser, () =>
  open('drift', async (page) => {
    assert.match(await textOf(page, '.verdict.neutral'), /of 9 features have drifted much/);
    assert.deepEqual(await page.locator('h2').allInnerTexts(), ['Drift', 'Where a feature comes from']);
    assert.equal(await page.locator('.bars button').count(), 9);
  }),
);

test('warm-up: a table of clocks, and a curve of any feature on a logarithmic scale', needsBrowser, async () => {
  const curve = (slope: number): [number, number][] =>
    Array.from({ length: 300 }, (_, i) => [i + 1, i > 250 ? 0 : Math.exp(-slope * i)]);
  const within = { '1e-3': 50, '1e-6': 100, '1e-9': null, '1e-12': null };
  const features = ['rsi_14', 'macd'].map((feature, i) => {
    return {
      clock: 'short',
      feature,
      declared: 'fading, 357 bars',
      exactAfter: i === 0 ? 251 : null,
      within,
      atReady: 1e-4,
    };
  });
  const certificate = {
    clocks: [{ clock: 'short', bars: 357, trades: 71_400, hours: 12.345 }],
    row: { clock: 'short', trades: 71_400, hours: 12.345 },
    ready: {
      tolerance: 1e-3,
      ignored: ['ema_200_db_s'],
      worst: { clock: 'short', feature: 'macd', difference: 1e-4 },
      beyond: 0,
      unmeasured: [],
    },
    features,
    curves: features.map(({ clock, feature }, i) => ({ clock, feature, points: curve(0.1 + i / 20) })),
  };
  const check = {
    name: 'memory',
    law: 'L4',
    holds: true,
    answered: true,
    compared: { values: 1 },
    first: null,
    certificate,
  };
  const plan = createPlan(parseConfig('minotaur'));
  const verdict = { holds: true, answered: true, checks: [check] };
  writeFileSync(at('warmup.html'), verdictPage({ verdict, lead: 'test', events: 'trades', plan, reproducers: [] }));
  await open('warmup', async (page) => {
    assert.match(await textOf(page, '#warmup tbody'), /short\s+357\s+71,400\s+12/);
    assert.match(await textOf(page, '#warmup'), /1 of 2 features/);
    assert.match(
      await textOf(page, '#warmup'),
      /without waiting for ema_200_db_s: from then on short macd differs most/,
    );
    await page.locator('#pick-curve select').selectOption('short: macd');
    assert.match(await textOf(page, '#curve-facts'), /within 1e-9\s+not within these events/);
    assert.match((await page.locator('#curve svg').textContent()) ?? '', /1e-16.*1e-8/);
    assert.equal(await page.locator('#curve polyline').count(), 1);
  });
});

/** Words of the table of checks that go on in the next line; one with a hyphen may. */
const BROKEN_WORDS = `[...document.querySelectorAll('.checks td:nth-child(-n+3)')].flatMap((cell) => {
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  const broken = [];
  while (walker.nextNode()) for (const { 0: word, index } of walker.currentNode.data.matchAll(/[^\\s-]{2,}/g)) {
    const range = document.createRange();
    range.setStart(walker.currentNode, index);
    range.setEnd(walker.currentNode, index + word.length);
    if (range.getClientRects().length > 1) broken.push(word);
  }
  return broken;
})`;

for (const name of ['clean', 'leak', 'drift', 'warmup']) {
  test(`${name}: fits a phone, in the dark, and a click makes it light`, needsBrowser, () =>
    open(
      name,
      async (page) => {
        const ground = (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor');
        const dark = await ground();
        await page.getByRole('button', { name: 'Light / dark' }).click();
        assert.notEqual(await ground(), dark);
        await page.getByRole('button', { name: 'Light / dark' }).click();
        assert.equal(await ground(), dark);
        assert.deepEqual(await page.evaluate(BROKEN_WORDS), []);
      },
      { width: 390, dark: true },
    ),
  );
}
