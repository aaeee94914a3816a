/** How the memories of parts come together in that of the whole. */
import type { Memory } from './operator.ts';

/** How much of the start may be left in what fades, relative to the largest value, where nobody says otherwise. */
export const TOLERANCE = 1e-9;

/** The memory that covers both: of two inputs, all of whose rows are current. */
export function longerMemory(a: Memory, b: Memory): Memory {
  if (a.class === 'unbounded' || b.class === 'unbounded') return { class: 'unbounded' };
  return together(Math.max(a.rows, b.rows), [a, b]);
}

/** Memory of one upon the other: averages of averages, an operator over an input that has memory itself. */
export function chainedMemory(...stages: readonly Memory[]): Memory {
  let rows = 1;
  for (const stage of stages) {
    if (stage.class === 'unbounded') return stage;
    rows += stage.rows - 1;
  }
  return together(rows, stages);
}

/** Finite where all of them are, else fading to the largest of their tolerances. */
function together(rows: number, parts: readonly Memory[]): Memory {
  const tolerances = parts.flatMap((part) => (part.class === 'fading' ? [part.tolerance] : []));
  if (tolerances.length === 0) return { class: 'finite', rows };
  return { class: 'fading', rows, tolerance: Math.max(...tolerances) };
}
