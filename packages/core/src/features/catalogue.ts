import { fail } from '../base/errors.ts';
import { operators } from './catalogue.gen.ts';
import type { Catalogue } from './contract/graph.ts';
import { isComposite, type Operator } from './contract/operator.ts';

/** Every operator that ships, by name as written in expressions. */
export const catalogue: Catalogue = new Map(Object.values(operators).map((op: Operator) => [op.name, op]));

/** The catalogue and a user's own operators; a name that is taken is refused, so that no feature changes its meaning unseen. */
export function withOperators(own: readonly Operator[]): Catalogue {
  const all = new Map(catalogue);
  for (const op of own) {
    if (all.has(op.name))
      fail('config', `operator '${op.name}'`, 'a name that is not in use', 'an operator of that name');
    all.set(op.name, byItself(op));
  }
  return all;
}

/** One that was made of one of ours, `{ ...sma, run }`, would be given what that does in place of its own `run`. */
function byItself(op: Operator): Operator {
  if (isComposite(op) || op.instruction === undefined) return op;
  const { instruction: _, ...own } = op;
  return own;
}
