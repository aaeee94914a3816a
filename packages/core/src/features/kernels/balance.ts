/** The balance of gains and losses, which `rsi` and `cmo` show on different scales. */
import type { OperatorIO } from '../contract/operator.ts';

/** Slots: values seen (up to period + 1), the last value, average change and movement (sums while seeding), their ratio. */
const SEEN = 0;
const LAST = 1;
const CHANGE = 2;
const MOVEMENT = 3;
const RATIO = 4;

export const BALANCE_SLOTS = 5;

/**
 * Writes `offset + scale * (average change / average movement)` for rows [from, to): both averages with weight 1 / period,
 * seeded by the mean of the first `period` changes; 0 where nothing has moved yet. A row with NaN is skipped. Change and its
 * size are averaged instead of gains and losses, which is the same without a branch that nothing could predict. While x
 * stands still both averages fade alike and their ratio is held, so that the index stands still too, however long: neither
 * their rounding nor their last digits, once they are subnormal, come into it.
 */
export function balance(io: OperatorIO, from: number, to: number, offset: number, scale: number): void {
  const {
    in: { 0: x },
    out: { 0: out },
    params: { 0: n },
    state,
  } = io;
  const weight = 1 / n;
  const keep = 1 - weight;
  let seen = state[SEEN];
  let last = state[LAST];
  let net = state[CHANGE];
  let movement = state[MOVEMENT];
  let ratio = state[RATIO];
  for (let i = from; i < to; i++) {
    const value = x[i];
    if (value !== value) {
      out[i] = NaN;
      continue;
    }
    const change = value - last;
    last = value;
    if (seen > n) {
      net = net * keep + change * weight;
      movement = movement * keep + Math.abs(change) * weight;
      if (change !== 0) ratio = net / movement;
    } else {
      // The first row has no change yet.
      if (seen > 0) {
        net += change * weight;
        movement += Math.abs(change) * weight;
      }
      if (seen++ < n) {
        out[i] = NaN;
        continue;
      }
      ratio = movement === 0 ? -offset / scale : net / movement;
    }
    out[i] = offset + scale * ratio;
  }
  state[SEEN] = seen;
  state[LAST] = last;
  state[CHANGE] = net;
  state[MOVEMENT] = movement;
  state[RATIO] = ratio;
}
