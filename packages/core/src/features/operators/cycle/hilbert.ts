import { atan } from '../../../base/elementary/index.ts';
import { operator, period } from '../../contract/operator.ts';

/** Slots: values seen (up to the warm-up), the row modulo 16, period and its average, what the period is made of. */
const SEEN = 0;
const ROW = 1;
const PERIOD = 2;
const SMOOTH_PERIOD = 3;
const I2 = 4;
const Q2 = 5;
const RE = 6;
const IM = 7;
/** Rings of 16 rows: values, smooth values, detrender, quadrature. */
const VALUES = 8;
const SMOOTH = 24;
const DETRENDER = 40;
const QUADRATURE = 56;
const SLOTS = 72;
const MASK = 15;

const DEGREES = 45 / atan(1);

/** A detrended price below this share of the price is 0 and the rest is rounding; what ticks leave is a thousand times larger. */
const NOISE = 2e-15;

/** What the period is made of, once it is this small, is made larger: only its ratios count. */
const SMALL = 1e-240;
const LARGER = 1e180;

/** The Hilbert transform of the ring at `at` for row `r`, `late` rows late, before its gain. */
function transform(state: Float64Array, at: number, r: number, late: number): number {
  const now = r - late;
  const x0 = state[at + (now & MASK)];
  const x2 = state[at + ((now - 2) & MASK)];
  const x4 = state[at + ((now - 4) & MASK)];
  const x6 = state[at + ((now - 6) & MASK)];
  return 0.0962 * (x0 - x6) + 0.5769 * (x2 - x4);
}

/**
 * Ehlers' dominant cycle, which all functions of the cycle family and `mama` share: the smoothed value, its two components
 * and the length of the cycle in rows, as found and averaged. As in TA-Lib everything begins at 0 after the warm-up, 12
 * rows for `ht_dcperiod`, `ht_phasor` and `mama`, 37 for the others. A silence of any length keeps the ratios that the period is
 * made of. A row with NaN is skipped.
 *
 * Cost: 68 ns a row.
 */
export const hilbert = operator({
  name: 'hilbert',
  family: 'cycle',
  version: 2,
  summary: 'Components and length of the dominant cycle',
  formula: 'h(x)[i] = (0.0962 * (x[i] - x[i-6]) + 0.5769 * (x[i-2] - x[i-4])) * (0.075 * period[i-1] + 0.54)',
  source: 'Ehlers: Rocket Science for Traders (2001); inner part of TA-Lib HT_DCPERIOD, HT_SINE, MAMA',
  inputs: ['x'],
  outputs: ['smooth', 'in_phase', 'quadrature', 'period', 'smooth_period'],
  params: [period(4, 'rows before the first', 'warm_up')],
  lookback: ([n]) => n,
  memory: () => ({ class: 'unbounded' }),
  nan: 'skip',
  history: () => 0,
  slots: () => SLOTS,
  instruction: { name: 'hilbert' },
  run: ({ in: { 0: x }, out, params: { 0: warmUp }, state }, from, to) => {
    const smoothOut = out[0];
    const inPhaseOut = out[1];
    const quadratureOut = out[2];
    const periodOut = out[3];
    const smoothPeriodOut = out[4];
    for (let i = from; i < to; i++) {
      const value = x[i];
      const seen = state[SEEN];
      if (value === value) {
        const r = (state[ROW] + 1) & MASK;
        state[ROW] = r;
        state[VALUES + r] = value;
        if (seen < warmUp) state[SEEN] = seen + 1;
        else step(state, r);
      }
      if (value !== value || seen < warmUp) {
        smoothOut[i] = inPhaseOut[i] = quadratureOut[i] = periodOut[i] = smoothPeriodOut[i] = NaN;
        continue;
      }
      const row = state[ROW];
      smoothOut[i] = state[SMOOTH + row];
      inPhaseOut[i] = state[DETRENDER + ((row - 3) & MASK)];
      quadratureOut[i] = state[QUADRATURE + row];
      periodOut[i] = state[PERIOD];
      smoothPeriodOut[i] = state[SMOOTH_PERIOD];
    }
  },
});

/** Takes the value at `r` into the cycle. */
function step(state: Float64Array, r: number): void {
  const last = state[PERIOD];
  const gain = 0.075 * last + 0.54;
  const x1 = state[VALUES + ((r - 1) & MASK)];
  const x2 = state[VALUES + ((r - 2) & MASK)];
  const x3 = state[VALUES + ((r - 3) & MASK)];
  const x0 = state[VALUES + r];
  // Of differences, so that all of it is rounded once.
  state[SMOOTH + r] = x0 + (3 * (x1 - x0) + 2 * (x2 - x0) + (x3 - x0)) * 0.1;
  const detrender = transform(state, SMOOTH, r, 0) * gain;
  state[DETRENDER + r] = Math.abs(detrender) <= NOISE * gain * Math.abs(x0) ? 0 : detrender;
  const q1 = transform(state, DETRENDER, r, 0) * gain;
  state[QUADRATURE + r] = q1;
  // The in-phase component is the detrender three rows ago.
  const i1 = state[DETRENDER + ((r - 3) & MASK)];
  const q2 = 0.2 * (q1 + transform(state, DETRENDER, r, 3) * gain) + 0.8 * state[Q2];
  const i2 = 0.2 * (i1 - transform(state, QUADRATURE, r, 0) * gain) + 0.8 * state[I2];
  const re = 0.2 * (i2 * state[I2] + q2 * state[Q2]) + 0.8 * state[RE];
  const im = 0.2 * (i2 * state[Q2] - q2 * state[I2]) + 0.8 * state[IM];
  let found = im !== 0 && re !== 0 ? 360 / (atan(im / re) * DEGREES) : last;
  if (found > 1.5 * last) found = 1.5 * last;
  if (found < 0.67 * last) found = 0.67 * last;
  if (found < 6) found = 6;
  else if (found > 50) found = 50;
  state[PERIOD] = 0.2 * found + 0.8 * last;
  state[SMOOTH_PERIOD] = 0.33 * state[PERIOD] + 0.67 * state[SMOOTH_PERIOD];
  // While prices stand still all four fade alike, by 0.8 a row, until after some 3,000 rows nothing but rounding is left.
  const small = Math.abs(re) < SMALL && Math.abs(im) < SMALL && Math.abs(q2) < SMALL && Math.abs(i2) < SMALL;
  const scale = small ? LARGER : 1;
  state[Q2] = q2 * scale;
  state[I2] = i2 * scale;
  state[RE] = re * scale;
  state[IM] = im * scale;
}
