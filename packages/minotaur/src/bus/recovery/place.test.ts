import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCut, placeOf, requireUncut, type FoundSnapshot } from './place.ts';

function found(chain: string, at: number, of: Partial<FoundSnapshot>): FoundSnapshot {
  const bytes = { digest: new Uint8Array(32), engine: new Uint8Array(8), predictor: new Uint8Array(0) };
  const place = { events: 0, offset: 0, covered: 0, floor: 0 };
  return { chain, at, schemaId: '', engineVersion: '', epoch: 0, first: 0, ...place, ...bytes, ...of };
}

test('the snapshot that is furthest counts, whatever a late owner wrote behind it', () => {
  const snapshots = [
    found('A', 1, { events: 50, offset: 40, covered: 30 }),
    found('A', 2, { events: 20, offset: 10, covered: 5 }),
    found('B', 3, { events: 9, offset: 45, covered: 35 }),
  ];
  const { chains, from } = placeOf(snapshots, 4);
  assert.equal(chains.get('A')?.events, 50);
  // Behind 35 there may be events of chains that have no snapshot.
  assert.equal(from, 35);
  const again = placeOf([...snapshots, found('A', 5, { epoch: 1, events: 1, offset: 60, covered: 44 })], 6);
  assert.equal(again.chains.get('A')?.epoch, 1);
  assert.equal(again.from, 44);
  assert.equal(placeOf([], 0).from, 0);
});

test('a log that was cut is gone on with where all that is gone is in snapshots, and refused otherwise, by name', () => {
  const place = placeOf([found('A', 1, { offset: 20, covered: 60 }), found('B', 2, { offset: 80, covered: 60 })], 3);
  assert.equal(place.from, 20);
  assert.equal(requireUncut(place, 10, 'events-0'), 20);
  assert.equal(requireUncut(place, 60, 'events-0'), 60);
  assert.deepEqual(
    [10, 60, 61].map((first) => isCut(place, first)),
    [false, false, true],
  );
  assert.throws(
    () => requireUncut(place, 61, 'events-0'),
    /events-0: expected events from offset 20 on \(A\): they can only be written anew.*, found the first is 61/,
  );
  assert.throws(() => requireUncut(placeOf([], 0), 7, 'events-0'), /from offset 0 on/);
});
