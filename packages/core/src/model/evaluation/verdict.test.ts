import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verdictOf, type Scored } from './verdict.ts';

const chance = { reaches: 0.55, p: 0.002, shifts: 500 };
const scored: Scored = { rocAuc: 0.6, interval: [0.54, 0.66], chance, independent: 30 };
const said = (change: Partial<Scored>): string => verdictOf({ ...scored, ...change }).text;

test('what a score means depends on its labels, its interval and what chance reaches', () => {
  assert.equal(said({}), 'learned something: 0.600 (0.540 to 0.660); chance reaches 0.550, p 0.002');
  assert.equal(
    said({ rocAuc: 0.88, independent: 6 }),
    'cannot be told: 6 independent labels, and a statement needs 30',
  );
  assert.match(said({ independent: 29, rocAuc: 0.99, interval: [0.98, 1] }), /^cannot be told: 29 /);
  assert.match(said({ independent: 1 }), /^cannot be told: 1 independent label,/);
  assert.match(
    said({ interval: [0.49, 0.7] }),
    /^nothing was learned: 0\.600 \(0\.490 to 0\.700\) may as well be a coin's 0\.5; /,
  );
  assert.match(said({ chance: { ...chance, p: 0.06 } }), /^nothing was learned: .* is within chance/);
  assert.match(said({ rocAuc: 0.4, interval: [0.3, 0.47] }), /^nothing was learned: .* is below a coin/);
  assert.match(said({ rocAuc: 0.97, interval: [0.91, 0.99] }), /^too good to be true: 0\.970 .*; look for a leak$/);
  assert.match(said({ rocAuc: 0.94, interval: [0.89, 0.99] }), /^learned something/);
  assert.match(said({ interval: [NaN, NaN] }), /^cannot be told/);
  assert.match(said({ chance: { reaches: NaN, p: NaN, shifts: 0 } }), /^cannot be told/);
});
