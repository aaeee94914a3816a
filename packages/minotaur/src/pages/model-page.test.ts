import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measure } from 'minotaur-core/internal/model/evaluation/metrics';
import { measureEvaluation, type EvaluatedSplit } from '../runs/learning/evaluate.ts';
import { modelPage } from './model-page.ts';

const probabilities = Float64Array.from({ length: 200 }, (_, i) => ((i * 37) % 200) / 200);
const labels = probabilities.map((p, i) => (p > 0.1 + 0.8 * (((7 * i) % 11) / 11) ? 1 : 0));
const MINUTE = 60_000_000;

/** A row a minute, whose label is known after one. */
function split(name: string, own: Float64Array): EvaluatedSplit {
  const time = own.map((_, i) => 1.7e15 + i * MINUTE);
  return {
    name,
    symbols: { TEST: own.length },
    time,
    entryTime: time,
    entryPrice: time.map((_, i) => 100 + i),
    labelTime: time.map((t) => t + MINUTE),
    gain: own.map((y) => 0.01 * (2 * y - 1)),
    instrument: new Uint16Array(own.length),
    next: Int32Array.from(own, (_, i) => (i + 1 < own.length ? i + 1 : -1)),
    probabilities,
    raw: probabilities,
    labels: own,
  };
}

const page = (...splits: readonly EvaluatedSplit[]): string => pageAt(0.001, splits);

function pageAt(costs: number, splits: readonly EvaluatedSplit[]): string {
  const top = [
    { feature: 'rsi_14', value: 1 },
    { feature: 'a<b', value: 12.5 },
  ];
  const evaluation = {
    artefact: 'aa',
    threshold: 0.5,
    costs,
    splits,
    importances: { unit: 'gain', top },
    folds: [],
    fold: 0,
    warnings: ['columns that are <levels>'],
  };
  const around = { curve: [], trials: [] };
  return modelPage({ model: 'trees', lead: 'a <test>', evaluation, report: measureEvaluation(evaluation), around });
}

test('the page shows every figure, and needs nothing but itself', () => {
  const html = page(split('train', labels), split('test', labels));
  const { rocAuc, prAuc, brier, f1 } = measure(probabilities, labels, 0.5);
  for (const value of [rocAuc, prAuc, brier, f1])
    assert.ok(html.includes(`<td>${value.toFixed(4)}</td>`) && html.includes(`<td>${value.toFixed(4)}<small>`));
  assert.ok(!/(src|href)=|https?:/.test(html));
  assert.ok(html.includes('a &lt;test>') && html.includes('a&lt;b') && !html.includes('a<b'));
  assert.ok(html.indexOf('a&lt;b') < html.indexOf('rsi_14'), 'the greatest importance first');
});

test('a split of one class has no AUC and says so; no NaN reaches a plot', () => {
  const html = page(split('validation', labels), split('test', new Float64Array(200)));
  assert.ok(html.includes('<td>none</td>'));
  assert.ok(!html.includes('NaN') && !html.includes('Infinity'));
});

test('first the verdict, then what casts doubt on it, then on how many labels it rests and what trades would have gained', () => {
  const html = page(split('validation', labels), split('test', labels));
  assert.match(
    html,
    /class="verdict"><b>Learned something<\/b><span>ROC AUC of the test rows: 0\.\d{3} \(0\.\d{3} to 0\.\d{3}\); /,
  );
  assert.ok(html.includes('<li>columns that are &lt;levels></li>'));
  assert.match(html, /independent labels<\/td><td>200<\/td>/);
  assert.match(
    html,
    /a round trip costs 0\.100.% *\. A row late: .* Returns of the labels, .*no fills, no queue, no impact, no funding/,
  );
  assert.ok(html.includes('a row late, after costs') && html.includes('sum after costs'));
  const free = pageAt(0, [split('test', labels)]);
  assert.ok(free.includes('sum before costs') && !free.includes('after costs'));
  const tested = split('test', labels);
  const losing = page({ ...tested, gain: tested.gain.map((gain) => -gain) });
  assert.match(
    losing,
    /"verdict neutral"><b>Learned something<\/b><span>[^<]*; yet its trades from the threshold on lose 0\.\d{4} % after costs each: /,
  );
  const few = { ...split('test', labels), labelTime: labels.map(() => 2e15) };
  assert.match(
    page(few),
    /"verdict neutral"><b>Cannot be told<\/b><span>[^<]*1 independent label, and a statement needs 30/,
  );
});
