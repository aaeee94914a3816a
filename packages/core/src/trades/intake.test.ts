import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createInstrument, type InstrumentInput } from './instrument.ts';
import { createIntake, DEFAULT_POLICY, INTAKE_SLOTS, intakeWords, type IntakePolicy, type Notice } from './intake.ts';
import { createTape } from './tape.ts';
import type { IdKind } from './venues/profile.ts';
import { createTradeBlock, setTrade, tradeAt, type Trade } from './trade.ts';

interface Seen {
  readonly accepted: number[][];
  readonly notices: Notice[];
  readonly counts: Record<string, number>;
  readonly state: Float64Array;
  readonly words: Uint32Array;
  readonly stopped: boolean;
}

/** Times here are small numbers. */
const EARLY = { times: { from: '1970-01-01' } };

/** Runs trades through an intake, `cut` at a time. A notice of many rows is told as one of each. */
function take(
  trades: readonly Trade[],
  policy: Partial<IntakePolicy> = {},
  cut = trades.length,
  input: InstrumentInput = {},
): Seen {
  const notices: Notice[] = [];
  const instrument = createInstrument('IT', { ...EARLY, ...input });
  const state = new Float64Array(INTAKE_SLOTS);
  const words = new Uint32Array(intakeWords(instrument));
  const accepted: number[][] = [];
  let start = 0;
  const intake = createIntake({
    policy: { ...DEFAULT_POLICY, ...policy },
    instrument,
    state,
    words,
    report: ({ row, last, ...told }) => {
      for (let i = row; i <= last; i++) {
        // What is expected and found is told of the first.
        const said = i === row ? {} : { expected: '', found: '' };
        notices.push({ ...told, ...said, row: i + start, last: i + start, count: 1 });
      }
    },
  });
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
  return { accepted, notices, counts: { ...intake.counts() }, state, words, stopped };
}

/** What is said depends on which row is told of; what was found where, and the state, do not. */
const withoutWords = ({ notices, ...seen }: Seen): unknown => ({
  ...seen,
  notices: notices.map(({ problem, row, handling }) => [problem, row, handling]),
});

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
      ['duplicate', 3, 'id 7 at 1970-01-01T00:00:00.000003Z, which is after all trades before'],
    ],
  );
});

test('a late trade from a missing range is disorder, not a duplicate', () => {
  const trades = [trade(1, 1), trade(2, 5), trade(1, 3), trade(3, 4), trade(4, 4)];
  const { notices, counts } = take(trades, { disorder: 'keep' });
  assert.deepEqual(
    notices.map((n) => n.problem),
    ['gap', 'disorder', 'disorder', 'duplicate'],
  );
  // One that was dropped is not among what was seen: if it comes again, it is late again.
  assert.deepEqual(
    take(trades, { disorder: 'drop' }).notices.map((n) => n.problem),
    ['gap', 'disorder', 'disorder', 'disorder'],
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

test('a word for the side that is not known is invalid, not a side that is unknown', () => {
  const odd = { time: 2, id: 2, price: 1, quantity: 1, buyerMaker: null };
  const trades = [{ time: 1, id: 1, price: 1, quantity: 1 }, odd, { time: 3, id: 3, price: 1, quantity: 1 }];
  const seen = take(trades);
  assert.deepEqual([seen.accepted.length, seen.counts['invalid']], [2, 1]);
  assert.match(seen.notices[0].expected, /a word for the side/);
  assert.ok(take(trades, { invalid: 'reject' }).stopped);
  const block = createTradeBlock(1);
  setTrade(block, 0, odd);
  assert.deepEqual(tradeAt(block, 0), odd);
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

test('a venue that counts anew has late trades, not duplicates; what came of them is remembered', () => {
  const trades = [trade(1, 100), trade(2, 101), trade(3, 1), trade(4, 2), trade(5, 1)];
  const { accepted, counts } = take(trades, { disorder: 'keep' });
  assert.equal(accepted.length, 4);
  assert.deepEqual([counts['duplicate'], counts['disorder']], [1, 2]);
  assert.ok(take(trades).stopped);
});

test('what is rejected leaves no trace in the state, and the next good trade is taken', () => {
  const good = [trade(1, 1), trade(2, 2), trade(3, 3)];
  const bad: [Trade, Partial<IntakePolicy>][] = [
    [trade(2, 2), { duplicates: 'reject' }],
    [trade(1, 9), {}],
    [trade(3, 9, -1), { invalid: 'reject' }],
    [trade(5e15, 3), {}],
    [trade(3, 9), { gaps: 'reject' }],
  ];
  for (const [wrong, policy] of bad) {
    const instrument = createInstrument('IT', EARLY);
    const state = new Float64Array(INTAKE_SLOTS);
    const words = new Uint32Array(intakeWords(instrument));
    const intake = createIntake({
      policy: { ...DEFAULT_POLICY, ...policy },
      instrument,
      state,
      words,
      report: () => undefined,
    });
    const read = (trades: Trade[]): number => {
      const block = createTradeBlock(trades.length);
      trades.forEach((one, i) => setTrade(block, i, one));
      return intake.read(block, 0, trades.length, createTape(trades.length));
    };
    assert.equal(read(good), 3);
    const before = [state.slice(), words.slice()];
    assert.equal(read([wrong]), 0);
    assert.deepEqual([state, words], before);
    assert.equal(read([trade(4, 4)]), 1);
    assert.equal(intake.counts().trades, 4);
  }
});

test('the same of many rows in a row is told once', () => {
  const told: Notice[] = [];
  const instrument = createInstrument('IT', EARLY);
  const state = new Float64Array(INTAKE_SLOTS);
  const words = new Uint32Array(intakeWords(instrument));
  const intake = createIntake({
    policy: DEFAULT_POLICY,
    instrument,
    state,
    words,
    report: (notice) => told.push(notice),
  });
  const block = createTradeBlock(2000);
  for (let i = 0; i < 2000; i++) setTrade(block, i, i === 999 ? trade(i, 1, -1) : trade(i, 10 * i));
  intake.read(block, 0, 2000, createTape(2000));
  assert.deepEqual(
    told.map(({ problem, row, last, count }) => [problem, row, last, count]),
    [
      ['gap', 1, 998, 998],
      ['invalid', 999, 999, 1],
      ['gap', 1000, 1999, 1000],
    ],
  );
});

const first = (input: InstrumentInput): (number | undefined)[] => {
  const [row] = take([trade(1, 1, 27_000, 300)], {}, 1, input).accepted;
  return [row[2], row[3]];
};

test('volume is base and turnover quote, by contract, in this order of operations', () => {
  assert.deepEqual(first({}), [300, 27_000 * 300]);
  assert.deepEqual(first({ contract: 'linear', size: 0.001 }), [300 * 0.001, 27_000 * (300 * 0.001)]);
  assert.deepEqual(first({ contract: 'inverse', size: 100 }), [30_000 / 27_000, 30_000]);
  assert.deepEqual(first({ contract: 'inverse', size: 100, amount: 'units' }), [300 / 27_000, 300]);
});

test('a negative price is one where the instrument says so; its logarithms are NaN, and what follows is not', () => {
  const prices = [10, -37.63, -37.63, -30, 10, 11];
  const trades = prices.map((price, i) => trade(i + 1, i + 1, price));
  assert.equal(take(trades).counts['invalid'], 3);
  const { accepted, counts } = take(trades, {}, 6, { prices: { min: -100 } });
  assert.deepEqual([accepted.length, counts['invalid']], [6, 0]);
  assert.deepEqual(
    accepted.map((row) => [row[5], Number.isNaN(row[6])]),
    [
      [0, false],
      [-1, true],
      [0, true],
      [1, true],
      [1, true],
      [1, false],
    ],
  );
  assert.equal(take(trades, {}, 6, { prices: { min: -37, max: 10.5 } }).counts['invalid'], 3);
});

test('times are floored to the unit of the instrument', () => {
  const times = take([trade(1999, 1), trade(1500, 2), trade(2000, 3)], {}, 3, { timeUnit: 'ms' }).accepted;
  assert.deepEqual(
    times.map(([time]) => time),
    [1000, 1000, 2000],
  );
});

test('where the official record lacks ids too, a missing one is no gap', () => {
  const { notices, counts } = take([trade(1, 1), trade(2, 5)], { gaps: 'reject' }, 2, { officialGaps: true });
  assert.deepEqual([notices.length, counts['gap'], counts['missing']], [0, 0, 3]);
});

test('dirt is handled the same however the trades are cut', () => {
  const dirty = fc.record({
    time: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant(NaN)),
    id: fc.oneof(
      fc.integer({ min: 1, max: 20 }),
      fc.constantFrom(NaN, 2 ** 53 - 1),
      fc.bigInt({ min: 2n ** 63n, max: 2n ** 63n + 9n }),
      fc.constantFrom('fill-a', 'fill-b', '4c7b6bdc-b4a3-5716-9c7b-bbe01dc7072f'),
    ),
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
      fc.constantFrom<IdKind>('dense', 'rising', 'unique', 'none'),
      (trades, duplicates, disorder, cut, ids) => {
        const policy = { duplicates, disorder, side: 'tickRule' } as const;
        const whole = take(trades, policy, trades.length, { ids });
        assert.deepEqual(withoutWords(take(trades, policy, cut, { ids })), withoutWords(whole));
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

test('a duplicate says whether its time is after all trades before, which that of one delivered again is not', () => {
  const trades = [trade(10, 1), trade(20, 2), trade(20, 2), trade(10, 1), trade(21, 1), trade(22, 2), trade(21, 3)];
  for (const cut of [1, 2, trades.length]) {
    for (const ids of ['dense', 'rising', 'unique'] as const) {
      const { notices, counts } = take(trades, {}, cut, { ids });
      const said = notices.map(({ row, problem, later = false }) => `${row} ${problem} ${later}`).join();
      assert.equal(said, '2 duplicate false,3 duplicate false,4 duplicate true,5 duplicate true');
      assert.deepEqual([counts['trades'], counts['duplicate']], [3, 4]);
    }
  }
});
