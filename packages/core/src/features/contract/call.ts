/** A call in an expression: what of it are inputs, and what are parameters. */
import { expressionText, type Expression } from './expression.ts';
import type { Operator } from './operator.ts';

/** Refuses the feature that is being read. */
export type Refuse = (expected: string, found: string) => never;

/** Splits call arguments into inputs and parameters, filling both from their defaults. */
export function argumentsOf(
  op: Operator,
  args: readonly Expression[],
  given: ReadonlyMap<string, number>,
  refuse: Refuse,
): { inputs: Expression[]; params: number[] } {
  const byName = op.inputs.length > 0 && op.inputs.every((name) => given.has(name));
  // Numbers only, and no more than there are parameters: inputs are the columns they are named after.
  const implicit = byName && args.length <= op.params.length && args.every((arg) => arg.kind === 'number');
  const inputs: Expression[] = implicit
    ? op.inputs.map((name) => ({ kind: 'column', name }))
    : args.slice(0, op.inputs.length);
  const rest = implicit ? args : args.slice(op.inputs.length);
  const required = op.params.filter((param) => param.default === undefined).length;
  if (inputs.length < op.inputs.length || rest.length > op.params.length || rest.length < required) {
    refuse(signature(op), `${op.name} with ${args.length} arguments`);
  }
  const params = op.params.map((spec, i) => {
    const arg = rest[i];
    if (arg === undefined) return spec.default as number;
    const value = arg.kind === 'number' ? arg.value : NaN;
    if (!(value >= spec.min && value <= spec.max) || (spec.integer && !Number.isInteger(value))) {
      const kind = spec.integer ? 'an integer' : 'a number';
      refuse(`${spec.name} of ${op.name} to be ${kind} from ${spec.min} to ${spec.max}`, `'${expressionText(arg)}'`);
    }
    return value;
  });
  const wish = op.check?.(params);
  if (wish !== undefined) refuse(wish, `${op.name}(${params.join(', ')})`);
  return { inputs, params };
}

/** `macd(x, fast, slow, signal)`. */
export function signature(op: Operator): string {
  const params = op.params.map((p) => (p.default === undefined ? p.name : `${p.name} = ${p.default}`));
  return `${op.name}(${[...op.inputs, ...params].join(', ')})`;
}
