/**
 * A step of AdamW (Loshchilov and Hutter 2019) over flat vectors, and the running mean of weights (Polyak averaging):
 *
 *     g = gradient min(1, clip / (norm + 1e-6))            (Pascanu et al. 2013, as PyTorch's clip_grad_norm_)
 *     m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) g²
 *     p = p (1 - rate decay) - rate c1 m / (sqrt(v) c2 + epsilon)
 *     e = ema e + (1 - ema) p
 *
 * with c1 = 1 / (1 - beta1^t) and c2 = 1 / sqrt(1 - beta2^t) handed in.
 */
import { add, divide, minimum, multiply, scale, sqrt, subtract } from '../../onnx/graph/operations/elementwise.ts';
import { norm2 } from '../../onnx/graph/operations/norms.ts';
import { slice } from '../../onnx/graph/operations/shaping.ts';
import { constantOf, inputOf, scalarOf, sizeOf, type Tensor } from '../../onnx/graph/tensor.ts';
import type { Parameter, ProgramOptions } from './contract.ts';

/** Added to the norm, so that nothing is divided by zero. */
const CLIP_EPSILON = 1e-6;

export interface Step {
  readonly inputs: readonly Tensor[];
  readonly outputs: Readonly<Record<'p2' | 'm2' | 'v2' | 'e2' | 'norm', Tensor>>;
}

type Settings = Pick<ProgramOptions, 'beta1' | 'beta2' | 'epsilon' | 'clip'>;

/** 1 where weight decay is done. */
function decaying(parameters: readonly Parameter[], size: number): Tensor {
  const mask = new Float32Array(size);
  for (const { offset, shape, decay } of parameters) if (decay) mask.fill(1, offset, offset + sizeOf(shape));
  return constantOf(mask, [size]);
}

/** From parameters and the gradient of the loss, both flat, to the next parameters and what the step after needs. */
export function adamw(p: Tensor, gradient: Tensor, parameters: readonly Parameter[], settings: Settings): Step {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, clip } = settings;
  const one = scalarOf(1);
  const [m, v, e] = ['m', 'v', 'e'].map((name) => inputOf(name, p.shape));
  const h = inputOf('h', [5]);
  const [rate, decay, c1, c2, ema] = [0, 1, 2, 3, 4].map((i) => slice(h, 0, i, i + 1));
  const norm = norm2(gradient);
  const g =
    clip === undefined
      ? gradient
      : multiply(gradient, minimum(one, divide(scalarOf(clip), add(norm, scalarOf(CLIP_EPSILON)))));
  const mixed = (old: Tensor, share: number, next: Tensor): Tensor => add(scale(old, share), scale(next, 1 - share));
  const m2 = mixed(m, beta1, g);
  const v2 = mixed(v, beta2, multiply(g, g));
  const kept = multiply(p, subtract(one, multiply(multiply(rate, decay), decaying(parameters, sizeOf(p.shape)))));
  const move = divide(m2, add(multiply(sqrt(v2), c2), scalarOf(epsilon)));
  const p2 = subtract(kept, multiply(multiply(rate, c1), move));
  const e2 = add(multiply(e, ema), multiply(p2, subtract(one, ema)));
  return { inputs: [m, v, e, h], outputs: { p2, m2, v2, e2, norm } };
}
