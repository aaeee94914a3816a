/** What the columns of a feature are called. */
import type { Refuse } from './call.ts';
import type { Feature } from './expression.ts';
import type { Operator } from './operator.ts';

/** Names of a feature of `count` columns: those it was given, or what its expression is called, which is a call of `op` where it is one. */
export function namesOf(
  { expression, names }: Feature,
  count: number,
  op: Operator | undefined,
  refuse: Refuse,
): readonly string[] {
  if (names.length === count) return names;
  const outputs = op?.outputs ?? [];
  if (names.length === 1) return outputs.map((output) => `${names[0]}_${output}`);
  if (names.length > 0) refuse(`one name, or ${count} names`, `${names.length} names after as`);
  if (expression.kind === 'column') return [expression.name];
  if (expression.kind !== 'call') return refuse('a name (`... as name`)', 'an expression without one');
  if (count > 1) return outputs;
  if (op === undefined || op.family === 'arithmetic') {
    return refuse('a name (`... as name`)', 'an expression without one');
  }
  const numbers = expression.args.flatMap((arg) => (arg.kind === 'number' ? [String(arg.value)] : []));
  return [[expression.name, ...(expression.output === undefined ? [] : [expression.output]), ...numbers].join('_')];
}
