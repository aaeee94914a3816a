/** What `run` says in words. */
import type { RunEstimate, TakenStep, WholeRunReport } from '../../runs.ts';
import { duration } from 'minotaur-core/internal/base/figures';
import { holeLines, takenLines } from './build.ts';
import { count, megabytes } from './figures.ts';
import { forecastLines } from './warmup.ts';

/** `build       3.2 s  51,252 trades, ...`; a step that was taken before says so. */
export function stepLine({ name, seconds, unchanged, what }: TakenStep): string {
  return `${name.padEnd(9)}${unchanged ? ' unchanged' : `${seconds.toFixed(1)} s`.padStart(10)}  ${what}`;
}

/** What of the files and of the model somebody should look at, and whether what was compared holds: that it does says nothing of them. */
export function closingLines({ holds, steps, out, seconds, build, evaluation }: WholeRunReport): string {
  const failed = steps.filter((step) => step.holds === false).map(({ name }) => name);
  const verdict = holds ? 'What was compared holds.' : `DOES NOT HOLD: ${failed.join(', ')}.`;
  const read = [...takenLines(build, ' (build/problems.jsonl)'), ...holeLines(build.counts)];
  const doubts = (evaluation?.warnings ?? []).map((warning) => `warning   ${warning}`);
  const said = [...read, ...doubts];
  return [
    ...(said.length === 0 ? [] : ['', ...said]),
    '',
    `${verdict} ${seconds.toFixed(1)} s. The page: ${out}/index.html`,
  ].join('\n');
}

/** What `run --dry-run` says. */
export function estimateLines(estimate: RunEstimate): string {
  const { sampled, trades, rows, readyRows, columns, steps, bytes, forecast } = estimate;
  const known = (n: number | null): string => (n === null ? 'not to be told' : `about ${count(n)}`);
  const total = steps.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
  return [
    `estimated from ${count(sampled)} trades or bars at the beginning`,
    `trades    ${known(trades)}`,
    `rows      ${known(rows)} of ${columns} columns, ${known(readyRows)} ready`,
    ...forecastLines(forecast),
    ...steps.map(({ name, seconds, unchanged }) => {
      const time = seconds === null ? '' : `about ${duration(seconds)}`;
      return `${name.padEnd(9)} ${unchanged ? 'unchanged' : time}`.trimEnd();
    }),
    `time      about ${duration(total)}; disk ${bytes === null ? 'not to be told' : `about ${megabytes(bytes)} MB`}`,
  ].join('\n');
}
