/** Reverse-mode differentiation: a graph that computes how a loss changes with what it comes from. */
import { fail } from 'minotaur-core/internal/base/errors';
import { add } from './operations/elementwise.ts';
import { inOrder } from './order.ts';
import { constantOf, sizeOf, textOf, type Tensor } from './tensor.ts';

/**
 * Derivatives of the loss, a tensor of one element, by each of `of`; undefined where it does not hang on it. Nodes are gone through
 * from the loss back; what comes to a tensor on several ways is added.
 */
export function differentiate(loss: Tensor, of: readonly Tensor[]): (Tensor | undefined)[] {
  if (sizeOf(loss.shape) !== 1) fail('internal', 'the loss', 'one element', `${sizeOf(loss.shape)}`);
  const order = inOrder([loss]);
  const wanted = new Set<Tensor>(of);
  for (const { inputs, outputs } of order) {
    if (inputs.some((input) => wanted.has(input))) for (const output of outputs) wanted.add(output);
  }
  const by = new Map<Tensor, Tensor>([[loss, constantOf([1], loss.shape)]]);
  for (const node of order.toReversed()) {
    const { operation, inputs, outputs } = node;
    const given = outputs.map((output) => by.get(output));
    const asked = inputs.map((input) => wanted.has(input));
    if (!asked.includes(true) || given.every((each) => each === undefined)) continue;
    if (!operation.gradient) continue;
    const parts = operation.gradient(node, given, asked);
    for (const [i, input] of inputs.entries()) {
      const part = parts[i];
      if (!part || !asked[i]) continue;
      if (textOf(part.shape) !== textOf(input.shape)) {
        const name = 'type' in operation ? operation.type : 'a composed operation';
        fail('internal', `gradient of ${name} by input ${i}`, textOf(input.shape), textOf(part.shape));
      }
      const earlier = by.get(input);
      by.set(input, earlier ? add(earlier, part) : part);
    }
  }
  return of.map((each) => by.get(each));
}
