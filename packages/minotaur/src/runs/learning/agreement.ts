/** Whether trades are those that rows were made of: labels of other trades would look like labels all the same. */
import { fail } from 'minotaur-core/internal/base/errors';
import { formatTime, parseSpan } from 'minotaur-core/internal/base/time';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { TradePrices } from 'minotaur-core/internal/labels/labels-first-touch';
import type { PlannedRows } from '../../store/rows.ts';

export interface Agreement {
  /** The next trades, in order. @throws at a row that they do not agree with */
  add(trades: TradePrices): void;
  /** Nothing comes after them. */
  finish(): void;
}

/** Where the trade with a row's close stands. */
type Rule = 'own time' | 'before' | 'either';

/** What the clock that drives closes its bars with; undefined where a row's close need not be a trade's. */
function ruleOf({ config: { clocks }, clocks: all, drive }: Plan): Rule | undefined {
  let clock = clocks[all[drive].name];
  const spans = ('every' in clock && clock.every !== undefined) || ('session' in clock && clock.session !== undefined);
  while ('from' in clock) clock = clocks[clock.from];
  if (!('bars' in clock) || clock.bars === 'given') return undefined;
  if (clock.bars === 'time') return 'before';
  if (spans) return undefined;
  // At a boundary a bar is closed by the first trade behind it, or none.
  return 'anchor' in clock && clock.anchor !== 'none' ? 'either' : 'own time';
}

/**
 * Among the trades of a row's own microsecond one has the row's close; where a time bar emits the row, the last trade before it.
 * Rows before the first trade are for others to refuse.
 */
export function createAgreement({ plan, file }: PlannedRows, known: Float64Array, close: Float64Array): Agreement {
  const rule = ruleOf(plan);
  // A row stands at the time at which its bar was known, which is later where trades wait to be put in order.
  const { reorder } = plan.config.trades;
  const time = reorder === undefined ? known : known.map((t) => t - parseSpan(reorder.within));
  let row = rule === undefined ? time.length : 0;
  /** Price of the newest trade, when it was, and that of the last one before that time. */
  let [price, at, before] = [NaN, -Infinity, NaN];
  /** Whether a trade at the row's own time has its close; rows of one time are settled together. */
  const met = new Uint8Array(time.length);
  const settle = (): void => {
    const expected = close[row];
    const earlier = at === time[row] ? before : price;
    const agrees = (rule !== 'before' && met[row] === 1) || (rule !== 'own time' && earlier === expected);
    if (expected === expected && price === price && !agrees) {
      const what = rule === 'before' ? 'the last trade before it' : 'a trade of its own time';
      fail(
        'input',
        `${file} row ${row + 1}, ${formatTime(time[row])}`,
        `${what} with its close ${expected}: the trades that the rows were made of`,
        Number.isNaN(earlier) ? 'none' : `other trades, the last before it at ${earlier}`,
      );
    }
    row++;
  };
  return {
    add(trades) {
      for (let i = 0; i < trades.length; i++) {
        const t = trades.time[i];
        while (row < time.length && time[row] < t) settle();
        if (t !== at) {
          before = price;
          at = t;
        }
        price = trades.price[i];
        for (let k = row; k < time.length && time[k] === t; k++) if (close[k] === price) met[k] = 1;
      }
    },
    finish() {
      while (row < time.length && time[row] <= at) settle();
    },
  };
}
