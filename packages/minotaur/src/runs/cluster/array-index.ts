/** Which job of an array this process is, as its scheduler says. */
import { fail } from 'minotaur-core/internal/base/errors';

/** Slurm, Kubernetes, AWS Batch. */
const VARIABLES = ['SLURM_ARRAY_TASK_ID', 'JOB_COMPLETION_INDEX', 'AWS_BATCH_JOB_ARRAY_INDEX'] as const;

/**
 * The index that the environment says.
 * @throws {MinotaurError} where it says none, or two that differ
 */
export function arrayIndex(environment: Readonly<Record<string, string | undefined>>): number {
  const said = VARIABLES.filter((name) => environment[name] !== undefined);
  const values = new Set(said.map((name) => environment[name]));
  const [value] = values;
  if (value === undefined) fail('config', '--index', `an index, here or in ${VARIABLES.join(', ')}`, 'none');
  const listed = said.map((name) => `${name}=${environment[name]}`).join(', ');
  if (values.size > 1) fail('config', '--index', 'one scheduler', listed);
  if (!/^\d+$/.test(value)) fail('config', said[0], 'a whole number of at least 0', `'${value}'`);
  return Number(value);
}
