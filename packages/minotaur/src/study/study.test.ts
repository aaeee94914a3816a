import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { drawEvenly, type Place, type Space } from 'minotaur-core/internal/tune/space';
import { sfc32 } from 'minotaur-core/internal/base/random';
import { openStudy, type StudyOptions } from './study.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-study-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const SPACE: Space = {
  rate: { kind: 'float', low: 1e-5, high: 1e-3, log: true },
  leaves: { kind: 'int', low: 2, high: 8, step: 2 },
  kind: { kind: 'choice', choices: ['relu', 'gelu'] },
};

const optionsOf = (file: string, more: Partial<StudyOptions> = {}): StudyOptions => ({
  storage: join(folder, file),
  name: 'tune',
  direction: 'MAXIMIZE',
  space: SPACE,
  terms: { model: 'trees', folds: 3 },
  resume: true,
  ...more,
});

const place: Place = { rate: 1e-4, leaves: 4, kind: 1 };
const choose = (): Place => place;

test('what is written is read again: parameters, steps, values that are no numbers, rungs, what is told', async () => {
  const study = await openStudy(optionsOf('a.db'));
  const first = study.begin(5, choose);
  assert.ok(first);
  assert.deepEqual([first.number, first.state, first.place], [0, 'RUNNING', place]);
  study.report(first, 1, 0.5);
  study.report(first, 2, NaN);
  const { trial, all } = study.report(first, 3, -Infinity);
  assert.deepEqual([...trial.intermediate], [[1, 0.5], [2, NaN], [3, -Infinity]]); // prettier-ignore
  assert.equal(all.length, 1);
  study.keepRungs(trial, [0.5, 0.25]);
  study.end(trial, 'COMPLETE', { folds: [0.4, 0.6] }, 0.5);
  study.end(trial, 'FAIL', {}, 9);
  study.close();
  const again = await openStudy(optionsOf('a.db'));
  const [found] = again.trials();
  assert.deepEqual([found.state, found.value, found.rungs, found.attributes], ['COMPLETE', 0.5, [0.5, 0.25], { folds: [0.4, 0.6] }]); // prettier-ignore
  assert.equal(again.id, study.id);
  again.close();
});

test('a report is not kept waiting by parameters and tales, and reads of the others what a pruner asks', async () => {
  const study = await openStudy(optionsOf('steps.db'));
  const [other, own] = [study.begin(5, choose), study.begin(5, choose)];
  assert.ok(other && own);
  for (const step of [1, 2, 7]) study.report(other, step, step / 10);
  study.keepRungs(other, [0.1, 0.2]);
  study.end(other, 'COMPLETE', { configuration: 'long' }, 0.7);
  study.report(own, 1, 0.3);
  const { trial, all } = study.report(own, 2, 0.4);
  assert.deepEqual([...trial.intermediate], [[1, 0.3], [2, 0.4]]); // prettier-ignore
  assert.deepEqual([all[0].state, [...all[0].intermediate], all[0].rungs, all[0].place], ['COMPLETE', [[2, 0.2], [7, 0.7]], [0.1, 0.2], {}]); // prettier-ignore
  study.close();
});

test('no more trials begin than were asked for; failed ones do not count', async () => {
  const study = await openStudy(optionsOf('b.db'));
  const [a, b] = [study.begin(2, choose), study.begin(2, choose)];
  assert.ok(a && b && study.begin(2, choose) === undefined);
  study.end(b, 'FAIL', { failure: 'of its own' });
  assert.equal(study.begin(2, choose)?.number, 2);
  study.close();
});

const refusals: readonly (readonly [what: string, more: Partial<StudyOptions>, message: RegExp])[] = [
  ['another space', { space: { ...SPACE, leaves: { kind: 'int', low: 2, high: 16 } } }, /space leaves: expected .*16.* found .*8/],
  ['a parameter less', { space: { rate: SPACE['rate'], leaves: SPACE['leaves'] } }, /space kind: expected "nothing"/],
  ['another direction', { direction: 'MINIMIZE' }, /direction: expected MINIMIZE, found MAXIMIZE/],
  ['other terms', { terms: { model: 'trees', folds: 4 } }, /of folds: expected 4, found 3/],
  ['without --resume', { resume: false }, /a name that is free, or --resume/],
]; // prettier-ignore

test('a study of another kind under the same name is refused, with the first difference', async () => {
  (await openStudy(optionsOf('c.db'))).close();
  for (const [what, more, message] of refusals) await assert.rejects(openStudy(optionsOf('c.db', more)), message, what);
  (await openStudy(optionsOf('c.db', { name: 'other', resume: false }))).close();
});

test('a study that is not accepted is not begun', async () => {
  const refuse = (): never => {
    throw new Error('not here');
  };
  await assert.rejects(openStudy(optionsOf('refused.db', { accept: refuse })), /not here/);
  let heard = '';
  const study = await openStudy(optionsOf('refused.db', { resume: false, accept: (id) => void (heard = id) }));
  assert.equal(study.id, heard);
  study.close();
});

test('a storage of another version, another database and no database are refused by name', async () => {
  (await openStudy(optionsOf('d.db'))).close();
  const database = new DatabaseSync(join(folder, 'd.db'));
  database.exec("UPDATE alembic_version SET version_num = 'v3.0.0.d'; UPDATE version_info SET library_version = '3.0.0'");
  await assert.rejects(openStudy(optionsOf('d.db')), /Optuna 5\.0\.0 \(schema 12, revision v3\.2\.0\.a\), found one of Optuna 3\.0\.0/);
  database.exec("UPDATE alembic_version SET version_num = 'v3.2.0.a'; DELETE FROM study_user_attributes");
  await assert.rejects(openStudy(optionsOf('d.db')), /a study that tune began, found one that something else began/);
  database.exec('INSERT INTO study_directions (direction, study_id, objective) VALUES (\'MINIMIZE\', 1, 1)');
  await assert.rejects(openStudy(optionsOf('d.db')), /expected MAXIMIZE, found MAXIMIZE, MINIMIZE/);
  database.close();
  const other = new DatabaseSync(join(folder, 'e.db'));
  other.exec('CREATE TABLE prices (a)');
  other.close();
  await assert.rejects(openStudy(optionsOf('e.db')), /another database: no table studies/);
  writeFileSync(join(folder, 'f.db'), 'x'.repeat(5000));
  await assert.rejects(openStudy(optionsOf('f.db')), /a database of studies \(SQLite\).*found file is not a database/);
}); // prettier-ignore

test('several processes at once: every number once, all trials there', async () => {
  const options = optionsOf('g.db');
  const script = join(folder, 'worker.ts');
  const at = new URL('study.ts', import.meta.url).href;
  writeFileSync(
    script,
    `import { openStudy } from '${at}';
const study = await openStudy(${JSON.stringify(options)});
const told = (word) => {
  process.send(word);
  return new Promise((go) => process.once('message', go));
};
await told('ready');
for (let trial, made = 0; (trial = study.begin(24, () => (${JSON.stringify(place)}))); made++) {
  study.report(trial, 1, trial.number);
  study.end(trial, 'COMPLETE', { pid: process.pid }, trial.number);
  // None goes on before each has had one.
  if (made === 0) await told('one');
}
process.disconnect();
study.close();`,
  );
  const workers = [0, 1, 2].map(() => fork(script, { execArgv: ['--conditions=minotaur-source', '--no-warnings'] }));
  for (const word of ['go', 'on']) {
    await Promise.all(workers.map((worker) => once(worker, 'message')));
    for (const worker of workers) worker.send(word);
  }
  const codes = await Promise.all(workers.map(async (worker) => (await once(worker, 'exit'))[0] as number));
  assert.deepEqual(codes, [0, 0, 0]);
  const study = await openStudy(options);
  const trials = study.trials();
  study.close();
  assert.deepEqual(trials.map(({ number, value }) => [number, value]), Array.from({ length: 24 }, (_, k) => [k, k])); // prettier-ignore
  assert.equal(new Set(trials.map(({ attributes }) => attributes['pid'])).size, 3);
});

test('a trial of another host is named: from here nobody can tell whether it runs', async () => {
  const study = await openStudy(optionsOf('host.db'));
  study.begin(5, choose);
  assert.deepEqual(study.elsewhere(), []);
  const database = new DatabaseSync(join(folder, 'host.db'));
  const worker = JSON.stringify({ host: 'another', pid: 7, began: null });
  database.prepare('UPDATE trial_system_attributes SET value_json = ?').run(worker);
  database.close();
  assert.deepEqual(study.recover(), []);
  assert.deepEqual(study.elsewhere(), [{ number: 0, host: 'another', pid: 7 }]);
  study.close();
});

test('what a killed process left is marked as failed, and its parameters are tried again, once', async () => {
  const options = optionsOf('h.db');
  const uniform = sfc32(4);
  const drawn: Place = Object.fromEntries(Object.keys(SPACE).map((name) => [name, drawEvenly(SPACE[name], uniform)]));
  const script = join(folder, 'killed.ts');
  const at = new URL('study.ts', import.meta.url).href;
  writeFileSync(
    script,
    `import { openStudy } from '${at}';
const study = await openStudy(${JSON.stringify(options)});
study.report(study.begin(5, () => (${JSON.stringify(drawn)})), 1, 0.5);
process.kill(process.pid, 'SIGKILL');`,
  );
  const worker = fork(script, { execArgv: ['--conditions=minotaur-source', '--no-warnings'] });
  assert.equal((await once(worker, 'exit'))[1], 'SIGKILL');
  const study = await openStudy(options);
  const own = study.begin(5, choose);
  assert.deepEqual(study.recover(), [0]);
  assert.deepEqual(study.recover(), [], 'what still runs is left alone');
  const [lost] = study.trials();
  assert.deepEqual([lost.state, lost.place, lost.intermediate.get(1)], ['FAIL', drawn, 0.5]);
  assert.match(String(lost.attributes['failure']), /interrupted/);
  const retried = study.begin(5, choose);
  assert.deepEqual([retried?.place, retried?.system['failed_trial']], [drawn, 0]);
  assert.deepEqual(study.begin(5, choose)?.place, own?.place);
  study.close();
});
