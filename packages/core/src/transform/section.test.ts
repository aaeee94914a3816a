import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from '../config/config.ts';
import { createPlan } from '../chain/plan.ts';
import { columnSpecs } from './section.ts';

const chain = { clocks: { short: { bars: 'dollar', threshold: 1000 } } } as const;
const parse = (transform: object) => parseConfig({ ...chain, transform }).transform;

const common = { log1p: false, clip: [0.01, 0.99], wasClipped: false, impute: 'median', scale: 'standard' };

test('has defaults', () => {
  assert.deepEqual(parse({}), { ...common, columns: {} });
  assert.deepEqual(parseConfig({ ...chain }).transform, { ...common, columns: {} });
});

test('the specification of a column: the common one, then every pattern that matches, in order', () => {
  const section = parse({
    scale: 'robust',
    columns: {
      '*volume*': { log1p: true },
      'hour_*_short': { scale: 'none', clip: null },
      dollar_volume_short: { log1p: false, wasClipped: true },
      '?.b': { impute: 'none' },
    },
  });
  const before = JSON.stringify(section);
  const robust = { ...common, scale: 'robust' };
  const names = ['close_short', 'volume', 'dollar_volume_short', 'hour_of_day_short', 'a.b', 'axb'];
  assert.deepEqual(columnSpecs(section, names), [
    robust,
    { ...robust, log1p: true },
    { ...robust, wasClipped: true },
    { ...robust, scale: 'none', clip: null },
    { ...robust, impute: 'none' },
    robust,
  ]);
  assert.equal(JSON.stringify(section), before);
  assert.throws(
    () => columnSpecs(parse({ columns: { clse_short: {} } }), names),
    /transform\.columns: .*'clse_short', which matches none of 6 \(did you mean 'close_short'\?\)/,
  );
});

const refusals: readonly (readonly [transform: object, message: RegExp])[] = [
  [{ scael: 'none' }, /transform: expected a known key, found 'scael' \(did you mean 'scale'\?\)/],
  [{ scale: 'z-score' }, /transform\.scale: expected standard, minmax, .*found the text 'z-score'/],
  [{ clip: [0.9, 0.1] }, /transform\.clip: expected the lower quantile first, found \[0.9,0.1\]/],
  [{ clip: [1, 99] }, /transform\.clip.*found/],
  [{ columns: { a: { imptue: 'none' } } }, /transform\.columns\.a: .*'imptue' \(did you mean 'impute'\?\)/],
  [{ impute: 'mean' }, /transform\.impute: .*found the text 'mean'/],
];
for (const [transform, message] of refusals) {
  test(`refuses ${JSON.stringify(transform)}`, () => assert.throws(() => parse(transform), message));
}

test('does not enter the schema id: no row depends on it', () => {
  const id = (sections: object): string => createPlan(parseConfig({ ...chain, ...sections })).schema.id;
  assert.equal(id({ transform: { scale: 'minmax', columns: { '*': { log1p: true } } } }), id({}));
});
