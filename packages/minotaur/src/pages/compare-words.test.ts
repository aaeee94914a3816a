/** What `compare` says of a column that is of times on one side and of numbers on the other. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memorySide } from '../compare/sides/side.ts';
import { compareSides } from '../compare/table/compare.ts';
import { differenceWords } from './compare-words.ts';

test('a time that stands against a number: the one in words of a time, the other as it is', async () => {
  const time = Float64Array.from({ length: 60 }, (_, i) => 1.7e15 + i * 60e6);
  for (const [number, words] of [
    [1e30, '1e\\+30'],
    [0.25, '0\\.25'],
  ] as const) {
    const updated = time.map((_, i) => number * (1 + i));
    const a = memorySide('a', { time, updated: time }, ['time', 'updated']);
    const b = memorySide('b', { time, updated }, ['time']);
    for (const [x, y, expected] of [
      [a, b, `(2023-11-14T22:13:20Z in A, ${words} in B)$`],
      [b, a, `(${words} in A, 2023-11-14T22:13:20Z in B)$`],
    ] as const) {
      const [column] = (await compareSides(x, y)).differing;
      assert.match(differenceWords(column), new RegExp(expected.replaceAll(/[()]/g, String.raw`\$&`)));
    }
  }
});
