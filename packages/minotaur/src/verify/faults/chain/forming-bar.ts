import { fault, plantWrap } from '../fault.ts';
import { sliceTrades } from 'minotaur-core/internal/trades/trade';
import { changeRows } from '../../harness/wrap.ts';

/** Rows show the price of the interval that is still open as its close. */
export const formingBar = fault({
  name: 'forming-bar',
  imitates: 'the last kline of an exchange, which is not final',
  plant: plantWrap('both', (inner) => (sinks) => {
    let price = NaN;
    const engine = changeRows(({ count, width, values }, { columns }) => {
      const c = columns.indexOf('close_10s');
      for (let r = 0; r < count; r++) if (c >= 0) values[r * width + c] = price;
    })(inner)(sinks);
    return {
      ...engine,
      push(trades, facts) {
        if (!('length' in trades)) return engine.push(trades, facts);
        // Trade by trade on both sides, so that both show the same.
        for (let i = 0; i < trades.length; i++) {
          price = trades.price[i];
          engine.push(sliceTrades(trades, i, i + 1), facts);
        }
      },
    };
  }),
});
