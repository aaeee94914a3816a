import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProblems } from './problems.ts';

test('rows are counted, a few places kept', () => {
  const problems = createProblems();
  const notice = { problem: 'invalid', handling: 'drop', expected: 'a', found: 'b' } as const;
  for (let row = 0; row < 9; row += 3) problems.add({ ...notice, row, last: row + 1, count: 2 }, (i) => `line ${i}`);
  problems.add({ ...notice, row: 20, last: 20, count: 1 }, String);
  assert.deepEqual(problems.report(), {
    invalid: {
      rows: 7,
      expected: 'a',
      found: 'b',
      places: ['line 0 to line 1', 'line 3 to line 4', 'line 6 to line 7'],
    },
  });
});
