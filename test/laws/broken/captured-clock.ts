import { operator } from '../../../packages/core/src/features/contract/operator.ts';

const { now } = Date;

/** Asks a clock that its module took while it loaded, in whole hours, so that tests agree. */
export const capturedClock = operator({
  name: 'captured_clock',
  family: 'broken',
  version: 1,
  summary: 'Asks a clock that its module took while it loaded, in whole hours, so that tests agree',
  formula: 'none',
  source: 'none',
  inputs: ['x'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'finite', rows: 1 }),
  nan: 'window',
  history: () => 0,
  slots: () => 0,
  run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
    const hour = Math.floor(now() / 3_600_000);
    for (let i = from; i < to; i++) out[i] = x[i] + hour;
  },
});
