import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measure } from 'minotaur-core/internal/model/metrics';
import { modelPage } from './model-page.ts';

const probabilities = Float64Array.from({ length: 200 }, (_, i) => ((i * 37) % 200) / 200);
const labels = probabilities.map((p, i) => (p > 0.3 + 0.4 * ((i % 10) / 10) ? 1 : 0));
const facts = {
  model: 'trees',
  lead: 'a <test>',
  threshold: 0.5,
  splits: [
    { name: 'validation', probabilities, labels },
    { name: 'test', probabilities, labels: new Float64Array(200) },
  ],
  importanceUnit: 'gain',
  importances: [
    { feature: 'rsi_14', value: 1 },
    { feature: 'a<b', value: 12.5 },
  ],
};

test('the page shows every figure, and needs nothing but itself', () => {
  const html = modelPage(facts);
  const { rocAuc, prAuc, brier, f1 } = measure(probabilities, labels, 0.5);
  for (const value of [rocAuc, prAuc, brier, f1]) assert.ok(html.includes(`<td>${value.toFixed(4)}</td>`));
  assert.ok(!/(src|href)=|https?:/.test(html));
  assert.ok(html.includes('a &lt;test>') && html.includes('a&lt;b') && !html.includes('a<b'));
  assert.ok(html.indexOf('a&lt;b') < html.indexOf('rsi_14'), 'the greatest importance first');
});

test('a split of one class has no AUC and says so; no NaN reaches a plot', () => {
  const html = modelPage(facts);
  assert.ok(html.includes('<td>none</td>'));
  assert.ok(!html.includes('NaN') && !html.includes('Infinity'));
});
