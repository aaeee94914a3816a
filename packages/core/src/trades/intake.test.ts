import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createIntake, DEFAULT_POLICY, INTAKE_SLOTS, type IntakePolicy, type Notice } from './intake.ts';
import { createTape } from './tape.ts';
import { createTradeBlock, setTrade, type Trade } from './trade.ts';

interface Seen {
  readonly accepted: number[][];
  readonly notices: Notice[];
  readonly counts: Record<string, number>;
  readonly state: Float64Array;
  readonly stopped: boolean;
}

/** Runs trades through an intake, `cut` at a time. */
function take(trades: readonly Trade[], policy: Partial<IntakePolicy> = {}, cut = trades.length): Seen {
  const notices: Notice[] = [];
  const state = new Float64Array(INTAKE_SLOTS);
  const accepted: number[][] = [];
  let start = 0;
  const intake = createIntake({ ...DEFAULT_POLICY, ...policy }, state, (n) =>
    notices.push({ ...n, row: n.row + start }),
  );
  const tape = createTape(Math.max(1, trades.length));
  let stopped = false;
  for (; start < trades.length && !stopped; start += cut) {
    const part = trades.slice(start, start + cut);
    const block = createTradeBlock(part.length);
    part.forEach((trade, i) => setTrade(block, i, trade));
    block.length = part.length;
    stopped = intake.read(block, 0, part.length, tape) < part.length;
    for (let i = 0; i < tape.length; i++) {
      accepted.push([
        tape.time[i],
        tape.price[i],
        tape.quantity[i],
        tape.dollars[i],
        tape.bought[i],
        tape.direction[i],
        tape.logReturn[i],
      ]);
    }
  }
  return { accepted, notices, counts: { ...intake.counts() }, state, stopped };
}

const trade = (time: number, id: number, price = 10, quantity = 1): Trade => ({ time, id, price, quantity });

test('a duplicate is dropped, counted and reported with what was known', () => {
  const { accepted, notices, counts } = take([trade(1, 7), trade(2, 8), trade(2, 8), trade(3, 7), trade(4, 9)]);
  assert.equal(accepted.length, 3);
  assert.equal(counts['duplicate'], 2);
  assert.equal(counts['dropped'], 2);
  assert.deepEqual(
    notices.map((n) => [n.problem, n.row, n.found]),
    [
      ['duplicate', 2, 'id 8'],
      ['duplicate', 3, 'id 7'],
    ],
  );
});

test('a late trade from a missing range is disorder, not a duplicate', () => {
  const trades = [trade(1, 1), trade(2, 5), trade(1, 3), trade(3, 4), trade(4, 4)];
  const { notices, counts } = take(trades, { disorder: 'drop' });
  assert.deepEqual(
    notices.map((n) => n.problem),
    ['gap', 'disorder', 'duplicate'],
  );
  assert.equal(counts['missing'], 3);
});

test('disorder is rejected by default; kept, it stands at the time it became known', () => {
  const trades = [trade(5, 1), trade(3, 2), trade(6, 3)];
  const rejected = take(trades);
  assert.ok(rejected.stopped);
  assert.equal(rejected.accepted.length, 1);
  assert.match(rejected.notices[0].expected, /not before 1970-01-01T00:00:00.000005Z/);
  const kept = take(trades, { disorder: 'keep' });
  assert.deepEqual(
    kept.accepted.map(([time]) => time),
    [5, 5, 6],
  );
});

test('what is not finite and positive never enters', () => {
  const bad = [
    trade(1, 1, NaN),
    trade(1, 2, -1),
    trade(1, 3, 0),
    trade(1, 4, 10, 0),
    trade(1, 5, Infinity),
    trade(NaN, 6),
    trade(1.5, 7),
  ];
  const { accepted, counts } = take([...bad, trade(2, 8)]);
  assert.equal(accepted.length, 1);
  assert.equal(counts['invalid'], bad.length);
  assert.ok(take(bad, { invalid: 'reject' }).stopped);
});

test('a gap can reject the run', () => {
  assert.ok(take([trade(1, 1), trade(2, 3)], { gaps: 'reject' }).stopped);
});

test('trades without ids are checked by time alone', () => {
  const trades = [1, 1, 2, 2].map((time) => ({ time, price: 1, quantity: 1 }));
  assert.equal(take(trades).accepted.length, 4);
});

test('the tick rule: up-tick bought, down-tick sold, no move as before, unknown until the first move', () => {
  const prices = [10, 10, 11, 11, 9, 9];
  const bought = take(
    prices.map((p, i) => trade(i + 1, i + 1, p)),
    { side: 'tickRule' },
  ).accepted.map((row) => row[4]);
  assert.deepEqual(bought, [NaN, NaN, 1, 1, 0, 0]);
});

test('a venue that counts anew does not turn its trades into duplicates', () => {
  const { accepted, counts } = take([trade(1, 100), trade(2, 101), trade(3, 1), trade(4, 2)]);
  assert.equal(accepted.length, 4);
  assert.equal(counts['duplicate'], 0);
});

test('dirt is handled the same however the trades are cut', () => {
  const dirty = fc.record({
    time: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant(NaN)),
    id: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant(NaN)),
    price: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constantFrom(NaN, -1, 0)),
    quantity: fc.constantFrom(1, 2, 0),
  });
  const handling = fc.constantFrom<'drop' | 'keep' | 'reject'>('drop', 'keep', 'reject');
  fc.assert(
    fc.property(
      fc.array(dirty, { maxLength: 40 }),
      handling,
      handling,
      fc.integer({ min: 1, max: 5 }),
      (trades, duplicates, disorder, cut) => {
        const policy = { duplicates, disorder, side: 'tickRule' } as const;
        const whole = take(trades, policy);
        assert.deepEqual(take(trades, policy, cut), whole);
        const times = whole.accepted.map(([time]) => time);
        assert.deepEqual(
          times,
          times.toSorted((a, b) => a - b),
          'the tape never steps back',
        );
      },
    ),
    { numRuns: 300, seed: 5 },
  );
});
