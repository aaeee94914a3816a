/** Every profile is named as its file is and says where it comes from. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { venues } from './venues.gen.ts';
import type { VenueProfile } from './profile.ts';

test('a profile has a name that a configuration can write, and a source', () => {
  const all: readonly VenueProfile[] = Object.values(venues);
  assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
  for (const { name, source, defaults } of all) {
    assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    assert.match(source, /^https:\/\//, name);
    const { buy = [], sell = [] } = defaults.sides ?? {};
    const words = [...buy, ...sell].map((word) => word.toLowerCase());
    assert.equal(new Set(words).size, words.length, `${name}: a word stands for both sides`);
  }
});
