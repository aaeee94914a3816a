import { operator } from '../operator.ts';

/** Longest cycle, and slots: the newest place in the ring of smooth values, the phase, the ring. */
const LONGEST = 50;
const NEWEST = 0;
const PHASE = 1;
const RING = 2;

/** What is no cycle: `hilbert` begins above it. */
const SHORTEST = 0.1;

const DEGREES = 45 / Math.atan(1);

/** `f` of angle `i` of a circle of `n`, at `n * (LONGEST + 1) + i`. */
function circle(f: (angle: number) => number): Float64Array {
  const turn = Math.atan(1) * 8;
  return Float64Array.from({ length: (LONGEST + 1) * (LONGEST + 1) }, (_, k) => {
    const n = Math.floor(k / (LONGEST + 1));
    return n === 0 ? 0 : f(((k % (LONGEST + 1)) * turn) / n);
  });
}

const SINE = circle(Math.sin);
const COSINE = circle(Math.cos);

/**
 * Phase of the dominant cycle in degrees, -45 to 315: that of the wave of this length over the last cycle of smooth
 * values. Values before the first count as 0, as in TA-Lib. Where all values
 * are equal the phase goes on by 90 degrees and the lag (TA-Lib's is that of its rounding). A row with NaN is skipped.
 *
 * Cost: 5 ns a row for each row of the cycle.
 */
export const cyclePhase = operator({
  name: 'cycle_phase',
  family: 'cycle',
  version: 1,
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
  slots: () => RING + LONGEST,
  run: ({ in: { 0: x, 1: length }, out: { 0: out }, state }, from, to) => {
    let newest = state[NEWEST];
    let phase = state[PHASE];
    for (let i = from; i < to; i++) {
      const cycle = length[i];
      if (x[i] !== x[i] || cycle !== cycle) {
        out[i] = NaN;
        continue;
      }
      newest = newest === LONGEST - 1 ? 0 : newest + 1;
      state[RING + newest] = x[i];
      const n = Math.max(0, Math.min(LONGEST, Math.floor(cycle + 0.5)));
      const at = n * (LONGEST + 1);
      let flat = n > 1;
      let real = 0;
      let imaginary = 0;
      let place = newest;
      for (let k = 0; k < n; k++) {
        const value = state[RING + place];
        if (value !== x[i]) flat = false;
        real += SINE[at + k] * value;
        imaginary += COSINE[at + k] * value;
        place = place === 0 ? LONGEST - 1 : place - 1;
      }
      // A whole circle of equal values adds up to nothing but rounding.
      if (flat) real = imaginary = 0;
      if (imaginary !== 0) phase = Math.atan(real / imaginary) * DEGREES;
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
