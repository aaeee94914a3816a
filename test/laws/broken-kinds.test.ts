/** The suite has to catch bar kinds that are broken on purpose: each by the law that it breaks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BarKind } from '../../packages/core/src/bars/kind.ts';
import { BAR_LAWS } from '../../packages/minotaur/src/verify/testing/bar-laws/index.ts';
import { assertBarKind, checkBarKind } from '../../packages/minotaur/src/verify/testing/check-bar-kind.ts';
import { brokenKinds } from './broken-kinds/kinds.ts';

/** Each kind, the law that has to catch it, and words of the message. */
const cases: readonly (readonly [keyof typeof brokenKinds, string, RegExp])[] = [
  ['sumsTheBlock', 'L1 block invariance', /threshold [\d.]+, overshoot .*, in blocks of [\d, ]+: expected .*, found/],
  ['countsBeside', 'L8 determinism', /taking turns with another chain: expected .*, found/],
  ['countsBeside', 'L2 snapshot', /restored after every block, .*: expected .*, found/],
  ['looksAhead', 'L3 causality', /trades after trade \d+: expected .*, found/],
  ['alwaysCarries', 'L4 start', /overshoot reset, .* started after bar \d+: expected .*, found/],
  ['asksAClock', 'L8 purity', /expected no question, found Date\.now, .*broken-kinds/],
  ['standsStill', 'L1 block invariance', /expected no error, found reach of broken: expected the index of a trade/],
  ['neverCloses', 'closing', /expected more than 3 bars .*, found 0, \d/],
  ['sourceless', 'declaration', /source: expected a text, found ''/],
];

for (const [key, law, message] of cases) {
  test(`${law} catches ${key}`, () => {
    const kind: BarKind = brokenKinds[key];
    const report = checkBarKind(kind, { laws: [law], samples: 5 });
    assert.ok(!report.holds, `${key} keeps ${law}`);
    assert.throws(() => assertBarKind(kind, { laws: [law], samples: 5 }), message);
  });
}

test('every law catches something', () => {
  assert.deepEqual(new Set(cases.map(([, law]) => law)), new Set(BAR_LAWS.map(({ name }) => name)));
});

test('every kind that is broken is caught', () => {
  assert.deepEqual(new Set(cases.map(([key]) => key)), new Set(Object.keys(brokenKinds)));
});
