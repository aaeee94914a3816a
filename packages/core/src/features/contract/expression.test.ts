import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expandRange, expressionText, parseFeature } from './expression.ts';

const textOf = (text: string): string => expressionText(parseFeature(text).expression);

test('precedence and associativity', () => {
  assert.equal(textOf('a + b * c'), 'add(a, mul(b, c))');
  assert.equal(textOf('a - b - c'), 'sub(sub(a, b), c)');
  assert.equal(textOf('a / b / c'), 'div(div(a, b), c)');
  assert.equal(textOf('-a * b'), 'mul(neg(a), b)');
  assert.equal(textOf('a < b and not c > d or e == 1'), 'or(and(lt(a, b), not(gt(c, d))), eq(e, 1))');
  assert.equal(textOf('(high - low) / low'), 'div(sub(high, low), low)');
  assert.equal(textOf('2 - -3'), 'sub(2, -3)');
});

test('calls, outputs, names', () => {
  assert.equal(textOf('bbands(close, 20, 2, 2).upper'), 'bbands(close, 20, 2, 2).upper');
  const feature = parseFeature('macd(close, 12, 26, 9) as fast, slow, hist');
  assert.deepEqual(feature.names, ['fast', 'slow', 'hist']);
});

test('a range is as many features', () => {
  const features = expandRange(parseFeature('lag(log_return(close), 1..3) as r_lag'));
  assert.deepEqual(
    features.map((f) => [expressionText(f.expression), ...f.names]),
    [
      ['lag(log_return(close), 1)', 'r_lag_1'],
      ['lag(log_return(close), 2)', 'r_lag_2'],
      ['lag(log_return(close), 3)', 'r_lag_3'],
    ],
  );
});

const refusals: readonly [string, RegExp][] = [
  ['sma(close, 14', /column 14: expected '\)', found 'the end'/],
  ['close ** 2', /column 8: expected a column, a number or an operator call, found '\*'/],
  ['close $ 2', /column 7.*found '\$'/],
  ['rsi(close, 14) as', /expected a feature name after as/],
  ['', /found 'the end'/],
  ['lag(close, 5..1)', /a range that rises/],
  ['close close', /column 7: expected an operator, `as` or the end/],
];
for (const [text, message] of refusals) {
  test(`refuses '${text}' with its place`, () => assert.throws(() => parseFeature(text), message));
}

test('an expression beyond what is walked is refused, whatever makes it long; one of that length is walked', () => {
  const refused = /feature '.{40}\.\.\.': expected 1000 names, numbers and signs at most/;
  for (const text of [`${'('.repeat(5000)}close`, `${'-'.repeat(5000)}close`, `${'close + '.repeat(5000)}close`])
    assert.throws(() => parseFeature(text), refused);
  const deep = parseFeature(`${'abs('.repeat(332)}close${')'.repeat(332)}`);
  assert.equal(expressionText(expandRange(deep)[0].expression).length, 5 * 332 + 'close'.length);
  assert.throws(() => parseFeature('lag(close, 1..10001)'), /column 12: expected a range of 10000 numbers at most/);
  assert.equal(expandRange(parseFeature('lag(close, 1..10000)')).length, 10_000);
});
