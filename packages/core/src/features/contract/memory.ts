/** How the memories of an operator's parts come together in its own. */
import type { Memory } from './operator.ts';

/** Memory of an operator over two inputs of the memories given, all of its rows current. */
export function longerMemory(a: Memory, b: Memory): Memory {
  if (a.class === 'unbounded' || b.class === 'unbounded') return { class: 'unbounded' };
  const rows = Math.max(a.rows, b.rows);
  return a.class === 'finite' && b.class === 'finite'
    ? { class: 'finite', rows }
    : { class: 'fading', rows, tolerance: 1e-9 };
}

/** Memory of averages one upon the other. */
export function chainedMemory(...stages: readonly Memory[]): Memory {
  let rows = 1;
  let finite = true;
  for (const stage of stages) {
    if (stage.class === 'unbounded') return stage;
    rows += stage.rows - 1;
    finite &&= stage.class === 'finite';
  }
  return finite ? { class: 'finite', rows } : { class: 'fading', rows, tolerance: 1e-9 };
}
