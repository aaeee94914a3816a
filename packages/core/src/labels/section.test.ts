import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from '../config/config.ts';
import { createPlan } from '../chain/plan.ts';
import { sequenceBreaks } from '../transform/sequence-section.ts';

const chain = { clocks: { short: { bars: 'dollar', threshold: 1000 } } } as const;
const parse = (sections: object) => parseConfig({ ...chain, ...sections });

test('labels, splits and sequences have defaults', () => {
  const { label, split, sequence } = parse({});
  assert.deepEqual(label, { method: 'fixed', target: 0.02, stop: 0.01, side: 'long', delay: 0 });
  assert.deepEqual(split, { method: 'chronological', train: 0.65, validation: 0.15, test: 0.2 });
  assert.deepEqual(sequence, { length: 60, breakOn: { day: false } });
  assert.deepEqual(sequenceBreaks(sequence), { day: false });
  const broken = parse({ sequence: { breakOn: { gap: '30min', day: true } } }).sequence;
  assert.deepEqual(sequenceBreaks(broken), { gap: 1_800_000_000, day: true });
  assert.deepEqual(parse({ label: { method: 'atr' } }).label, {
    method: 'atr',
    multiple: 1.5,
    minStop: 0.005,
    side: 'long',
    delay: 0,
  });
});

const refusals: readonly (readonly [sections: object, message: RegExp])[] = [
  [{ lable: {} }, /'lable' \(did you mean 'label'\?\)/],
  [
    { label: { method: 'fixed', targt: 0.1 } },
    /label: expected a known key, found 'targt' \(did you mean 'target'\?\)/,
  ],
  [{ label: { method: 'fixd' } }, /label\.method: expected fixed, atr or horizon, found the text 'fixd'/],
  [{ label: { method: 'fixed', target: 2 } }, /label\.target: .*less than 1, found 2/],
  [{ label: { method: 'fixed', limit: '4 fortnights' } }, /label\.limit: expected a span such as .*4 fortnights/],
  [{ label: { method: 'fixed', delay: 'soon' } }, /label\.delay: expected 0, or a span such as 250ms, 30s, found/],
  [{ label: { method: 'horizon' } }, /label\.after/],
  [{ split: { method: 'kfold' } }, /split\.method: expected chronological, walkForward or purgedKFold/],
  [{ split: { method: 'purgedKFold', embrgo: 0 } }, /'embrgo' \(did you mean 'embargo'\?\)/],
  [{ split: { method: 'chronological', train: 0.9 } }, /train, validation and test that add up to 1/],
  [{ sequence: { breakOn: { gap: 'long' } } }, /sequence\.breakOn\.gap: expected a span such as/],
  [{ sequence: { breakOn: { days: true } } }, /sequence\.breakOn: expected a known key, found 'days'/],
  [{ selection: { correlation: 1.5 } }, /selection\.correlation: .*less than 1, found 1\.5/],
  [{ selection: { exlude: ['a'] } }, /'exlude' \(did you mean 'exclude'\?\)/],
  [{ sequence: { lenght: 3 } }, /'lenght' \(did you mean 'length'\?\)/],
];
for (const [sections, message] of refusals) {
  test(`refuses ${JSON.stringify(sections)}`, () => assert.throws(() => parse(sections), message));
}

test('none of them enters the schema id: the columns do not depend on them', () => {
  const id = (sections: object): string => createPlan(parse(sections)).schema.id;
  const other = {
    label: { method: 'horizon', after: 5 },
    split: { method: 'walkForward' },
    sequence: { length: 1 },
    selection: { inflation: 10 },
  };
  assert.equal(id(other), id({}));
});
