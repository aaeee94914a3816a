/** Sharpe ratios of many trials: what the best of them is worth, when so many were tried. */
import { inverseNormal } from '../numeric/normal.ts';
import { normal } from '../numeric/truncated-normal.ts';

/** Moments of returns of one trial, a period each. */
export interface ReturnMoments {
  /** Returns, one after the other in time. */
  readonly periods: number;
  /** Mean by standard deviation, not annualised; 0 where the returns do not vary. */
  readonly sharpe: number;
  /** 0 of a symmetric distribution. */
  readonly skewness: number;
  /** 3 of a normal distribution. */
  readonly kurtosis: number;
}

export function momentsOf(returns: Float64Array): ReturnMoments {
  const periods = returns.length;
  const mean = returns.reduce((sum, x) => sum + x, 0) / periods;
  let [second, third, fourth] = [0, 0, 0];
  for (const x of returns) {
    const d = x - mean;
    second += d * d;
    third += d * d * d;
    fourth += d * d * d * d;
  }
  if (!(second > 0)) return { periods, sharpe: 0, skewness: 0, kurtosis: 3 };
  const variance = second / periods;
  return {
    periods,
    sharpe: mean / Math.sqrt(second / (periods - 1)),
    skewness: third / periods / (variance * Math.sqrt(variance)),
    kurtosis: fourth / periods / (variance * variance),
  };
}

/** Euler and Mascheroni's. */
const GAMMA = 0.5772156649015329;

/** The deflated Sharpe ratio, and what it is measured by. */
export interface DeflatedSharpe extends ReturnMoments {
  /** What the best of so many trials without skill is expected to reach. */
  readonly expected: number;
  /** Probability that the true Sharpe ratio is above 0, given that it is the best of so many; 0.95 is what is asked. */
  readonly deflated: number;
}

/**
 * Of the trial that was chosen among `tried`; `variance` is that of the trials' Sharpe ratios.
 *
 *     expected = sqrt(variance) ((1 - g) z(1 - 1/N) + g z(1 - 1/(N e)))
 *     deflated = F((sharpe - expected) sqrt(T - 1) / sqrt(1 - skewness sharpe + (kurtosis - 1) / 4 sharpe^2))
 *
 * F is the normal distribution, z its inverse, g Euler's constant. With one trial, expected is 0.
 * Source: Bailey and López de Prado, The Deflated Sharpe Ratio, Journal of Portfolio Management 40 (2014).
 */
export function deflatedSharpe(moments: ReturnMoments, variance: number, tried: number): DeflatedSharpe {
  const { periods, sharpe, skewness, kurtosis } = moments;
  const top = (1 - GAMMA) * inverseNormal(1 - 1 / tried) + GAMMA * inverseNormal(1 - 1 / (tried * Math.E));
  const expected = tried > 1 ? Math.sqrt(variance) * top : 0;
  const spread = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe * sharpe;
  const deflated = normal(((sharpe - expected) * Math.sqrt(periods - 1)) / Math.sqrt(spread));
  return { ...moments, expected, deflated };
}

/** With n - 1; 0 of fewer than two. */
export function varianceOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / (values.length - 1);
}
