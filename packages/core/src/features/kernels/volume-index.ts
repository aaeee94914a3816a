/** The index of `nvi` and `pvi`: closes of the rows whose volume fell, or rose, chained. */
import type { OperatorIO } from '../contract/operator.ts';

/** Slots: whether a row has been seen, the last close and volume, the index. */
const SEEN = 0;
const CLOSE = 1;
const VOLUME = 2;
const INDEX = 3;

export const VOLUME_INDEX_SLOTS = 4;

/** The index in the first row. */
const BASE = 1000;

/** Moves with the close where volume changed in the direction of `sign`, and stands still elsewhere. A row with NaN is skipped. */
export function volumeIndex(io: OperatorIO, from: number, to: number, sign: number): void {
  const {
    in: { 0: closes, 1: volumes },
    out: { 0: out },
    state,
  } = io;
  let seen = state[SEEN];
  let last = state[CLOSE];
  let before = state[VOLUME];
  let index = state[INDEX];
  for (let i = from; i < to; i++) {
    const close = closes[i];
    const volume = volumes[i];
    if (close !== close || volume !== volume) {
      out[i] = NaN;
      continue;
    }
    if (seen === 0) index = BASE;
    else if ((volume - before) * sign > 0 && last !== 0) {
      const moved = index + ((close - last) / last) * index;
      // Past the largest number it stands still.
      if (moved - moved === 0) index = moved;
    }
    seen = 1;
    last = close;
    before = volume;
    out[i] = index;
  }
  state[SEEN] = seen;
  state[CLOSE] = last;
  state[VOLUME] = before;
  state[INDEX] = index;
}
