/** A session of two instruments, event by event, in which one feed is late for a while and rows are let go. */
import type { Engine, EngineSinks, Feed } from '../packages/core/src/chain/contract.ts';
import type { ConfigInput } from '../packages/core/src/config/config.ts';
import { createEngine } from '../packages/minotaur/src/node/engine.ts';

export const START = Date.UTC(2024, 2, 9, 12) * 1000;
export const SECOND = 1_000_000;
export const config: ConfigInput = {
  instruments: { a: {}, b: { latency: '250ms' } },
  clocks: {
    a: { of: 'a', bars: 'tick', threshold: 2 },
    b: { of: 'b', bars: 'tick', threshold: 3 },
    b5: { of: 'b', bars: 'time', every: '5s' },
  },
  ready: { tolerance: 0.5 },
  features: { a: ['close', 'ema(close, 3)'], b: ['close'], b5: ['volume'] },
};
export const make = (sinks: EngineSinks): Engine => createEngine(config, sinks);

/** What happens, one event at a time; it says its time by the feed's clock. */
type Step = (feed: Feed<unknown>) => void;

/** Trade `n` of an instrument, at second `n` of `a` and a half later of `b`. */
function trade(instrument: 'a' | 'b', n: number): Step {
  const time = START + n * SECOND + (instrument === 'a' ? 0 : SECOND / 2);
  // Some ids never came.
  const id = n + (n > 70 ? 3 : 0);
  const one = {
    time,
    id,
    price: 100 + (n % 7) + (instrument === 'a' ? 0 : 1),
    quantity: 1 + (n % 3),
    buyerMaker: n % 2 === 0,
  };
  return (feed) => void feed.push(one, { instrument, arrival: time + 900, origin: `stream of ${instrument}` });
}

const COUNT = 120;
/** Seconds in which nothing comes of `b`, which comes after all. */
export const LATE = [40, 55] as const;
export const steps: Step[] = [];
for (let n = 0; n < COUNT; n++) {
  const isLate = n >= LATE[0] && n < LATE[1];
  steps.push(trade('a', n));
  if (isLate && n > LATE[0] + 4) steps.push((feed) => void feed.release(START + (n - 4) * SECOND));
  if (!isLate) steps.push(trade('b', n));
  if (n === LATE[1] - 1) for (let late = LATE[0]; late < LATE[1]; late++) steps.push(trade('b', late));
  if (n === 90) {
    const hole = { from: START + n * SECOND, to: START + n * SECOND + SECOND / 2 };
    steps.push((feed) => void feed.hole(hole, { instrument: 'b' }));
  }
  if (n === 100) steps.push((feed) => void feed.advance(START + n * SECOND + SECOND / 2, { instrument: 'b' }));
}

/** Does steps [from, to). */
export function drive(feed: Feed<unknown>, from = 0, to = steps.length): void {
  for (const step of steps.slice(from, to)) step(feed);
}
