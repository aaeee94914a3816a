/** Each kind of ids against a naive memory of all that came. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { setId } from '../id.ts';
import type { IdKind } from '../venues/profile.ts';
import type { Identity } from './identity.ts';
import { ID_KINDS } from './kinds.ts';
import { RANGES } from './ranges.ts';
import { REMEMBERED } from './rising.ts';

const create = (kind: IdKind, state = new Uint32Array(ID_KINDS[kind].words)): Identity & { state: Uint32Array } => ({
  ...ID_KINDS[kind].create(state),
  state,
});

const idsOf = (ids: readonly (number | bigint | string | undefined)[]): Uint32Array => {
  const words = new Uint32Array(4 * ids.length);
  ids.forEach((id, i) => setId(words, i, id));
  return words;
};

/** Takes every id, one at a time, and says what was known of it. */
function verdicts(identity: Identity, ids: readonly (number | bigint | string | undefined)[]): string[] {
  const words = idsOf(ids);
  return ids.map((_, i) => {
    if (identity.run(words, i, i + 1) === i + 1) return 'new';
    const verdict = identity.know(words, i);
    if (verdict !== 'unfit') identity.learn(words, i);
    return verdict;
  });
}

test('dense: seen is duplicate, behind and not seen is late, however many gaps there are', () => {
  const base = 2_290_000_000_050_703_789n;
  const identity = create('dense');
  const gapped = Array.from({ length: 60 }, (_, i) => base + 10n * BigInt(i));
  assert.deepEqual(new Set(verdicts(identity, gapped)), new Set(['ahead']));
  assert.deepEqual(verdicts(identity, [base + 20n, base + 21n, base + 21n, base + 591n, base + 595n]), [
    'duplicate',
    'late',
    'duplicate',
    'new',
    'ahead',
  ]);
});

test('dense: more ranges than are remembered lose the oldest, and what is below is told as forgotten', () => {
  const identity = create('dense');
  verdicts(
    identity,
    Array.from({ length: RANGES + 5 }, (_, i) => 100 + 10 * i),
  );
  assert.deepEqual(verdicts(identity, [100, 155, 160, 150]), ['forgotten', 'late', 'duplicate', 'forgotten']);
});

test('dense ids across 2^32 and the end of ranges that meet', () => {
  const identity = create('dense');
  const top = 2 ** 32 - 2;
  assert.deepEqual(verdicts(identity, [top, top + 1, top + 2, top + 3, top + 6, top + 5, top + 4, top + 4]), [
    'ahead',
    'new',
    'ahead',
    'new',
    'ahead',
    'late',
    'late',
    'duplicate',
  ]);
  assert.equal(identity.state[0], 1, 'one range');
});

test('nothing is called a duplicate whose id was not seen, and what was seen and is remembered always is', () => {
  const id = fc.oneof(
    fc.integer({ min: 0, max: 200 }),
    fc.integer({ min: 2 ** 32 - 20, max: 2 ** 32 + 20 }),
    fc.bigInt({ min: 2n ** 63n, max: 2n ** 63n + 30n }),
  );
  const text = fc.oneof(id, fc.uuid(), fc.string({ minLength: 1, maxLength: 3 }), fc.constant(undefined));
  for (const kind of ['dense', 'rising', 'unique'] as const) {
    fc.assert(
      fc.property(fc.array(kind === 'unique' ? text : id, { maxLength: 60 }), fc.nat(), (ids, cut) => {
        const seen = new Set<string>();
        let identity = create(kind);
        ids.forEach((one, i) => {
          // At any id the memory may be taken up by another process.
          if (i === cut % ids.length) {
            identity = create(kind, identity.state.slice());
            identity.restored();
          }
          const [verdict] = verdicts(identity, [one]);
          const key = idsOf([one]).join();
          if (one !== undefined)
            assert.equal(verdict === 'duplicate', seen.has(key), `${kind} ${String(one)}: ${verdict}`);
          if (one !== undefined) seen.add(key);
        });
      }),
      { numRuns: 200, seed: 11 },
    );
  }
});

test('runs of ids are taken as they would be one by one', () => {
  const id = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constant(undefined));
  for (const kind of ['dense', 'rising', 'unique', 'none'] as const) {
    fc.assert(
      fc.property(fc.array(id, { maxLength: 40 }), (ids) => {
        const words = idsOf(ids);
        const [whole, single] = [create(kind), create(kind)];
        for (let i = 0; i < ids.length;) {
          i = whole.run(words, i, ids.length);
          if (i < ids.length) whole.learn(words, i++);
        }
        verdicts(single, ids);
        assert.deepEqual(whole.state, single.state, kind);
      }),
      { numRuns: 200, seed: 12 },
    );
  }
});

test('the newest 8,192 are remembered: of rising ids in order, of unique ones as they came', () => {
  const rising = create('rising');
  const ids = Array.from({ length: REMEMBERED + 100 }, (_, i) => 1000 + 3 * i);
  assert.deepEqual(new Set(verdicts(rising, ids)), new Set(['new']));
  assert.deepEqual(verdicts(rising, [1000, 1000 + 300, 1000 + 301, 1000 + 301, 1000 + 303]), [
    'forgotten',
    'duplicate',
    'late',
    'duplicate',
    'duplicate',
  ]);
  const unique = create('unique');
  const hashes = Array.from({ length: 3 * REMEMBERED + 7 }, (_, i) => `hash ${i}`);
  assert.deepEqual(new Set(verdicts(unique, hashes)), new Set(['new']));
  const newest = hashes.slice(-REMEMBERED);
  assert.deepEqual(new Set(verdicts(unique, newest)), new Set(['duplicate']));
  assert.deepEqual(verdicts(unique, [hashes[0], newest[0]]), ['new', 'new'], 'the oldest makes room for the newest');
});

test('hashes that are close or collide are told apart', () => {
  const unique = create('unique');
  const ids = Array.from({ length: 20_000 }, (_, i) => BigInt(i) << 32n);
  assert.deepEqual(new Set(verdicts(unique, ids)), new Set(['new']));
  assert.deepEqual(new Set(verdicts(unique, ids.slice(-5000))), new Set(['duplicate']));
});
