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
  build: { counts: { trades: 9, bars: { short: 3 }, rows: 3, readyRows: 1 } as never, columns: ['close'] },
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
