/** The cycle functions on a wave whose cycle is known, and where TA-Lib is no guide: gaps and flat stretches. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertClose, assertSkips, flatBars, many, one, walkingBars } from '../../../../../../test/oracle.ts';

const LENGTH = 20;
const wave = Array.from({ length: 400 }, (_, i) => 100 + 5 * Math.sin((2 * Math.PI * i) / LENGTH));
const settled = <T>(values: readonly T[]): T[] => values.slice(200);

test('ht_dcperiod finds the length of a wave', () => {
  for (const length of settled(one('ht_dcperiod(x)', { x: wave })))
    assert.ok(Math.abs(length - LENGTH) < 1, String(length));
});

test('ht_sine is the wave itself, and ht_dcphase its angle', () => {
  const [sine, lead] = many('ht_sine(x)', 2, { x: wave }).map(settled);
  settled(wave).forEach((value, i) => assert.ok(Math.abs(sine[i] - (value - 100) / 5) < 0.15, `row ${i}: ${sine[i]}`));
  const phase = settled(one('ht_dcphase(x)', { x: wave }));
  assertClose(
    sine,
    phase.map((p) => Math.sin((p / 180) * Math.PI)),
    1e-12,
  );
  assertClose(
    lead,
    phase.map((p) => Math.sin(((p + 45) / 180) * Math.PI)),
    1e-12,
  );
  for (const p of phase) assert.ok(p >= -45 && p <= 315, String(p));
});

test('ht_trendline leaves the wave out; ht_trendmode sees a cycle in it and a trend in a rise', () => {
  for (const value of settled(one('ht_trendline(x)', { x: wave })))
    assert.ok(Math.abs(value - 100) < 0.5, String(value));
  const small = wave.map((value) => 100 + (value - 100) / 10);
  assert.ok(settled(one('ht_trendmode(x)', { x: small })).every((mode) => mode === 0));
  const rise = wave.map((_, i) => 100 * Math.exp(i / 200));
  assert.ok(settled(one('ht_trendmode(x)', { x: rise })).every((mode) => mode === 1));
});

test('ht_phasor: the components of a wave are a quarter of a cycle apart', () => {
  const [inPhase, quadrature] = many('ht_phasor(x)', 2, { x: wave }).map(settled);
  const power = inPhase.map((value, i) => value * value + quadrature[i] * quadrature[i]);
  assert.ok(Math.max(...power) < 2 * Math.min(...power), `${Math.min(...power)} to ${Math.max(...power)}`);
});

test('cycle_phase of equal values does not depend on their rounding', () => {
  const found = one('ht_dcphase(close)', flatBars(0.1, 120));
  assertClose(found, one('ht_dcphase(close)', flatBars(1234.567, 120)), 1e-9);
  assert.ok(found.every((value, i) => (i < 63 ? Number.isNaN(value) : value <= 315)));
});

test('cycle_mean averages whole rows, 1 to 50', () => {
  const x = [1, 2, 3, 4, 5];
  assertClose(one('cycle_mean(x, length)', { x, length: [0, 1.4, 1.5, 4, NaN] }), [1, 2, 2.5, 2.5, NaN], 0);
});

test('a row with NaN is skipped', () => {
  const bars = walkingBars(300);
  for (const feature of ['ht_dcperiod(close)', 'ht_dcphase(close)']) assertSkips(feature, 1, bars);
  for (const feature of ['ht_phasor(close)', 'ht_sine(close)']) assertSkips(feature, 2, bars);
});

test('ht_dcperiod goes on through a silence of a day as through one of half an hour', () => {
  const silence = (rows: number): number[] => [...wave, ...new Array<number>(rows).fill(wave[399])];
  const short = one('ht_dcperiod(x)', { x: silence(1800) });
  const long = one('ht_dcperiod(x)', { x: silence(86_400) });
  assert.ok(Math.abs(long[long.length - 1] - short[short.length - 1]) < 1e-9);
});
