import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { calledLate, equityOf, takeTrades, tradingFigures, type TradedRows } from './trading.ts';

const H = 3_600_000_000;
const rowsOf = (list: readonly (readonly number[])[]): TradedRows => {
  const column = (k: number): Float64Array => Float64Array.from(list, (row) => row[k]);
  return {
    time: column(0).map((t) => t * H),
    entryTime: column(1).map((t) => t * H),
    labelTime: column(2).map((t) => t * H),
    gain: column(3),
    entryPrice: column(4),
    instrument: Uint16Array.from(list, (row) => row[5]),
    next: Int32Array.from(list, (row, i) => list.findIndex((other, k) => k > i && other[5] === row[5])),
  };
};
/** Hours: of the row, of its entry, of its label; gain, entry price, instrument. */
const rows = rowsOf([
  [0, 1, 4, 0.02, 100, 0],
  [1, 2, 3, 0.5, 101, 0],
  [2, 3, 5, -0.01, 10, 1],
  [3, 4, 6, 0.5, 102, 0],
  [4, 5, 9, -0.03, 103, 0],
  [5, 6, 7, 0.04, 11, 1],
  [10, 11, 24, 0.01, 110, 0],
]);
const all = new Uint8Array(7).fill(1);
const near = (found: number, expected: number): void =>
  assert.ok(Math.abs(found - expected) < 1e-12, `${expected}: ${found}`);

test('one position at a time and instrument; the next may open when the last label is known', () => {
  assert.deepEqual(Array.from(takeTrades(rows, all)), [0, 2, 4, 5, 6]);
  assert.deepEqual(Array.from(takeTrades(rows, Uint8Array.of(0, 1, 0, 1, 1, 0, 0))), [1, 3]);
});

test('figures of trades, by hand', () => {
  const taken = takeTrades(rows, all);
  const found = tradingFigures(rows, { taken, signals: 7, costs: 0.01, grossInterval: [0, 1] });
  assert.deepEqual([found.signals, found.trades, found.grossInterval], [7, 5, [0, 1]]);
  near(found.gross, 0.03 / 5);
  near(found.net, 0.03 / 5 - 0.01);
  near(found.hitRate, 2 / 5);
  near(found.perDay, 5);
  near(found.inMarket, (3 + 2 + 4 + 1 + 13) / 24 / 2);
  near(found.total, 0.03 - 0.05);
  // After costs, by exit: 0.01, -0.01, 0.02, -0.02, -0.02.
  near(found.drawdown, 0.04);
  near(found.hold, 110 / 100 - 1 + (11 / 10 - 1) - 0.02);
});

test('who acts a row late enters as the next row of the instrument, and misses a call that has none', () => {
  assert.deepEqual(Array.from(rows.next), [1, 3, 5, 4, 6, -1, -1]);
  const called = Uint8Array.of(1, 0, 1, 0, 1, 1, 1);
  assert.deepEqual(Array.from(calledLate(rows, called)), [0, 1, 0, 0, 0, 1, 1]);
  assert.deepEqual(Array.from(takeTrades(rows, calledLate(rows, called))), [1, 5, 6]);
});

test('without a trade there is nothing to average, and the curve stays at zero', () => {
  const found = tradingFigures(rows, { taken: new Int32Array(0), signals: 0, costs: 0, grossInterval: [NaN, NaN] });
  assert.deepEqual([found.gross, found.hitRate, found.total, found.drawdown, found.perDay], [NaN, NaN, 0, 0, 0]);
  assert.deepEqual(equityOf(rows, new Int32Array(0), 0), [{ time: 0, value: 0 }]);
});

test('positions of an instrument never overlap, and no more could have been taken in order of time', () => {
  const row = fc.tuple(fc.nat(20), fc.nat(5), fc.nat(1), fc.boolean());
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), (list) => {
      const sorted = list.toSorted((a, b) => a[0] - b[0]);
      const made = rowsOf(sorted.map(([t, life, k]) => [t, t, t + life, 0, 1, k]));
      const called = Uint8Array.from(sorted, ([, , , yes]) => Number(yes));
      const taken = new Set(takeTrades(made, called));
      for (let i = 0; i < sorted.length; i++) {
        const open = [...taken].some(
          (j) => j < i && made.instrument[j] === made.instrument[i] && made.labelTime[j] > made.time[i],
        );
        assert.equal(taken.has(i), called[i] === 1 && !open, `row ${i}`);
      }
    }),
  );
});
