/** Nodes in an order in which each comes after all that it takes. */
import { isNode, type Node, type Tensor } from './tensor.ts';

/**
 * All nodes that `ends` come from. `before` says what has to be there before a node: its inputs, or, where it stands for others, those.
 * Depth first, without recursion, since a graph may be thousands of nodes deep.
 */
export function inOrder(
  ends: readonly Tensor[],
  before: (node: Node) => readonly Tensor[] = ({ inputs }) => inputs,
): Node[] {
  const order: Node[] = [];
  const seen = new Set<Node>();
  for (const { from } of ends) {
    if (!isNode(from) || seen.has(from)) continue;
    seen.add(from);
    const path = [{ node: from, parts: before(from), next: 0 }];
    while (path.length > 0) {
      const top = path[path.length - 1];
      if (top.next === top.parts.length) {
        order.push(top.node);
        path.pop();
        continue;
      }
      const part = top.parts[top.next++].from;
      if (!isNode(part) || seen.has(part)) continue;
      seen.add(part);
      path.push({ node: part, parts: before(part), next: 0 });
    }
  }
  return order;
}
