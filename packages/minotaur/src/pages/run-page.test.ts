import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TakenStep } from '../runs/whole/run.ts';
import { runPage, type RunFacts } from './run-page.ts';

const step = (name: TakenStep['name'], more: Partial<TakenStep> = {}): TakenStep => {
  return { name, what: `what <${name}> made`, seconds: 1.25, unchanged: false, ...more };
};
const facts: RunFacts = {
  title: 'Minotaur: run',
  lead: 'x.yaml',
  steps: [step('build', { digest: 'aa' }), step('replay', { holds: true, digest: 'aa' }), step('evaluate')],
  build: {
    counts: { trades: 9, bars: { short: 3 }, rows: 3, readyRows: 1, holes: 0 } as never,
    columns: ['close'],
    leftOut: {},
  },
  charts: { title: 'Bars', candles: [], lines: [{ title: 'rsi_14', time: [], value: [] }] },
  out: 'out/x',
};
const bannerOf = (html: string): string => /<div class="verdict.*?<\/div>/.exec(html)?.[0] ?? '';

test('the banner says whether rows, predictions and checks agree', () => {
  assert.match(bannerOf(runPage(facts)), /"verdict"><b>Same bits<.*bits of rows\./);
  const live = [...facts.steps, step('verify', { holds: true }), step('live', { holds: true })];
  assert.match(
    bannerOf(runPage({ ...facts, steps: live })),
    /rows and predictions\. Every check that could be answered/,
  );
  const failed = [step('build'), step('replay', { holds: false })];
  assert.match(
    bannerOf(runPage({ ...facts, steps: failed })),
    /"verdict bad"><b>Something does not hold<.*replay: what/,
  );
  assert.match(bannerOf(runPage({ ...facts, steps: [step('build')] })), /"verdict neutral"><b>Not compared/);
});

test('every step is told with what it left, and charts have their places', () => {
  const html = runPage(facts);
  for (const link of ['build/manifest.json', 'build/problems.jsonl', 'model.html'])
    assert.ok(html.includes(`href="${link}"`), link);
  assert.ok(html.includes('what &lt;build> made') && !html.includes('<build>'));
  assert.ok(html.includes('id="candles"') && html.includes('id="line0"') && html.includes('rsi_14'));
  assert.match(html, /TradingView Lightweight Charts[\s\S]*href="https:\/\/www\.tradingview\.com\/"/);
  assert.match(runPage({ ...facts, steps: [step('build', { unchanged: true })] }), /unchanged/);
});

test('what the files had that somebody should look at stands on the page, though everything holds', () => {
  assert.ok(!runPage(facts).includes('What was read'));
  const counts = {
    ...facts.build.counts,
    duplicate: 0,
    disorder: 0,
    invalid: 4,
    gap: 1,
    dropped: 4,
    holes: 1,
    missing: 1_530_900_608,
    completeRows: 0,
  };
  const build = { ...facts.build, counts, notes: ['A: the price steps <up>'] };
  const html = runPage({ ...facts, build });
  assert.match(html, /What was read[\s\S]*<dt>problems<\/dt><dd>4 invalid, 1 gap; 4 dropped<\/dd>/);
  assert.match(html, /<dt>note<\/dt><dd>A: the price steps &lt;up><\/dd>/);
  assert.match(html, /<dt>holes<\/dt><dd>1, 1,530,900,608 ids missing; 1 ready rows are not complete<\/dd>/);
});
