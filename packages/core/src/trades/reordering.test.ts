import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createChain } from '../chain/engine.ts';
import { createPlan, type Plan } from '../chain/plan.ts';
import { parseConfig, type ConfigInput } from '../config/config.ts';
import type { Notice } from './intake.ts';
import { blockOf, createTradeBlock, setTrade, type Trade } from './trade.ts';
import { MOST_WAITING } from './waiting.ts';

const START = 1_700_000_000_000_000;
const SECOND = 1_000_000;
const WITHIN = 2 * SECOND;

const planOf = (
  trades: ConfigInput['trades'],
  instruments: ConfigInput['instruments'] = { X: { ids: 'unique' } },
): Plan =>
  createPlan(
    parseConfig({
      instruments,
      trades,
      clocks: {
        tick: { bars: 'tick', threshold: 3, anchor: 'day' },
        merged: { from: 'tick', count: 2 },
        time: { bars: 'time', every: '1s' },
        longer: { from: 'time', every: '5s' },
      },
      features: {
        tick: ['close as c', 'open_time as o'],
        merged: ['close as c'],
        time: ['close as c'],
        longer: ['close as c'],
      },
    }),
  );

interface Run {
  readonly rows: readonly (readonly number[])[];
  readonly notices: readonly Notice[];
  readonly state: string;
  readonly counts: ReturnType<ReturnType<typeof createChain>['counts']>;
}

/** Rows as time and values; the trades in blocks that end where `cuts` say, a new engine from a snapshot at each. */
function run(plan: Plan, trades: readonly Trade[], cuts: readonly number[] = [], until?: number): Run {
  const rows: number[][] = [];
  const notices: Notice[] = [];
  const create = () =>
    createChain(plan, {
      onRows: ({ count, width, time, values }) => {
        for (let i = 0; i < count; i++) rows.push([time[i], ...values.subarray(i * width, (i + 1) * width)]);
      },
      onNotice: (notice) => notices.push(notice),
    });
  let engine = create();
  let from = 0;
  for (const to of [...[...cuts].sort((a, b) => a - b), trades.length]) {
    engine.push(blockOf(trades.slice(from, to)), { maxSilence: Infinity });
    const next = create();
    next.restore(engine.snapshot());
    engine = next;
    from = to;
  }
  if (until !== undefined) engine.advance(until, { maxSilence: Infinity });
  return { rows, notices, state: Buffer.from(engine.snapshot()).toString('base64'), counts: engine.counts() };
}

const arrivals = fc.array(
  fc.record({ step: fc.integer({ min: 0, max: SECOND }), late: fc.integer({ min: 0, max: WITHIN }) }),
  {
    minLength: 1,
    maxLength: 60,
  },
);

/** Trades in order of time, and as they arrive: each by its own lateness, at most `WITHIN`. */
function market(steps: readonly { readonly step: number; readonly late: number }[]): {
  sorted: Trade[];
  arriving: Trade[];
} {
  let time = START;
  const sorted = steps.map(({ step }, i): Trade => ({
    time: (time += step),
    price: 100 + ((i * 7) % 5),
    quantity: 1 + (i % 3),
    id: `t${i}`,
  }));
  const arriving = sorted
    .map((trade, i) => ({ trade, at: trade.time + steps[i].late, i }))
    .sort((a, b) => a.at - b.at || a.i - b.i)
    .map(({ trade }) => trade);
  return { sorted, arriving };
}

test('late by at most within: the rows of the sorted trades, each within later; cut anywhere and continued, the same', () => {
  const plain = planOf({});
  const reordering = planOf({ reorder: { within: '2s' } });
  const size = plain.columns.length;
  fc.assert(
    fc.property(arrivals, fc.array(fc.nat(60), { maxLength: 4 }), (steps, cuts) => {
      const { sorted, arriving } = market(steps);
      // Trades of the same time stay as they came, so the sorted ones are brought into that order.
      const order = new Map(arriving.map((trade, i) => [trade, i]));
      const inOrder = sorted.toSorted((a, b) => a.time - b.time || (order.get(a) ?? 0) - (order.get(b) ?? 0));
      const end = START + 3600 * SECOND;
      const expected = run(plain, inOrder, [], end);
      const found = run(reordering, arriving, cuts, end);
      assert.deepEqual(found.notices, []);
      assert.deepEqual(
        found.rows,
        expected.rows.map((row) => [row[0] + WITHIN, ...row.slice(1, 1 + size)]),
      );
      assert.equal(
        found.state,
        run(
          reordering,
          arriving,
          arriving.map((_, i) => i),
          end,
        ).state,
      );
      assert.equal(found.counts.waiting, 0);
    }),
    { numRuns: 150 },
  );
});

test('a trade later than within is late: rejected, dropped, or kept at the earliest time that is open', () => {
  const trade = (seconds: number, id: string): Trade => ({
    time: START + seconds * SECOND,
    price: 100,
    quantity: 1,
    id,
  });
  const trades = [trade(0, 'a'), trade(10, 'b'), trade(7.999_999, 'late'), trade(8, 'just in time')];
  const reorder = { within: '2s' };
  assert.throws(
    () => run(planOf({ reorder }), trades),
    /trade 3 .disorder.: expected a trade not before .*:28.000000Z, found .*:27.999999Z/,
  );
  const dropped = run(planOf({ reorder, disorder: 'drop' }), trades);
  assert.deepEqual([dropped.counts.disorder, dropped.counts.dropped, dropped.counts.waiting], [1, 1, 2]);
  const kept = run(planOf({ reorder, disorder: 'keep' }), trades);
  assert.deepEqual([kept.counts.disorder, kept.counts.dropped, kept.counts.waiting], [1, 0, 3]);
});

test('a refused trade leaves no trace, and the next one is taken', () => {
  const engine = createChain(planOf({ reorder: { within: '2s' }, invalid: 'reject' }));
  const trade = (seconds: number, id: string): Trade => ({
    time: START + seconds * SECOND,
    price: 100,
    quantity: 1,
    id,
  });
  engine.push(trade(0, 'a'));
  const before = engine.snapshot();
  assert.throws(() => engine.push(trade(90_000, 'days ahead')), /less than 24 hours after the trade before/);
  assert.throws(() => engine.push({ ...trade(1, 'b'), price: -1 }), /price > 0/);
  assert.throws(() => engine.push(trade(-2.1, 'late')), /a trade not before/);
  assert.deepEqual(engine.snapshot(), before);
  engine.push(trade(1, 'b'));
  engine.push(trade(0.5, 'c'));
  assert.equal(engine.counts().waiting, 3);
});

test('duplicates are found among trades in order; ids that step back in time are none', () => {
  const reorder = { within: '2s' };
  const trade = (seconds: number, id: number): Trade => ({
    time: START + seconds * SECOND,
    price: 100,
    quantity: 1,
    id,
  });
  const instruments = { X: { ids: 'dense' } } as const;
  const trades = [trade(0, 1), trade(1, 3), trade(0.5, 2), trade(1, 3), trade(9, 5), trade(9.5, 4)];
  const { counts, notices } = run(planOf({ reorder }, instruments), trades, [], START + 100 * SECOND);
  assert.deepEqual([counts.trades, counts.duplicate, counts.disorder, counts.gap], [5, 1, 0, 1]);
  assert.deepEqual(
    notices.map(({ problem }) => problem),
    ['duplicate', 'gap'],
  );
});

test('what was seen is delivered again, later than within: a duplicate, not a late trade', () => {
  const trade = (seconds: number, id: number): Trade => ({
    time: START + seconds * SECOND,
    price: 100,
    quantity: 1,
    id,
  });
  const trades = Array.from({ length: 20 }, (_, i) => trade(i, i + 1));
  const plan = planOf({ reorder: { within: '2s' } }, { X: { ids: 'dense' } });
  const { counts } = run(plan, [...trades, ...trades.slice(5, 15), trade(20, 21)], [7], START + 100 * SECOND);
  assert.deepEqual([counts.trades, counts.duplicate, counts.disorder, counts.dropped], [21, 10, 0, 10]);
});

test('too many that wait: the oldest goes, and is counted; what is before it is late from then on', () => {
  const plan = planOf({ reorder: { within: '1hour' }, disorder: 'drop' }, { X: { ids: 'none' } });
  const engine = createChain(plan);
  const block = createTradeBlock(MOST_WAITING + 10);
  for (let i = 0; i < MOST_WAITING + 10; i++) setTrade(block, i, { time: START + i, price: 100, quantity: 1 });
  block.length = MOST_WAITING + 10;
  engine.push(block);
  assert.deepEqual([engine.counts().crowded, engine.counts().waiting], [10, MOST_WAITING]);
  engine.push({ time: START + 5, price: 100, quantity: 1 });
  assert.equal(engine.counts().disorder, 1);
  assert.equal(engine.counts().trades, 10);
});

test('a configuration that would reject what has waited is refused', () => {
  for (const trades of [{ duplicates: 'reject' }, { gaps: 'reject' }] as const)
    assert.throws(() => planOf({ ...trades, reorder: { within: '1s' } }), /reorder/);
});

test('500ms are no minutes', () => {
  assert.throws(() => planOf({ reorder: { within: '0ms' } }), /span/);
  const plan = planOf({ reorder: { within: '500ms' } });
  assert.match(plan.schema.lines.join('\n'), /reorder: within 500000 us/);
});
