import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hoursInWords } from './open-hours.ts';

test('hours in words: days that are alike together', () => {
  const weekend = Array.from({ length: 48 }, (_, i) => 120 + i);
  assert.equal(hoursInWords(weekend), 'Sat to Sun');
  assert.equal(hoursInWords([0, 1, 23, 24, 25, 47, 50]), 'Mon to Tue 00-02, 23-24; Wed 02-03');
  assert.equal(hoursInWords([]), '');
});
