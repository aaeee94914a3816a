import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from 'minotaur-core/internal/features/catalogue';
import { composite, operator, period, type Operator } from 'minotaur-core/internal/features/contract/operator';
import { assertOperator, checkOperator } from './check-operator.ts';
import { LAWS } from './operator-laws/index.ts';
import type { LawReport } from './report.ts';

/** The change over `n` rows, one row too far back. */
const change = operator({
  name: 'change',
  family: 'own',
  version: 1,
  summary: 'Change over some rows',
  formula: 'x[i] - x[i - n]',
  source: 'test',
  inputs: ['x'],
  outputs: ['value'],
  params: [period(1, 'rows', 'n')],
  lookback: ([n]) => n,
  memory: ([n]) => ({ class: 'finite', rows: n + 1 }),
  nan: 'window',
  history: ([n]) => n,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out }, params: { 0: n } }, from, to) => {
    for (let i = from; i < to; i++) out[i] = x[i] - x[i - n];
  },
});
const early: Operator = { ...change, lookback: ([n]) => n + 1 };

test('the report says what was tried and what came of it, as plain data', () => {
  const report = checkOperator(change);
  assert.ok(report.holds);
  assert.deepEqual(
    report.laws.map(({ name }) => name),
    LAWS.map(({ name }) => name),
  );
  assert.ok(report.laws.some(({ samples }) => samples === 40));
  assert.ok(report.laws.every(({ samples, failure }) => samples > 0 && failure === null));
  assert.ok(report.parameters.length >= 5);
  assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
});

test('what fails is told with law, parameters, output, row, expected and found, in the simplest case', () => {
  const report = checkOperator(early, { laws: ['L6 readiness'] });
  assert.deepEqual(report.laws[0].failure, {
    parameters: [1],
    row: 1,
    output: 'value',
    when: 'lookback 2',
    expected: 'no value yet',
    found: report.laws[0].failure?.found,
  });
  assert.ok(Number.isFinite(Number(report.laws[0].failure?.found)));
});

test('the other form throws a message for people, with the report as its cause', () => {
  assert.doesNotThrow(() => assertOperator(change, { samples: 5 }));
  assert.throws(
    () => assertOperator(early),
    (error: Error) => {
      assert.match(
        error.message,
        /^change breaks \d+ of 13 laws\n {2}L6 readiness: .*\n {4}change\(1\), value, row 1, /,
      );
      assert.equal((error.cause as LawReport).name, 'change');
      return true;
    },
  );
});

test('the same seed gives the same report; another, other parameters', () => {
  const [a, b, c] = [3, 3, 4].map((seed) => checkOperator(early, { seed }));
  assert.deepEqual(a, b);
  assert.notDeepEqual(a.parameters, c.parameters);
});

test("a composite may be made of other operators of one's own", () => {
  const twice = composite({
    name: 'twice',
    family: 'own',
    version: 1,
    summary: 'Change of the change',
    formula: 'change(change(x, n), n)',
    source: 'test',
    inputs: ['x'],
    outputs: ['value'],
    params: [period(1, 'rows', 'n')],
    lookback: ([n]) => 2 * n,
    memory: ([n]) => ({ class: 'finite', rows: 2 * n + 1 }),
    nan: 'window',
    expand: ['change(change(x, n), n)'],
  });
  assertOperator(twice, { operators: [change], samples: 10 });
  assert.throws(() => checkOperator(twice), /expected an operator of the catalogue, found 'change'/);
});

test('an operator of the catalogue is tried as it is', () => {
  const op = catalogue.get('ema') as Operator;
  assertOperator(op, { samples: 3 });
});

test('an operator that throws breaks the law under which it did', () => {
  const throws: Operator = {
    ...change,
    run: () => {
      throw new Error('out of paper');
    },
  };
  const { failure } = checkOperator(throws, { laws: ['L3 causality'] }).laws[0];
  assert.equal(failure?.found, 'out of paper');
});

test('refuses a law that is not there, a name that is taken, parameters that nothing satisfies', () => {
  assert.throws(() => checkOperator(change, { laws: ['L1 blok invariance'] }), /a law \(.*'L1 blok invariance'/);
  assert.throws(() => checkOperator({ ...change, name: 'ema' }), /a name that is not in use/);
  assert.throws(() => checkOperator({ ...change, check: () => 'never' }), /parameters in their ranges that it accepts/);
});
