/** Price and turnover over time, in a bounded number of stretches that double in length as the span grows. */
import { MICROS_PER_SECOND } from 'minotaur-core/internal/base/time';
import type { Taken } from './taken.ts';

/** A stretch with trades. */
export interface Stretch {
  /** When it begins, microseconds. */
  readonly from: number;
  /** Trades in it. */
  readonly trades: number;
  /** Quote units. */
  readonly turnover: number;
  /** Price of its last trade. */
  readonly close: number;
}

/** Stretches at most. */
const MOST = 256;

export function createTimeline() {
  const [trades, turnover, close] = [0, 1, 2].map(() => new Float64Array(MOST));
  let start = NaN;
  let width = MICROS_PER_SECOND;
  /** Two stretches become one. */
  const widen = (): void => {
    width *= 2;
    for (let i = 0; i < MOST; i++) {
      const [a, b] = [2 * i, 2 * i + 1];
      const isThere = b < MOST;
      const last = isThere && trades[b] > 0 ? b : a;
      close[i] = isThere ? close[last] : 0;
      turnover[i] = isThere ? turnover[a] + turnover[b] : 0;
      trades[i] = isThere ? trades[a] + trades[b] : 0;
    }
  };
  return {
    add({ tape }: Taken): void {
      for (let i = 0; i < tape.length; i++) {
        if (start !== start) start = tape.time[i];
        while (tape.time[i] - start >= MOST * width) widen();
        const at = Math.floor((tape.time[i] - start) / width);
        trades[at]++;
        turnover[at] += tape.dollars[i];
        close[at] = tape.price[i];
      }
    },
    report(): { readonly seconds: number; readonly stretches: readonly Stretch[] } {
      const stretches = Array.from({ length: MOST }, (_, i) => ({
        from: start + i * width,
        trades: trades[i],
        turnover: turnover[i],
        close: close[i],
      }));
      return { seconds: width / MICROS_PER_SECOND, stretches: stretches.filter((stretch) => stretch.trades > 0) };
    },
  };
}
