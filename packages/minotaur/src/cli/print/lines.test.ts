/** Names and their words in a terminal. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entry } from './lines.ts';

test('a blank stands between a name and its words, and no line is wider than a terminal', () => {
  assert.deepEqual(entry('A', 'x.csv'), ['A         x.csv']);
  assert.deepEqual(entry('missing rows', 'B lacks rows'), ['missing rows B lacks rows']);
  assert.deepEqual(entry('other kind', 'ten letters'), ['other kind ten letters']);
  const lines = entry('a name that is quite long', Array.from({ length: 40 }, () => 'word').join(' '));
  assert.ok(lines.length > 1 && lines.every((line) => line.length <= 100));
  assert.match(lines[1], /^ {10}word/);
});
