/** What plan, build --job and merge say in words. */
import type { JobReport, MergeReport, PlanReport } from '../../runs.ts';
import { count, megabytes } from './figures.ts';

export function planLines({ jobs, count: all, waves, symbols }: PlanReport): string {
  return [
    ...symbols.map(
      ({ symbol, first, last, months, jobs: own, files, bytes }) =>
        `${symbol}  ${first} to ${last}: ${count(months)} months in ${count(own)} jobs, ${count(files)} files, ${megabytes(bytes)} MB`,
    ),
    `${count(all)} jobs in ${waves.length} waves -> ${jobs}`,
  ].join('\n');
}

export function jobLines({ index, symbol, months, seconds }: JobReport): string {
  const built = months.filter(({ outcome }) => outcome === 'built').length;
  const lines = months.map(
    ({ month, outcome, out, rows, digest, key }) =>
      `${symbol} ${month} ${outcome === 'built' ? 'built' : 'was there'} -> ${out}\n${count(rows)} rows, digest ${digest} since the first month\nkey       ${key}`,
  );
  const done =
    built === 0 ? 'all there' : `${count(built)} of ${count(months.length)} months built in ${seconds.toFixed(1)} s`;
  return [...lines, `job ${index}: ${done}`].join('\n');
}

export function mergeLines({ symbols, digest, proved, out }: MergeReport): string {
  const how = proved === 'rows' ? 'all rows read' : 'by their manifests';
  return [
    ...symbols.map(
      ({ symbol, months, rows, readyRows, digest: own }) =>
        `${symbol}  ${count(months.length)} months, ${count(rows)} rows, ${count(readyRows)} ready, digest ${own}`,
    ),
    `complete, one chain a symbol (${how})`,
    `digest    ${digest}`,
    out,
  ].join('\n');
}
