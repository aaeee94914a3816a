/** What label, fit and evaluate say of a small model: how much its score is worth, and what casts doubt on it. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { simulate } from '../packages/minotaur/src/files/simulate.ts';
import { readColumns, readFacts } from '../packages/minotaur/src/files/parquet/columns-source.ts';
import { readCodes } from '../packages/minotaur/src/files/parquet/row-blocks.ts';
import { writeTrades } from '../packages/minotaur/src/files/trades/write-trades.ts';
import type { EvaluateReport } from '../packages/minotaur/src/runs/learning/evaluate.ts';
import { writeLabels } from '../packages/minotaur/src/store/labels.ts';
import type { LabelCounts } from '../packages/core/src/labels/labels.ts';
import { minotaur, run, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const [trades, config, rows] = [at('trades.parquet'), at('config.yaml'), at('rows')];
const [labels, splits, artefact] = [at('labels.parquet'), at('splits.parquet'), at('artefact.json')];
const [model, predictions] = [at('model.onnx'), at('predictions.parquet')];
const CONFIG = `symbol: TEST
clocks:
  short: { bars: dollar, threshold: 20000 }
features:
  short: [close, "ema(close, 20)", trade_imbalance, "log_return(close)", "rsi(close, 5)"]
label: { method: fixed, target: 0.0004, stop: 0.0004, limit: 5min, delay: 250ms }
sequence: { length: 1 }
model: { kind: trees, rounds: 20, calibration: isotonic }
`;
const learned = ['--predictions', predictions, '--labels', labels, '--splits', splits, '--artefact', artefact];
const said: Record<string, string> = {};
const words = (command: string, ...flags: readonly string[]): string => {
  const { status, stdout, stderr } = minotaur(command, ...flags);
  assert.equal(status, 0, stderr);
  return stdout;
};

before(async () => {
  await writeTrades(trades, simulate({ trades: 120_000, seed: 11 }));
  writeFileSync(config, CONFIG);
  run('build', '--trades', trades, '--config', config, '--out', rows);
  said['label'] = words('label', '--rows', rows, '--trades', trades, '--config', config, '--out', labels);
  run('split', '--rows', rows, '--labels', labels, '--config', config, '--out', splits);
  said['fit'] = words('fit', '--rows', rows, '--splits', splits, '--config', config, '--out', artefact);
  const made = ['--rows', rows, '--labels', labels, '--splits', splits, '--artefact', artefact];
  run('train', ...made, '--config', config, '--out', model);
  run('predict', '--rows', rows, '--artefact', artefact, '--model', model, '--out', predictions);
});

const LEVELS =
  'columns that are price levels: close_short, ema_20_short: a model of them knows the date, not the pattern';
const AT_THE_CLOSE = "entry at the bar's own close, which nobody gets: label: { delay: 500ms }";

test('label says when positions are entered, and that nobody gets the close', () => {
  assert.ok(said['label'].includes('delay 250ms') && !said['label'].includes(AT_THE_CLOSE));
  const close = at('close.yaml');
  writeFileSync(close, CONFIG.replace(', delay: 250ms', ''));
  const flags = ['--rows', rows, '--trades', trades, '--config', close, '--out', at('close.parquet')];
  assert.ok(words('label', ...flags).includes(AT_THE_CLOSE));
});

test('fit names the price levels; evaluate and its page warn of them', () => {
  assert.ok(said['fit'].includes(LEVELS), said['fit']);
  const page = at('model.html');
  const text = words('evaluate', ...learned, '--costs', '0.0004', '--report', page);
  assert.ok(text.includes(`warning   ${LEVELS}`), text);
  assert.ok(!text.includes(AT_THE_CLOSE));
  assert.ok(readFileSync(page, 'utf8').includes(LEVELS));
});

test('every score stands beside its labels, its interval, chance and a verdict, alike in words, JSON and page', async () => {
  const report = run<EvaluateReport>('evaluate', ...learned);
  const [train, validation, held] = report.splits;
  assert.equal(train.evidence, undefined);
  for (const { rocAuc, rows: count, independent, evidence } of [validation, held]) {
    assert.ok(
      independent.labels <= independent.disjoint && independent.disjoint < count / 2,
      JSON.stringify(independent),
    );
    const [from, to] = evidence?.intervals.rocAuc ?? [NaN, NaN];
    assert.ok(from <= rocAuc && rocAuc <= to && evidence !== undefined);
    assert.ok(evidence.chance.p > 0 && evidence.chance.p <= 1 && evidence.trading.trades <= evidence.trading.signals);
  }
  const verdict = held.evidence?.verdict;
  assert.deepEqual(report.verdict, verdict);
  const text = words('evaluate', ...learned, '--report', at('same.html'));
  assert.ok(text.includes(`test      ${verdict?.text}`), text);
  const html = readFileSync(at('same.html'), 'utf8').replaceAll('&#39;', "'");
  assert.ok(html.includes(`ROC AUC of the test rows: ${verdict?.because}.`));
});

test('trades are those of a loop over the files: one at a time, from the threshold on, less costs, at once and a row late', async () => {
  const { threshold, splits: measured } = run<EvaluateReport>('evaluate', ...learned, '--costs', '0.0004');
  const names = ['none', 'train', 'validation', 'test', 'purged'];
  const codes = Array.from(await readCodes(splits, 'split', names), (code) => names[code]);
  const {
    time,
    label,
    label_time: known,
    return: gain,
  } = await readColumns(labels, ['time', 'label', 'label_time', 'return']);
  const { calibrated } = await readColumns(predictions, ['calibrated']);
  const judged = codes.map((name, i) => name === 'test' && !Number.isNaN(label[i]) && !Number.isNaN(calibrated[i]));
  const evidence = measured.find(({ name }) => name === 'test')?.evidence;
  // At once by the row's own word; a row late by that of the row before it.
  for (const [back, trading] of [evidence?.trading, evidence?.late].entries()) {
    let [taken, sum, free] = [0, 0, -Infinity];
    judged.forEach((own, i) => {
      const by = i - back;
      if (!own || !judged[by] || !(calibrated[by] >= threshold) || time[i] < free) return;
      taken++;
      sum += gain[i] - 0.0004;
      free = known[i];
    });
    assert.ok(trading !== undefined && taken > 0);
    assert.equal(trading.trades, taken);
    assert.ok(Math.abs(trading.total - sum) < 1e-12 && Math.abs(trading.net - sum / taken) < 1e-12);
  }
});

test('a split of one class is named, not left out in silence', async () => {
  const validation = (await splitNames()).map((name) => name === 'validation');
  const names = ['time', 'entry_time', 'entry_price', 'label', 'label_time', 'price', 'return', 'ambiguous'];
  const found = await readColumns(labels, names);
  const label = found['label'].map((value, i) => (validation[i] && value === value ? 1 : value));
  const [entryTime, entryPrice, labelTime] = [found['entry_time'], found['entry_price'], found['label_time']];
  const { price, return: gain, ambiguous } = found;
  const barrier = Uint8Array.from(label, (value) => (value === value ? 1 : 0));
  const made = { entryTime, entryPrice, label, labelTime, barrier, price, return: gain, ambiguous };
  const facts = (await readFacts(labels)) as unknown as Parameters<typeof writeLabels>[3];
  writeLabels(at('one.parquet'), found['time'], { ...made, counts: {} as LabelCounts }, facts);
  const flags = [
    '--predictions',
    predictions,
    '--labels',
    at('one.parquet'),
    '--splits',
    splits,
    '--artefact',
    artefact,
  ];
  const report = run<EvaluateReport>('evaluate', ...flags);
  assert.deepEqual(
    report.splits.map(({ name }) => name),
    ['train', 'test'],
  );
  assert.match(report.warnings[0], /^validation: all [\d,]+ labels are 1, so no score$/);
});

test('costs that are none are refused', () => {
  const refused = {
    '-0.1': /'--costs <fraction>' argument '-0\.1' is invalid\. expected a share from 0 to 1/,
    '1': /costs\n {2}expected a fraction of the price from 0 to 1, such as 0\.0008/,
    much: /'--costs <fraction>' argument 'much' is invalid\. expected a share from 0 to 1/,
  };
  for (const [costs, refusal] of Object.entries(refused)) {
    const { status, stderr } = minotaur('evaluate', ...learned, `--costs=${costs}`);
    assert.equal(status, 2);
    assert.match(stderr, refusal);
  }
});

async function splitNames(): Promise<string[]> {
  const names = ['none', 'train', 'validation', 'test', 'purged'];
  return Array.from(await readCodes(splits, 'split', names), (code) => names[code]);
}
