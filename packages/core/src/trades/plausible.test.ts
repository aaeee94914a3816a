/** Rows that are looked at many at a time, against each by itself. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createInstrument } from './instrument.ts';
import { createPlausibility } from './plausible.ts';
import { LAST_TIME, WRITER_END } from './tape-writer.ts';
import { createTradeBlock } from './trade.ts';

const odd = <T>(usual: T, ...others: T[]) =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(usual) }, fc.constantFrom(...others));

test('sound up to the first row that is not, whatever is wrong with it', () => {
  const row = fc.record({
    step: odd(3, 0, -1, 0.5, 900, NaN, Infinity, -Infinity),
    price: odd(5, 0, -2, 101, NaN, Infinity),
    quantity: odd(1, 0, -1, NaN, Infinity),
    side: odd(1, -1, NaN, 0, 2, -1.5, Infinity),
    behind: odd(0, -20e6, 2 * 86_400e6),
  });
  const facts = fc.record({
    arrival: fc.constantFrom('none', 'one', 'each'),
    newest: fc.constantFrom(0, 1000, 1002),
    silence: fc.constantFrom(undefined, 500, Infinity),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), facts, (rows, { arrival, newest, silence }) => {
      const instrument = createInstrument('IT', { times: { from: '1970-01-01' }, prices: { min: 1, max: 100 } });
      const s = new Float64Array(WRITER_END);
      s[LAST_TIME] = newest;
      const block = createTradeBlock(rows.length);
      let time = 1001;
      rows.forEach(({ step, price, quantity, side }, i) => {
        time = Number.isInteger(time + step) ? time + step : time;
        block.time[i] = Number.isInteger(time + step) ? time : step;
        block.price[i] = price;
        block.quantity[i] = quantity;
        block.side[i] = side;
      });
      const received = Float64Array.from(rows, ({ behind }, i) => block.time[i] + behind);
      const plausible = createPlausibility(instrument, s);
      plausible.expect(arrival === 'none' ? undefined : arrival === 'one' ? received[0] : received, silence);
      let last: number = newest;
      const first = rows.findIndex((_, i) => {
        const t = block.time[i];
        const isSound =
          t >= last && plausible.wrongIn(block, i) === undefined && plausible.implausible(t, i, last) === undefined;
        last = t;
        return !isSound;
      });
      assert.equal(plausible.soundTo(block, 0, rows.length), first < 0 ? rows.length : first);
    }),
    { numRuns: 2000 },
  );
});
