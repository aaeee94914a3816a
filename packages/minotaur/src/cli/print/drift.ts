/** Drift as a table. */
import type { DriftReport, DriftSide } from '../../runs.ts';
import { count } from './figures.ts';

/** Features that are printed: the worst. */
const PRINTED = 20;

export function driftTable({ reference, current, of, features }: DriftReport): string {
  const width = Math.max(7, ...features.slice(0, PRINTED).map(({ feature }) => feature.length));
  const cell = (value: number | undefined): string =>
    (value === undefined || Number.isNaN(value) ? '-' : value.toFixed(3)).padStart(8);
  const lines = features
    .slice(0, PRINTED)
    .map(({ feature, psi, jensenShannon, kolmogorovSmirnov, missing, clipped }) => {
      const figures = [psi, jensenShannon, kolmogorovSmirnov, missing.reference, missing.current];
      return `${feature.padEnd(width)}${[...figures, clipped?.reference, clipped?.current].map(cell).join('')}`;
    });
  const rest = features.length > PRINTED ? [`... and ${features.length - PRINTED} features that drifted less`] : [];
  return [
    `reference ${side(reference)}`,
    `now       ${side(current)}`,
    ...(of === 'all' ? ['A side has no row that is ready: rows of the warm-up count too.'] : []),
    `\n${'feature'.padEnd(width)}     PSI      JS      KS NaN ref NaN now clip ref clip now`,
    ...lines,
    ...rest,
    '\nThis is the market, or the span, and not a bug: no check fails by it.',
  ].join('\n');
}

function side({ directory, rows, compared }: DriftSide): string {
  return `${directory}, ${count(compared)}${compared < rows ? ` of ${count(rows)}` : ''} rows`;
}
