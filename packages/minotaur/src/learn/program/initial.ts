/** What a training begins with. */
import { mulberry32, type Uniform } from 'minotaur-core/internal/base/random';
import type { Initial } from '../layers/network.ts';
import { sizeOf } from '../../onnx/graph/tensor.ts';
import type { Built } from './builder.ts';
import type { InitialValues } from './contract.ts';

function valueOf(initial: Initial): (uniform: Uniform) => number {
  if (initial.kind === 'constant') return () => initial.value;
  const bound = initial.kind === 'uniform' ? initial.bound : Math.sqrt(6 / (initial.fanIn + initial.fanOut));
  return (uniform) => (2 * uniform() - 1) * bound;
}

/** Parameters in their order from one generator; running statistics as they are declared. */
export function initialValues({ parameters, statistics, sizes }: Built, seed: number): InitialValues {
  const uniform = mulberry32(seed);
  const p = new Float32Array(sizes.parameters);
  for (const { initial, offset, shape } of parameters) {
    const next = valueOf(initial);
    const end = offset + sizeOf(shape);
    for (let i = offset; i < end; i++) p[i] = next(uniform);
  }
  const s = new Float32Array(sizes.statistics);
  for (const { initial, offset, shape } of statistics) s.fill(initial, offset, offset + sizeOf(shape));
  return { p, s };
}
