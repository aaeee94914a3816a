/** What plan, build --job and merge say in words. */
import type { JobReport, MergeReport, PlanReport } from '../../runs.ts';
import { count, megabytes } from './figures.ts';

export function planLines({ jobs, count: all, waves, symbols }: PlanReport): string {
  return [
    ...symbols.map(
      ({ symbol, first, last, months, files, bytes }) =>
        `${symbol}  ${first} to ${last}: ${count(months)} months, ${count(files)} files, ${megabytes(bytes)} MB`,
    ),
    `${count(all)} jobs in ${waves.length} waves -> ${jobs}`,
  ].join('\n');
}

export function jobLines({ index, symbol, month, outcome, out, rows, digest, key, seconds }: JobReport): string {
  const done = outcome === 'there' ? 'was there' : `built in ${seconds.toFixed(1)} s`;
  return [
    `job ${index}: ${symbol} ${month} ${done} -> ${out}`,
    `${count(rows)} rows, digest ${digest} since the first month`,
    `key       ${key}`,
  ].join('\n');
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
