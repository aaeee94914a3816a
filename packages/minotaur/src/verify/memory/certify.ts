/** The certificate of the features of one clock, from what their late runs have shown. */
import type { Memory } from 'minotaur-core/internal/features/contract/operator';
import { describeMemory, LEVELS, type Curve, type FeatureCertificate, type Level } from '../harness/certificate.ts';
import { curveOf, EXACT, gapWhenWarm, rowsWithin, type Measured, type Watched } from './measured.ts';

/** Features per clock whose curve is kept: those that took longest, of each sort. */
const CURVES: readonly { readonly of: Memory['class']; readonly most: number }[] = [
  { of: 'fading', most: 2 },
  { of: 'finite', most: 1 },
  { of: 'unbounded', most: 1 },
];
/** Slow is what takes long to this level. */
const SLOW = LEVELS.indexOf('1e-9');

export interface ClockMeasured {
  readonly features: readonly FeatureCertificate[];
  readonly curves: readonly Curve[];
  /** Features with a declaration that never came due: the input was too short. */
  readonly untested: number;
}

/** `features` are the first of what was watched. */
export function summarise(clock: string, features: readonly Watched[], measured: Measured): ClockMeasured {
  const certificates = features.map(({ name, declared }, f): FeatureCertificate => {
    const within = Object.fromEntries(LEVELS.map((level, g) => [level, rowsWithin(measured, g, f)]));
    const exactAfter = rowsWithin(measured, EXACT, f);
    return {
      clock,
      feature: name,
      declared: describeMemory(declared),
      exactAfter,
      within: within as Record<Level, number | null>,
      atReady: gapWhenWarm(measured, f),
    };
  });
  const { settled, gaps, compared } = measured;
  const rowsTo = (f: number): number => settled[(SLOW * settled.length) / gaps.length + f];
  const bySpeed = features.map((_, f) => f).toSorted((a, b) => rowsTo(b) - rowsTo(a) || a - b);
  const slowest = CURVES.flatMap(({ of, most }) =>
    bySpeed.filter((f) => features[f].declared.class === of).slice(0, most),
  );
  const curves = slowest.map((f): Curve => ({ clock, feature: features[f].name, points: curveOf(measured, f) }));
  const untested = features.filter(({ declared }, f) => declared.class !== 'unbounded' && compared[f] === 0).length;
  return { features: certificates, curves, untested };
}
