/** `minotaur check`, and the check `operators` of `verify`, which runs a short form of it. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ConfigReport } from '../packages/minotaur/src/verify/testing/check-config.ts';
import { LAWS } from '../packages/minotaur/src/verify/testing/operator-laws/index.ts';
import type { Verdict } from '../packages/minotaur/src/verify/verify.ts';
import { minotaur, minotaurAlone, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const example = new URL('../examples/own-operator/minotaur.config.ts', import.meta.url).pathname;

/** A sum that one NaN poisons for ever, which no market without missing values shows, and a sound operator. */
const poisoned = join(folder, 'poisoned.mjs');
writeFileSync(
  poisoned,
  `const common = { family: 'own', version: 1, summary: 's', formula: 'f', source: 't', inputs: ['x'], outputs: ['value'], params: [],
  lookback: () => 0, nan: 'window', history: () => 0 };
const total = { ...common, name: 'total', memory: () => ({ class: 'unbounded' }), slots: () => 1,
  run: ({ in: { 0: x }, out: { 0: out }, state }, from, to) => { for (let i = from; i < to; i++) out[i] = state[0] += x[i]; } };
const twice = { ...common, name: 'twice', memory: () => ({ class: 'finite', rows: 1 }), slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => { for (let i = from; i < to; i++) out[i] = 2 * x[i]; } };
export default { clocks: { a: { bars: 'tick', threshold: 5 } }, features: { a: ['total(close) as t', 'twice(close) as d'] }, operators: [total, twice] };
`,
);

test('exit 0 where every law holds, with what was tried', () => {
  const { status, stdout, stderr } = minotaur('check', example);
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^holds {2}up_share {2}13 laws, \d+ samples, with \(1\) /);
  assert.match(stdout, /Every law holds\.\n$/);
});

test('exit 1 where one does not, and the law, the row, what was expected and what was found', () => {
  const { status, stdout } = minotaur('check', poisoned);
  assert.equal(status, 1);
  assert.match(stdout, /^FAILS {2}total {2}/);
  assert.match(
    stdout,
    /\n {7}L6 readiness: .*\n {9}total\(\), value, row \d+, NaN at rows .*: expected -?[\d.]+, found NaN\n/,
  );
  assert.match(stdout, /\nholds {2}twice /);
  assert.match(stdout, /1 of 2 operators break a law\.\n$/);
});

test('--json is the whole report, and the seed and the samples are what was said', () => {
  // Watched is what loads in the process that looks.
  const { status, stdout } = minotaurAlone('check', poisoned, '--samples', '8', '--seed', '5', '--json');
  assert.equal(status, 1);
  const report = JSON.parse(stdout) as ConfigReport;
  assert.deepEqual([report.holds, report.watched, report.inputs, report.asked], [false, true, [], []]);
  assert.deepEqual(
    report.operators.map(({ name, holds }) => [name, holds]),
    [
      ['total', false],
      ['twice', true],
    ],
  );
  const [total, twice] = report.operators;
  assert.deepEqual(
    total.laws.map(({ name }) => name),
    LAWS.map(({ name }) => name),
  );
  assert.ok(twice.laws.every(({ samples }) => samples <= 8));
  assert.equal(minotaurAlone('check', poisoned, '--samples', '8', '--seed', '5', '--json').stdout, stdout);
});

test('exit 2 where there are no operators, or nothing that can be read', () => {
  const nowhere = minotaur('check', join(folder, 'nowhere.ts'));
  assert.equal(nowhere.status, 2);
  const none = minotaur('check', 'minotaur');
  assert.equal(none.status, 2);
  assert.match(none.stderr, /expected a module with operators of its own/);
  const bad = join(folder, 'bad.mjs');
  writeFileSync(bad, "throw new Error('half written');");
  const unread = minotaur('check', bad);
  assert.equal(unread.status, 2);
  assert.match(unread.stderr, /half written/);
});

test('verify tries them too, where there are any, and says what it generated', () => {
  const trades = join(folder, 't.parquet');
  assert.equal(minotaur('simulate', '--trades', '3000', '--seed', '4', '--out', trades).status, 0);
  const verify = (...flags: string[]) => minotaur('verify', '--trades', trades, ...flags, '--json');
  const checksOf = ({ stdout }: { stdout: string }) => (JSON.parse(stdout) as Verdict).checks;

  const [sound] = checksOf(verify('--config', example, '--checks', 'operators'));
  assert.ok(sound.holds);
  assert.equal(sound.compared['operators'], 1);
  assert.ok(Number(sound.compared['samples']) > 50 && Number(sound.compared['parameterSets']) >= 5);

  // None of the other checks sees it: these trades have no missing values.
  const failed = verify(
    '--config',
    poisoned,
    '--checks',
    'parity,blocks,snapshot,lookahead,readiness,purity,operators',
  );
  assert.equal(failed.status, 1);
  assert.deepEqual(
    checksOf(failed).flatMap(({ name, holds }) => (holds ? [] : [name])),
    ['operators'],
  );
  const check = checksOf(failed).find(({ name }) => name === 'operators');
  assert.match(JSON.stringify(check?.first), /L6 readiness: total\(\), value, row \d+, NaN at rows/);

  const refused = verify('--config', 'minotaur', '--checks', 'operators');
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /a configuration with operators of its own/);
});
