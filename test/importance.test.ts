/** What importance finds in a market whose labels follow one feature, what the page of evaluate makes of it, and what is refused. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { simulate } from '../packages/minotaur/src/files/simulate.ts';
import { readColumns, readFacts } from '../packages/minotaur/src/files/parquet/columns-source.ts';
import { writeTrades } from '../packages/minotaur/src/files/trades/write-trades.ts';
import type { ImportanceReport } from '../packages/minotaur/src/runs/learning/importance.ts';
import { writeLabels } from '../packages/minotaur/src/store/labels.ts';
import { sfc32 } from '../packages/core/src/base/random.ts';
import type { LabelCounts } from '../packages/core/src/labels/labels.ts';
import { minotaur, run, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const [trades, config, rows] = [at('trades.parquet'), at('config.yaml'), at('rows')];
const [labels, splits, artefact, model] = [
  at('labels.parquet'),
  at('splits.parquet'),
  at('artefact.json'),
  at('model.onnx'),
];
const CONFIG = `symbol: TEST
clocks:
  short: { bars: dollar, threshold: 10000 }
features:
  short: [close, "natr(5)", trade_imbalance, "trade_imbalance * 2 as twin", "rsi(close, 5)", "lag(rsi(close, 9), 1) as before"]
label: { method: fixed, target: 0.0001, stop: 0.0001, limit: 10s, delay: 1ms }
sequence: { length: 2 }
selection: { exclude: ['close*', 'age*'], correlation: 0.99 }
model: { kind: trees, rounds: 15, calibration: platt }
`;
const made = ['--rows', rows, '--labels', labels, '--splits', splits, '--artefact', artefact];
const asked = [...made, '--model', model, '--config', config];

before(async () => {
  await writeTrades(trades, simulate({ trades: 60_000, seed: 11 }));
  writeFileSync(config, CONFIG);
  run('build', '--trades', trades, '--config', config, '--out', rows);
  run('label', '--rows', rows, '--trades', trades, '--config', config, '--out', at('true.parquet'));
  await plant();
  run('split', '--rows', rows, '--labels', labels, '--config', config, '--out', splits);
  run('fit', '--rows', rows, '--splits', splits, '--config', config, '--out', artefact);
  run('train', ...made, '--config', config, '--out', model);
});

/** Labels that follow the imbalance of their row, but for one in five. */
async function plant(): Promise<void> {
  const names = ['time', 'entry_time', 'entry_price', 'label', 'label_time', 'price', 'return', 'ambiguous'];
  const found = await readColumns(at('true.parquet'), names);
  const { trade_imbalance_short: imbalance } = await readColumns(join(rows, 'rows.parquet'), ['trade_imbalance_short']);
  const random = sfc32(3);
  const label = found['label'].map((value, i) => {
    const up = imbalance[i] > 0 === random() > 0.2;
    return value === value ? Number(up) : value;
  });
  const [entryTime, entryPrice, labelTime] = [found['entry_time'], found['entry_price'], found['label_time']];
  const barrier = Uint8Array.from(label, (value) => (value === value ? 1 : 0));
  const { price, return: gain, ambiguous } = found;
  const columns = { entryTime, entryPrice, label, labelTime, barrier, price, return: gain, ambiguous };
  const facts = (await readFacts(at('true.parquet'))) as unknown as Parameters<typeof writeLabels>[3];
  writeLabels(labels, found['time'], { ...columns, counts: {} as LabelCounts }, facts);
}

/** The twin of the feature is dropped for it, and must not come in its place where its family is left out. */
test('the feature that labels follow comes first, its family too, with and without a new training; others may be nothing', () => {
  const report = run<ImportanceReport>('importance', ...asked, '--ablate', '--repeats', '3', '--most', '400');
  assert.deepEqual([report.on, report.repeats, report.seed], ['validation', 3, 1]);
  assert.ok(report.rows <= 400 && report.rows <= report.of && report.independent >= 30, JSON.stringify(report));
  assert.ok(report.rocAuc > 0.7, `${report.rocAuc}`);
  assert.deepEqual(report.families.map(({ name }) => name).toSorted(), ['bars', 'momentum', 'volatility']);
  assert.deepEqual(Object.fromEntries(report.features.map(({ name, family }) => [name, family])), {
    before_short: 'momentum',
    natr_5_short: 'volatility',
    rsi_5_short: 'momentum',
    trade_imbalance_short: 'bars',
  });
  for (const [first, ...others] of [report.families, report.features, report.ablation ?? []]) {
    assert.ok(['bars', 'trade_imbalance_short'].includes(first.name), first.name);
    assert.ok(first.rocAuc.interval[0] > 0.05 && first.logLoss.mean > 0.02, JSON.stringify(first));
    for (const { rocAuc } of others) assert.ok(rocAuc.mean < 0.3 * first.rocAuc.mean, JSON.stringify(others));
  }
  // In every row of the sequence at once: what is left is a coin.
  assert.ok(Math.abs(report.rocAuc - report.features[0].rocAuc.mean - 0.5) < 0.08, JSON.stringify(report.features));
});

test('the same seed finds the same; families alone are asked for alone; test rows are warned of', () => {
  const flags = ['--by', 'families', '--repeats', '2', '--most', '200'];
  const [one, same, other] = [['--out', at('importance.json')], [], ['--seed', '2']].map((more) =>
    run<ImportanceReport>('importance', ...asked, ...flags, ...more),
  );
  assert.deepEqual([one.families, one.features], [same.families, []]);
  assert.notDeepEqual(one.families, other.families);
  const written = JSON.parse(readFileSync(at('importance.json'), 'utf8')) as ImportanceReport;
  assert.deepEqual(written.families, one.families);
  const { stdout } = minotaur('importance', ...asked, ...flags, '--on', 'test');
  assert.match(stdout, /test rows, \d+ independent labels; ROC AUC 0\.\d{4}/);
  assert.match(stdout, /warning {3}test rows: whoever chooses features by them has no test any more/);
  assert.match(stdout, /\nbars {2,}0\.\d{4}/);
});

test('the page of evaluate shows what the model loses, how it was trained and its trials; others are refused', () => {
  run('predict', '--rows', rows, '--artefact', artefact, '--model', model, '--out', at('predictions.parquet'));
  const judged = ['--predictions', at('predictions.parquet'), '--labels', labels, '--splits', splits];
  const page = ['evaluate', ...judged, '--artefact', artefact, '--report', at('page.html')];
  const epochs = [0, 1].map((epoch) => ({ epoch, trainLoss: 0.7 - 0.1 * epoch, validationLoss: null, auc: 0.5 }));
  writeFileSync(`${model}.curve.json`, JSON.stringify(epochs));
  writeFileSync(
    at('trials.json'),
    JSON.stringify([{ number: 0, state: 'COMPLETE', value: 0.6, parameters: { units: 8 } }]),
  );
  const around = ['--model', model, '--trials', at('trials.json'), '--importance', at('importance.json')];
  assert.equal(minotaur(...page, ...around).status, 0);
  const html = readFileSync(at('page.html'), 'utf8');
  for (const part of ['Folds', 'Training', 'Trials', 'What the model loses', 'Loss by epoch', '1 complete'])
    assert.ok(html.includes(part), part);
  assert.ok(!html.includes('NaN'));
  const found = JSON.parse(readFileSync(at('importance.json'), 'utf8')) as ImportanceReport;
  writeFileSync(at('other.json'), JSON.stringify({ ...found, artefact: 'ab' }));
  const { status, stderr } = minotaur(...page, '--importance', at('other.json'));
  assert.equal(status, 2);
  assert.match(
    stderr,
    /other\.json, artefact\n {2}expected [0-9a-f]{64}, whose predictions are evaluated\n {2}found {4}ab/,
  );
  writeFileSync(at('trials.json'), '[{"number": 0}]');
  assert.match(minotaur(...page, '--trials', at('trials.json')).stderr, /trials: number, state[\s\S]*0\.state/);
});

test('rows that are too few to change places, one family to be without, and numbers that are none are refused', () => {
  const few = minotaur('importance', ...asked, '--most', '2');
  assert.equal(few.status, 2);
  assert.match(few.stderr, /rows of two blocks or more|labels of both classes/);
  assert.match(minotaur('importance', ...asked, '--repeats', '0').stderr, /repeats\n.*1 to 1000\n.*0/);
  assert.match(minotaur('importance', ...asked, '--most', '0').stderr, /most\n.*whole number of 1 or more\n.*0/);
});
