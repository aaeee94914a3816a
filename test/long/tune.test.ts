/** Tuning from end to end: a planted signal is found, none is not; a process that is killed loses nothing. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { tune, type TuneOptions, type TuneReport } from '../../packages/minotaur/src/runs.ts';
import { MAIN, nodeArguments, temporaryFolder } from '../cli.ts';
import { prepare, type Prepared } from '../tuning.ts';

const folder = temporaryFolder();
const at = (...names: readonly string[]): string => join(folder, ...names);

const prepared = async (name: string, strength: number): Promise<Prepared> => {
  mkdirSync(at(name));
  return prepare(at(name), 100_000, strength);
};

function testOf({ test: tested }: TuneReport) {
  const split = tested?.evaluation.splits.find(({ name }) => name === 'test');
  assert.ok(tested && split?.evidence);
  return { look: tested.look, verdict: tested.evaluation.verdict, evidence: split.evidence };
}

test('a planted signal is found: the interval of the test AUC lies above 0.5, and the trades stand up to the number of trials', async () => {
  const made = await prepared('signal', 0.06);
  const report = await tune({ ...made, model: 'trees', trials: 20, folds: 4, storage: at('signal.db'), out: at('found') });
  const { verdict, evidence } = testOf(report);
  assert.ok(evidence.intervals.rocAuc[0] > 0.5, verdict?.text);
  assert.equal(verdict?.kind, 'learned something', verdict?.text);
  assert.ok(report.best?.sharpe && report.best.sharpe.deflated > 0.95, JSON.stringify(report.best?.sharpe));
}); // prettier-ignore

test('without a signal the test AUC is within chance, the best trial is not taken for skill, and it is said', async () => {
  const made = await prepared('noise', 0);
  const report = await tune({ ...made, model: 'trees', trials: 20, folds: 4, storage: at('noise.db'), out: at('none') });
  const { verdict, evidence } = testOf(report);
  const [from, to] = evidence.intervals.rocAuc;
  assert.ok(from < 0.5 && to > 0.5, verdict?.text);
  assert.equal(verdict?.kind, 'nothing was learned', verdict?.text);
  assert.ok(report.best?.sharpe && report.best.sharpe.deflated < 0.95, JSON.stringify(report.best?.sharpe));
}); // prettier-ignore

let made: Prepared;
before(async () => {
  made = await prepared('killed', 0.06);
});

const flagsOf = (name: string, trials: number): string[] => {
  const { rows, labels, splits, config } = made;
  const files = ['--rows', rows as string, '--labels', labels, '--splits', splits, '--config', config as string];
  const study = ['--storage', at(`${name}.db`), '--out', at(name), '--trials', `${trials}`, '--folds', '3'];
  return ['--model', 'trees', ...files, ...study, '--pruner', 'none', '--resume'];
};

const start = (flags: readonly string[]) =>
  spawn(process.execPath, [...nodeArguments, MAIN, 'tune', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });

const query = <T>(name: string, sql: string): T[] => {
  if (!existsSync(at(`${name}.db`))) return [];
  const database = new DatabaseSync(at(`${name}.db`));
  try {
    return database.prepare(sql).all() as T[];
  } catch {
    return []; // no tables yet
  } finally {
    database.close();
  }
};

test('kill -9 in the middle of trials: what it tried is failed and tried again, nothing half-written', async () => {
  const count = (state: string): number =>
    query<{ n: number }>('torn', `SELECT count(*) AS n FROM trials WHERE state = '${state}'`)[0]?.n ?? 0;
  for (const complete of [1, 2]) {
    const child = start(flagsOf('torn', 5));
    const exit = once(child, 'exit');
    while (count('COMPLETE') < complete || count('RUNNING') === 0) {
      assert.equal(child.exitCode, null, 'it ended before it was killed');
      await setTimeout(20);
    }
    child.kill('SIGKILL');
    await exit;
  }
  const child = start(flagsOf('torn', 5));
  assert.equal((await once(child, 'exit'))[0], 0);
  const trials = query<{ number: number; state: string }>('torn', 'SELECT number, state FROM trials ORDER BY number');
  const complete = trials.filter(({ state }) => state === 'COMPLETE');
  assert.equal(complete.length, 5);
  assert.ok(trials.some(({ state }) => state === 'FAIL'));
  assert.ok(trials.every(({ state }) => state === 'COMPLETE' || state === 'FAIL'));
  const names = readdirSync(at('torn', 'trials'));
  assert.ok(names.every((name) => /^\d{4}$/.test(name)), names.join());
  for (const { number } of complete)
    assert.ok(existsSync(at('torn', 'trials', String(number).padStart(4, '0'), 'out-of-fold.parquet')));
  const options: TuneOptions = { ...made, model: 'trees', trials: 5, folds: 3, pruner: 'none', storage: at('whole.db'), out: at('whole') };
  const whole = await tune(options);
  const torn = JSON.parse(readFileSync(at('torn', 'trials.json'), 'utf8')) as TuneReport['trials'];
  const parametersOf = (lines: TuneReport['trials']) => lines.filter(({ state }) => state === 'COMPLETE').map(({ parameters }) => JSON.stringify(parameters)); // prettier-ignore
  assert.equal(new Set(parametersOf(torn)).size, 5);
  assert.equal(parametersOf(torn)[0], parametersOf(whole.trials)[0]);
}); // prettier-ignore

test('two processes at once: every trial once, one winner', async () => {
  const children = [0, 1].map(() => start(flagsOf('pair', 6)));
  const texts = await Promise.all(
    children.map(async (child) => {
      let text = '';
      child.stdout.on('data', (more: Buffer) => (text += more.toString()));
      // With the last of what it says.
      assert.equal((await once(child, 'close'))[0], 0);
      return text;
    }),
  );
  const trials = query<{ number: number; state: string }>('pair', 'SELECT number, state FROM trials ORDER BY number');
  assert.deepEqual(
    trials.map(({ number, state }) => `${number} ${state}`),
    Array.from({ length: 6 }, (_, number) => `${number} COMPLETE`),
  );
  assert.ok(
    texts.some((text) => text.includes('best ')),
    texts.join('\n'),
  );
  assert.ok(existsSync(at('pair', 'model.onnx')));
});
