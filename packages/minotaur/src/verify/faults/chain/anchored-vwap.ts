import { fault, plantOperator } from '../fault.ts';

/** The volume-weighted mean since the session was started, whenever that was. */
export const anchoredVwap = fault({
  name: 'anchored-vwap',
  imitates: 'cumsum(price * volume) / cumsum(volume) over what was loaded',
  plant: plantOperator(
    {
      inputs: ['x', 'volume'],
      memory: () => ({ class: 'finite', rows: 1 }),
      slots: () => 2,
      run: ({ in: { 0: x, 1: volume }, out: { 0: out }, state }, from, to) => {
        for (let i = from; i < to; i++) {
          state[0] += x[i] * volume[i];
          state[1] += volume[i];
          out[i] = state[1] > 0 ? state[0] / state[1] : x[i];
        }
      },
    },
    'close, volume',
  ),
});
