import { fadingMemory } from 'minotaur-core/internal/features/contract/operator';
import { fault, plantOperator } from '../fault.ts';

/** An average that forgets half as fast as it declares. */
export const fadesSlowly = fault({
  name: 'fades-slowly',
  imitates: "a memory worked out for alpha = 2 / (n + 1) where Wilder's 1 / n is used",
  plant: plantOperator({
    memory: (_, tolerance) => fadingMemory(0.6, 1, tolerance),
    slots: () => 2,
    run: ({ in: { 0: x }, out: { 0: out }, state }, from, to) => {
      for (let i = from; i < to; i++) {
        state[0] = state[1] === 0 ? x[i] : state[0] + 0.3 * (x[i] - state[0]);
        state[1] = 1;
        out[i] = state[0];
      }
    },
  }),
});
