import { atan, cos, sin } from '../../../base/elementary/index.ts';
import { operator } from '../../contract/operator.ts';

/** Longest cycle, and slots: the newest place in the ring of smooth values, the phase, the ring twice over, so that a cycle is never cut. */
const LONGEST = 50;
const NEWEST = 0;
const PHASE = 1;
const RING = 2;

/** What is no cycle: `hilbert` begins above it. */
const SHORTEST = 0.1;

const DEGREES = 45 / atan(1);

/** A sum below this share of the value is 0 and the rest is rounding. */
const NOISE = 2e-14;

/** Doubles of one circle in the table. */
const TURN = 2 * LONGEST;

/** Sine and cosine of angle `k` of a circle of `n`, at `n * TURN + 2 * k`. */
const WAVE = Float64Array.from({ length: (LONGEST + 1) * TURN }, (_, at) => {
  const n = Math.floor(at / TURN);
  const angle = (Math.floor((at % TURN) / 2) * (atan(1) * 8)) / n;
  return n === 0 ? 0 : at % 2 === 0 ? sin(angle) : cos(angle);
});

/**
 * Phase of the dominant cycle in degrees, -45 to 315: that of the wave of this length over the last cycle of smooth
 * values. Values before the first count as 0, as in TA-Lib. Where all values
 * are equal the phase goes on by 90 degrees and the lag (TA-Lib's is that of its rounding). A row with NaN is skipped.
 *
 * Cost: 2 ns a row for each row of the cycle, and 20.
 */
export const cyclePhase = operator({
  name: 'cycle_phase',
  family: 'cycle',
  version: 3,
  summary: 'Phase of the dominant cycle in degrees',
  formula:
    'atan(sum of x[i-k] * sin(360 * k / n) / sum of x[i-k] * cos(360 * k / n)) + 90 + 360 / length, n = length, rounded',
  source: 'Ehlers: Rocket Science for Traders (2001); inner part of TA-Lib HT_DCPHASE',
  inputs: ['x', 'length'],
  outputs: ['value'],
  params: [],
  lookback: () => 0,
  memory: () => ({ class: 'unbounded' }),
  nan: 'skip',
  history: () => 0,
  slots: () => RING + 2 * LONGEST,
  instruction: { name: 'cycle_phase', table: () => WAVE },
  run: ({ in: { 0: x, 1: length }, out: { 0: out }, state }, from, to) => {
    // Names of the module are looked up at every use, so the loops have their own.
    const wave = WAVE;
    const ring = RING;
    const longest = LONGEST;
    const turn = TURN;
    let newest = state[NEWEST];
    let phase = state[PHASE];
    for (let i = from; i < to; i++) {
      const cycle = length[i];
      const value = x[i];
      if (value !== value || cycle !== cycle) {
        out[i] = NaN;
        continue;
      }
      newest = newest === longest - 1 ? 0 : newest + 1;
      state[ring + newest] = value;
      state[ring + longest + newest] = value;
      const n = Math.max(0, Math.min(longest, Math.floor(cycle + 0.5))) | 0;
      const last = (ring + longest + newest) | 0;
      let real = 0;
      let imaginary = 0;
      // A whole circle of equal values adds up to 0: without them, what is left is not their rounding.
      const level = n < 2 ? 0 : value;
      let at = n * turn;
      for (let k = last; k > last - n; k--) {
        const above = state[k] - level;
        real += wave[at] * above;
        imaginary += wave[at + 1] * above;
        at += 2;
      }
      if (Math.abs(real) <= NOISE * Math.abs(level)) real = 0;
      if (Math.abs(imaginary) <= NOISE * Math.abs(level)) imaginary = 0;
      if (imaginary !== 0) phase = atan(real / imaginary) * DEGREES;
      else if (real < 0) phase -= 90;
      else if (real > 0) phase += 90;
      phase += 90 + (cycle > SHORTEST ? 360 / cycle : 0);
      if (imaginary < 0) phase += 180;
      if (phase > 315) phase -= 360;
      out[i] = phase;
    }
    state[NEWEST] = newest;
    state[PHASE] = phase;
  },
});
