/** The certificate in words. */
import type { Certificate, FeatureCertificate } from '../harness/certificate.ts';

/** Features that are named on a terminal. */
const NAMED = 4;

/** The certificate in a few lines: every clock, the row, and the features that took longest. */
export function certificateLines({ clocks, row, features }: Certificate): string[] {
  const n = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 0 });
  const lines = clocks.map(({ clock, bars, trades, hours }) =>
    [
      `${clock}: ${n(bars)} bars`,
      ...(trades === null ? [] : [`about ${n(trades)} trades`]),
      ...(hours === null ? [] : [formatHours(hours)]),
    ].join(', '),
  );
  if (row !== null) lines.push(`whole row: ${formatHours(row.hours)}, with clock ${row.clock}`);
  const ending = features.filter(({ declared }) => declared !== 'unbounded');
  const settled = ending.filter(({ within }) => within['1e-9'] !== null);
  for (const one of settled.toSorted((a, b) => settledAfter(b) - settledAfter(a)).slice(0, NAMED)) {
    lines.push(`${one.clock} ${one.feature}: ${one.declared}, within 1e-9 after ${n(settledAfter(one))} bars`);
  }
  const open = ending.length - settled.length;
  if (open > 0) lines.push(`${open} features were not seen to settle: too few bars`);
  const never = features.filter(({ declared }) => declared === 'unbounded').length;
  if (never > 0) lines.push(`${never} features depend on the start for ever`);
  return lines;
}

/** Bars until a feature is within 1e-9. */
function settledAfter({ within }: FeatureCertificate): number {
  return within['1e-9'] ?? Infinity;
}

function formatHours(hours: number): string {
  if (hours < 1) return `${(hours * 60).toFixed(1)} min`;
  return hours < 48 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} days`;
}
