/** Trials over folds: all of them on record, whole or not at all, the best of them scored once. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { readColumns, readFacts } from '../../packages/minotaur/src/files/parquet/columns-source.ts';
import { readCodes } from '../../packages/minotaur/src/files/parquet/row-blocks.ts';
import { createTableWriter } from '../../packages/minotaur/src/files/parquet/table-writer.ts';
import { predict, tune, type TuneOptions, type TuneReport } from '../../packages/minotaur/src/runs.ts';
import { minotaur, run, temporaryFolder } from '../cli.ts';
import { prepare, type Prepared } from '../tuning.ts';

const folder = temporaryFolder();
const at = (...names: readonly string[]): string => join(folder, ...names);
let made: Prepared;
let first: TuneReport;

const options = (more: Partial<TuneOptions> = {}): TuneOptions => ({
  ...made,
  model: 'trees',
  trials: 7,
  folds: 3,
  storage: at('study.db'),
  out: at('tuned'),
  costs: 0.0002,
  ...more,
});

before(async () => {
  mkdirSync(at('signal'));
  made = await prepare(at('signal'), 30_000, 0.1);
  first = await tune(options());
});

test('the trials are on record with their folds, digests and files; the signal is found on the test', () => {
  assert.deepEqual([first.tried, first.running, first.trials.length], [7, 0, 7]);
  const { best, test: tested } = first;
  assert.ok(best && tested);
  assert.equal(best.folds.length, 3);
  assert.ok(best.value > 0.55, `${best.value}`);
  assert.equal(Math.max(...first.trials.filter(({ state }) => state === 'COMPLETE').map(({ value }) => value ?? 0)), best.value); // prettier-ignore
  assert.equal(tested.evaluation.verdict?.kind, 'learned something', tested.evaluation.verdict?.text);
  assert.deepEqual([tested.look.number, tested.look.tried], [1, 7]);
  assert.ok(best.sharpe && best.sharpe.periods > 400 && best.sharpe.expected > 0 && best.overfitting !== null);
  const directory = at('tuned', 'trials', '0000');
  assert.deepEqual(readdirSync(directory), ['fold-0', 'fold-1', 'fold-2', 'out-of-fold.parquet', 'trial.json']);
  const told = JSON.parse(readFileSync(join(directory, 'trial.json'), 'utf8')) as {
    configuration: { rounds: number; leaves: number };
    folds: { model: string; artefact: string }[];
  };
  assert.equal(told.configuration.rounds, 6);
  assert.equal(new Set(told.folds.map(({ artefact }) => artefact)).size, 3, 'every fold has a transform of its own');
  assert.deepEqual(readdirSync(at('tuned', 'trials')).filter((name) => name.startsWith('.')), []); // prettier-ignore
  assert.ok(first.trials.some(({ state }) => state === 'PRUNED'));
});

test('no row of the test is in a fold, and folds follow each other', async () => {
  const { time, fold } = await readColumns(at('tuned', 'folds.parquet'), ['time', 'fold']);
  const codes = await readCodes(at('tuned', 'folds.parquet'), 'split', ['none', 'train', 'validation', 'test', 'purged']);
  const outer = await readCodes(made.splits, 'split', ['none', 'train', 'validation', 'test', 'purged']);
  const rows = outer.length;
  const begins = [0, 1, 2].map((k) => {
    const own = (code: number) => Array.from(time.subarray(k * rows, (k + 1) * rows)).filter((_, i) => codes[k * rows + i] === code);
    assert.equal(fold[k * rows], k);
    assert.ok(Math.max(...own(1)) < Math.min(...own(2)) && Math.max(...own(2)) < Math.min(...own(3)));
    return Math.min(...own(3));
  });
  assert.ok(begins[0] < begins[1] && begins[1] < begins[2]);
  for (let i = 0; i < codes.length; i++) assert.ok(codes[i] === 0 || codes[i] === 4 || outer[i % rows] !== 3, `row ${i}`);
}); // prettier-ignore

test('the winner predicts as any model does; the same study with the same seed elsewhere tries the same', async () => {
  const { digest } = await predict({ rows: made.rows, artefact: at('tuned', 'artefact.json'), model: at('tuned', 'model.onnx'), out: at('again.parquet') }); // prettier-ignore
  assert.equal(digest.length, 64);
  const other = await tune(options({ storage: at('other.db'), out: at('other'), trials: 2 }));
  assert.deepEqual(other.trials, first.trials.slice(0, 2));
  const model = (out: string): Buffer => readFileSync(at(out, 'trials', '0001', 'fold-2', 'model.onnx'));
  assert.deepEqual(model('other'), model('tuned'));
  assert.equal(other.test?.look.number, 2, 'another study on the same test rows is the second look');
});

test('going on with a study: the trials that are there stay, the same winner is no other look', async () => {
  const again = await tune(options({ resume: true }));
  assert.deepEqual([again.trials, again.study.id], [first.trials, first.study.id]);
  assert.equal(again.test?.look.number, 1);
  const more = await tune(options({ resume: true, trials: 8, pruner: 'asha', sampler: 'random' }));
  assert.deepEqual([more.tried, more.trials.slice(0, 7)], [8, first.trials]);
});

const refusals: readonly (readonly [more: Partial<TuneOptions>, message: RegExp])[] = [
  [{}, /a name that is free, or --resume/],
  [{ resume: true, folds: 4 }, /study tune, of folds/],
  [{ resume: true, model: 'logistic' }, /study tune, space (leaves|l2)/],
  [{ resume: true, costs: 0 }, /of costs: expected 0, found 0.0002/],
  [{ study: 'second' }, /a directory of this study .*found the trials of study/],
  [{ model: 'forest' }, /--model: expected one of logistic, trees/],
  [{ folds: 1 }, /folds: expected a whole number of at least 2/],
  [{ model: 'logistic', seeds: 2 }, /seeds: expected 1, since logistic has no seed/],
  [{ costs: 2 }, /costs: expected a fraction/],
  [{ folds: 900 }, /fold \d+.*(at least one|labels of both classes)/],
];

test('what cannot be tuned is refused by name, and nothing changes', async () => {
  const files = readdirSync(at('tuned', 'trials'));
  for (const [more, message] of refusals) await assert.rejects(tune(options(more)), message);
  assert.deepEqual(readdirSync(at('tuned', 'trials')), files);
});

/** Labels that say of themselves what the true ones say. */
async function changeLabels(
  name: string,
  change: (label: number, row: number, rows: number) => number,
): Promise<string> {
  const names = ['time', 'entry_time', 'entry_price', 'label', 'label_time', 'return'];
  const columns = await readColumns(made.labels, names);
  const types = names.map((column) => ({ name: column, type: column === 'time' ? 'BIGINT' : 'DOUBLE' }) as const);
  const table = createTableWriter(at(name), types, { facts: await readFacts(made.labels) });
  const rows = columns['label'].length;
  const changed = columns['label'].map((label, row) => (Number.isNaN(label) ? NaN : change(label, row, rows)));
  table.appendColumns(rows, names.map((column) => (column === 'label' ? changed : columns[column]))); // prettier-ignore
  table.commit();
  return at(name);
}

test('one class only in a fold is one clear error, before any trial', async () => {
  const labels = await changeLabels('late.parquet', (label, row, rows) => (row > 0.38 * rows && row < 0.57 * rows ? 1 : label));
  await assert.rejects(
    tune(options({ labels, storage: at('late.db'), out: at('late') })),
    /fold 0 of the trials, scored rows: expected labels of both classes on whole sequences, found \d+ rows, all of them 1/,
  );
  assert.ok(!existsSync(at('late.db')));
}); // prettier-ignore

test('splits without a test behind everything are refused', async () => {
  const config = at('walk.yaml');
  writeFileSync(config, `${readFileSync(made.config as string, 'utf8')}split: { method: purgedKFold, folds: 3 }\n`);
  const splits = at('walk.parquet');
  run('split', '--rows', made.rows as string, '--labels', made.labels, '--config', config, '--out', splits);
  await assert.rejects(tune(options({ config, splits, storage: at('walk.db'), out: at('walk') })), /a test behind them that no trial sees/); // prettier-ignore
});

test('in words: trials, the best, what it is worth, how often the test was looked at', () => {
  const { rows, labels, splits, config } = made;
  const files = ['--rows', rows as string, '--labels', labels, '--splits', splits, '--config', config as string];
  const study = ['--storage', at('words.db'), '--out', at('words'), '--trials', '2', '--folds', '2'];
  const { status, stdout, stderr } = minotaur('tune', '--model', 'logistic', ...files, ...study);
  assert.equal(status, 0, stderr);
  for (const pattern of [
    /^tune +logistic: 2 trials tried, 2 complete, 0 pruned; 0 failed$/m,
    /^best +trial \d: ROC AUC 0\.\d{4}, mean of /m,
    /deflated Sharpe ratio \d\.\d{3}: .* 2 trials/,
    /probability of overfitting \d\.\d{3}/,
    /^test +learned something/m,
    /the (\w+) look at these test rows: they have been chosen by/,
  ])
    assert.match(stdout, pattern);
});
