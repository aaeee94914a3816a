/** What `run` says in words. */
import type { TakenStep, WholeRunReport } from '../../runs.ts';

/** `build       3.2 s  51,252 trades, ...`; a step that was taken before says so. */
export function stepLine({ name, seconds, unchanged, what }: TakenStep): string {
  return `${name.padEnd(9)}${unchanged ? ' unchanged' : `${seconds.toFixed(1)} s`.padStart(10)}  ${what}`;
}

export function closingLine({ holds, steps, out, seconds }: WholeRunReport): string {
  const failed = steps.filter((step) => step.holds === false).map(({ name }) => name);
  const verdict = holds ? 'What was compared holds.' : `DOES NOT HOLD: ${failed.join(', ')}.`;
  return `\n${verdict} ${seconds.toFixed(1)} s. The page: ${out}/index.html`;
}
