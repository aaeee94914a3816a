import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoPage, type DemoFacts } from './demo-page.ts';

const check = {
  name: 'parity',
  law: 'the same bits',
  holds: true,
  answered: true,
  compared: { events: 9 },
  first: null,
};
const facts: DemoFacts = {
  verdict: { holds: true, answered: true, checks: [check] },
  buildDigest: 'aa',
  replayDigest: 'aa',
  learned: { dataSet: 'bb', live: 'bb' },
  model: {
    verdict: { kind: 'cannot be told', because: '6 independent labels', text: 'cannot be told: 6 independent labels' },
  },
  figures: [['9', 'trades']],
  timings: [['build', '0.12', 'blocks of <many>']],
  charts: { title: 'Bars', candles: [], lines: [{ title: 'rsi_14', time: [], value: [] }] },
};
const bannerOf = (html: string): string => /<div class="verdict.*?<\/div>/.exec(html)?.[0] ?? '';

test('the banner says whether rows, predictions and checks agree', () => {
  assert.match(bannerOf(demoPage(facts)), /"verdict"><b>Same bits<.*equal SHA-256\./);
  assert.match(bannerOf(demoPage({ ...facts, replayDigest: 'ab' })), /"verdict bad"><b>Not the same<.*differ in rows/);
  const learned = { dataSet: 'bb', live: 'bc' };
  assert.match(bannerOf(demoPage({ ...facts, learned })), /"verdict bad"><b>Not the same<.*differ in predictions/);
  const verdict = { holds: false, answered: true, checks: [{ ...check, holds: false, first: { message: 'no' } }] };
  assert.match(bannerOf(demoPage({ ...facts, verdict })), /"verdict bad"><b>Something does not hold<.*fail: parity/);
  const open = { holds: false, answered: false, checks: [{ ...check, holds: false, answered: false }] };
  assert.match(bannerOf(demoPage({ ...facts, verdict: open })), /"verdict neutral"><b>Same bits<.*compared nothing/);
});

test('the page has a place for every chart, and names whose the charts are', () => {
  const html = demoPage(facts);
  assert.ok(html.includes('id="candles"') && html.includes('id="line0"') && html.includes('rsi_14'));
  assert.ok(html.includes('blocks of &lt;many>') && !html.includes('<many>'));
  assert.match(html, /TradingView Lightweight Charts[\s\S]*href="https:\/\/www\.tradingview\.com\/"/);
});

test('the model is judged in its own words, with the way to its page', () => {
  assert.match(demoPage(facts), /<b>Cannot be told\.<\/b> [^<]*: 6 independent labels\. <a href="learn\/model\.html">/);
});
