/** Series: rows hold the newest value that had become known a latency before, and never wait for one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { SeriesRow } from '../../packages/core/src/bars/series.ts';
import { mulberry32 } from '../../packages/core/src/base/random.ts';
import type { Engine } from '../../packages/core/src/chain/contract.ts';
import type { ConfigInput } from '../../packages/core/src/config/config.ts';
import { createEngine, restoreEngine } from '../../packages/core/src/config/engine.ts';
import type { RowBlock } from '../../packages/core/src/rows/align.ts';
import { assertSameRows, blockOf, START, tradesArbitrary } from '../trades.ts';

const SECOND = 1_000_000;
const config: ConfigInput = {
  clocks: {
    short: { bars: 'tick', threshold: 3 },
    funding: { series: ['rate', 'mark'], latency: '2s', suffix: '_fund' },
    quote: { series: ['bid'], delay: '1s', maxAge: '30s' },
  },
  features: { short: ['close'], funding: ['rate', 'mark', 'diff(rate, 1) as change'], quote: ['bid', 'sma(bid, 2)'] },
};

function start(settings: ConfigInput, bytes?: Uint8Array, rows: number[][] = []) {
  const onRows = ({ count, width, time, values, ready, complete }: RowBlock): void => {
    for (let r = 0; r < count; r++)
      rows.push([time[r], ...values.subarray(r * width, (r + 1) * width), ready[r], complete[r]]);
  };
  return { engine: bytes ? restoreEngine(settings, bytes, { onRows }) : createEngine(settings, { onRows }), rows };
}

const pushFunding = (engine: Engine, available: number, rate: number): void =>
  engine.pushSeries('funding', { time: available - SECOND, available_at: available, rate, mark: 2 * rate });

test('a row holds the newest value that was known a latency before; too old it is NaN; cuts and restores mean nothing', () => {
  fc.assert(
    fc.property(tradesArbitrary(200), fc.integer(), (trades, seed) => {
      const random = mulberry32(seed);
      const end = trades[trades.length - 1].time;
      const moments = (every: number): number[] => {
        const times: number[] = [];
        for (let t = START - 60 * SECOND; t < end && times.length < 300; t += Math.ceil(random() * 2 * every))
          times.push(t);
        return times;
      };
      const funding = moments(20 * SECOND).map((at, i) => ({ at, value: i + 0.5 }));
      const quotes = moments(9 * SECOND).map((at, i) => ({ at, value: 100 + i }));
      const play = (asBlocks: boolean, restores: boolean): number[][] => {
        const { rows, ...begun } = start(config);
        let { engine } = begun;
        let [f, q] = [0, 0];
        for (let i = 0; i < trades.length;) {
          // All that a row of these trades may hold is there before them.
          const most = asBlocks ? trades.length : i + 1;
          let to = i + 1;
          const isDue = (time: number): boolean =>
            (f < funding.length && funding[f].at <= time) || (q < quotes.length && quotes[q].at + SECOND <= time);
          while (to < most && !isDue(trades[to].time)) to++;
          for (; f < funding.length && funding[f].at <= trades[i].time; f++)
            pushFunding(engine, funding[f].at, funding[f].value);
          for (; q < quotes.length && quotes[q].at + SECOND <= trades[i].time; q++)
            engine.pushSeries('quote', { time: quotes[q].at, bid: quotes[q].value });
          engine.push(blockOf(trades.slice(i, to)));
          i = to;
          if (restores && random() < 0.2) ({ engine } = start(config, engine.snapshot(), rows));
        }
        return rows;
      };
      const rows = play(true, false);
      assertSameRows(play(false, true), rows);
      for (const [time, , , rate, mark, , fundingAge, bid, , bidAge] of rows) {
        const seen = funding.findLast(({ at }) => at + 2 * SECOND <= time);
        const quoted = quotes.findLast(({ at }) => at + SECOND <= time);
        const quoteAge = quoted === undefined ? NaN : (time - quoted.at - SECOND) / SECOND;
        assert.deepEqual(
          [rate, mark, fundingAge, bid, bidAge],
          [
            ...(seen === undefined ? [NaN, NaN, NaN] : [seen.value, 2 * seen.value, (time - seen.at) / SECOND]),
            ...(quoted === undefined ? [NaN, NaN] : [quoteAge > 30 ? NaN : quoted.value, quoteAge]),
          ],
        );
      }
    }),
    { numRuns: 60, seed: 7 },
  );
});

test('what is no row of a series is refused by name, and leaves no trace', () => {
  const { engine } = start(config);
  pushFunding(engine, START, 1);
  const before = engine.snapshot();
  const refuse = (name: string, row: unknown, message: RegExp): void =>
    assert.throws(() => engine.pushSeries(name, row as SeriesRow), message);
  refuse('fund', { time: START }, /pushSeries: expected a series \(funding, quote\), found 'fund'/);
  refuse(
    'funding',
    { time: START, rate: 1 },
    /row of 'funding': expected available_at, because clocks.funding has no delay/,
  );
  refuse(
    'funding',
    { time: START, available_at: START, rat: 1 },
    /expected a value of 'funding' \(rate, mark\), found 'rat'/,
  );
  refuse('funding', { time: START, available_at: START, rate: '1' }, /rate as a number/);
  refuse('funding', { time: START, available_at: START, rate: Infinity }, /rate as a number/);
  refuse('funding', { time: START, available_at: START - 1, rate: 1 }, /or later, as the row before/);
  refuse('funding', { time: 0.5, available_at: START, rate: 1 }, /time in integer microseconds/);
  refuse('funding', { time: START, available_at: 5, rate: 1 }, /times from 2000-01-01/);
  refuse('funding', null, /a row \{ time, rate, mark \}/);
  assert.deepEqual(engine.snapshot(), before);
});

test('a value that comes late counts from the moment it came; one of an earlier time is kept, or dropped and counted', () => {
  for (const older of ['keep', 'drop'] as const) {
    const { engine, rows } = start({
      clocks: { short: { bars: 'tick', threshold: 1 }, s: { series: ['v'], older } },
      features: { short: ['close'], s: ['v'] },
    });
    const push = (time: number, available: number, v: number): void =>
      engine.pushSeries('s', { time: START + time, available_at: START + available, v });
    const trade = (time: number, id: number): void =>
      engine.push({ time: START + time, id, price: 1, quantity: 1, buyerMaker: true });
    push(0, 10, 1);
    trade(20, 1);
    trade(30, 2);
    push(5, 25, 2);
    trade(40, 3);
    push(4, 45, 3);
    trade(50, 4);
    assert.deepEqual(
      rows.map((row) => row[3]),
      [1, 1, 2, older === 'keep' ? 3 : 2],
    );
    assert.deepEqual(engine.counts().older, { s: older === 'keep' ? 0 : 1 });
  }
});

test('series that do not fit are refused, and all of one is part of the schema', () => {
  const of = (series: object, more: object = {}) =>
    createEngine({ clocks: { short: { bars: 'tick', threshold: 1 }, s: series as never, ...more }, features: {} });
  assert.throws(() => of({ series: ['close'] }), /clocks.s.series: expected names of their own.*'close'/);
  assert.throws(() => of({ series: ['a', 'a'] }), /'a'/);
  assert.throws(() => of({ series: [] }), /clocks.s/);
  assert.throws(
    () => of({ series: ['a'] }, { m: { from: 's', count: 2 } }),
    /clocks.m.from: expected a clock of bars, found 's', a series/,
  );
  assert.throws(
    () => createEngine({ drive: 's', clocks: { short: { bars: 'tick', threshold: 1 }, s: { series: ['a'] } } }),
    /drive: expected a clock of bars/,
  );
  const ids = [
    { series: ['a'] },
    { series: ['a', 'b'] },
    { series: ['a'], latency: '1s' },
    { series: ['a'], delay: '0' },
    { series: ['a'], maxAge: '1s' },
    { series: ['a'], older: 'drop' },
  ].map((series) => of(series).schema.id);
  assert.equal(new Set(ids).size, ids.length);
  // Of the columns of a bar a series has none.
  assert.throws(
    () =>
      createEngine({
        clocks: { short: { bars: 'tick', threshold: 1 }, s: { series: ['a'] } },
        features: { s: ['close'] },
      }),
    /expected a bar column, found 'close'/,
  );
});
