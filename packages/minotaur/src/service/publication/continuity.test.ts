import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createContinuity, type Continuity, type Span } from './continuity.ts';

function told(...events: readonly (readonly [time: number, event: string, data: object])[]): Continuity {
  const continuity = createContinuity();
  for (const [number, [time, event, data]] of events.entries())
    continuity.hear({ kind: 'event', number, time, event, data: { instrument: 'X', ...data } });
  return continuity;
}

const short = ({ kind, from, to, ids, trades }: Span): unknown => [kind, from, to, ids, trades];
const spansOf = (continuity: Continuity): unknown[] => continuity.since(0).map(short);

test('a lost connection lasts until the next, and one that was replaced is none', () => {
  const continuity = told(
    [10, 'lost', { cause: 'closed', detail: 'code 1006' }],
    [11, 'lost', { cause: 'unreachable', detail: '' }],
    [20, 'subscribed', {}],
    [30, 'lost', { cause: 'rotated', detail: '' }],
  );
  assert.deepEqual(spansOf(continuity), [['down', 10, 20, null, null]]);
  assert.equal(continuity.since(0)[0].why, 'closed, code 1006');
});

test('trades that are waited for are repaired, or turn out to be a hole', () => {
  const continuity = told(
    [10, 'waiting', { first: 5, next: 8 }],
    [12, 'repaired', { first: 5, last: 9, trades: 5 }],
    [15, 'waiting', { first: 10, next: 11 }],
    [16, 'came', { first: 10, last: 11 }],
    [20, 'waiting', { first: 30, next: 32 }],
    [80, 'hole', { hole: { kind: 'open', from: 19, to: 21, ids: [30, 31], why: 'nobody gave them' } }],
    [90, 'hole', { hole: { kind: 'official', from: 88, to: 89, why: 'none there' } }],
    [95, 'hole', { from: 1, to: 2, missing: 3 }],
  );
  assert.deepEqual(spansOf(continuity), [
    ['repaired', 10, 12, ['5', '9'], 5],
    ['repaired', 15, 16, ['10', '10'], 1],
    ['open', 19, 80, ['30', '31'], 2],
    ['official', 88, 89, null, null],
  ]);
});

test('each change is told once to who asks from where he was, and what is over to who keeps it', () => {
  const continuity = told([10, 'lost', { cause: 'silent', detail: '' }]);
  const over: unknown[] = [];
  continuity.onOver = (span) => over.push(short(span));
  const { version } = continuity;
  assert.deepEqual(spansOf(continuity), [['down', 10, null, null, null]]);
  assert.deepEqual(continuity.since(version), []);
  continuity.hear({ kind: 'event', number: 9, time: 15, event: 'subscribed', data: { instrument: 'X' } });
  assert.deepEqual(continuity.since(version).map(short), [['down', 10, 15, null, null]]);
  assert.deepEqual(over, [['down', 10, 15, null, null]]);
});

test('a day is kept, and not more than there is room for', () => {
  const continuity = createContinuity();
  const day = 86_400_000_000;
  const add = (from: number): void =>
    continuity.add({ kind: 'down', instrument: 'X', from, to: from + 1, ids: null, trades: null, why: '' });
  add(0);
  add(2 * day);
  assert.deepEqual(
    continuity.since(0).map(({ from }) => from),
    [2 * day],
  );
  for (let i = 0; i < 6000; i++) add(2 * day + i);
  assert.equal(continuity.since(0).length, 5000);
});
