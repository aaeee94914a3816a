/** One operator by itself: its outputs over columns that are its inputs. */
import { buildGraph, type Catalogue, type FeatureGraph } from 'minotaur-core/internal/features/contract/graph';
import type { Operator } from 'minotaur-core/internal/features/contract/operator';

/** What the operator is given. One without inputs has to be given rows too. */
export const inputsOf = ({ inputs }: Operator): readonly string[] => (inputs.length > 0 ? inputs : ['row']);

/** The graph that computes it, its outputs as `out0`, `out1`, ... */
export function graphOf(op: Operator, params: readonly number[], catalogue: Catalogue): FeatureGraph {
  const args = [
    ...op.inputs.map((name) => ({ kind: 'column', name }) as const),
    ...params.map((value) => ({ kind: 'number', value }) as const),
  ];
  const expression = { kind: 'call', name: op.name, args } as const;
  const text = `${op.name}(${[...op.inputs, ...params].join(', ')})`;
  return buildGraph([{ expression, names: op.outputs.map((_, k) => `out${k}`), text }], inputsOf(op), catalogue);
}
