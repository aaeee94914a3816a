/** Recurrent layers: one state a sequence, renewed by each row, written out row by row. */
import { add, multiply, sigmoid, subtract, tanh } from '../../onnx/graph/operations/elementwise.ts';
import { affine } from '../../onnx/graph/operations/products.ts';
import { concat, reshape, slice, split } from '../../onnx/graph/operations/shaping.ts';
import { constantOf, type Tensor } from '../../onnx/graph/tensor.ts';
import type { NetworkBuilder } from './network.ts';

/** Weights and biases of all gates side by side, for the row and for the state, begun as PyTorch begins them. */
function gates(b: NetworkBuilder, name: string, inputs: number, units: number, count: number) {
  const initial = { kind: 'uniform', bound: 1 / Math.sqrt(units) } as const;
  const width = count * units;
  return {
    weights: b.parameter(`${name}.weights`, [inputs, width], initial, true),
    bias: b.parameter(`${name}.bias`, [width], initial, false),
    stateWeights: b.parameter(`${name}.stateWeights`, [units, width], initial, true),
    stateBias: b.parameter(`${name}.stateBias`, [width], initial, false),
  };
}

/** States after every row: [B, L, units], from a function of what each row gives, [B, gates units], and the state before. */
function over(x: Tensor, units: number, next: (row: Tensor) => Tensor): Tensor {
  const [batch, length, width] = x.shape;
  const states = split(x, 1, length).map((row) => reshape(next(reshape(row, [batch, width])), [batch, 1, units]));
  return concat(states, 1);
}

/** The state before the first row: [1, units], which stands for any number of rows. */
const nothing = (units: number): Tensor => constantOf(new Float32Array(units), [1, units]);

/**
 * Gated recurrent unit (Cho et al. 2014), with the reset after the product, as PyTorch and cuDNN have it:
 * r, u = sigmoid(x W + b + h V + c), n = tanh(x W + b + r (h V + c)), h = (1 - u) n + u h. [B, L, C] to [B, L, units].
 */
export function gru(b: NetworkBuilder, x: Tensor, name: string, units: number): Tensor {
  const { weights, bias, stateWeights, stateBias } = gates(b, name, x.shape[2], units, 3);
  let h = nothing(units);
  return over(affine(x, weights, bias), units, (row) => {
    const state = affine(h, stateWeights, stateBias);
    const two = sigmoid(add(slice(row, 1, 0, 2 * units), slice(state, 1, 0, 2 * units)));
    const reset = slice(two, 1, 0, units);
    const update = slice(two, 1, units, 2 * units);
    const candidate = tanh(
      add(slice(row, 1, 2 * units, 3 * units), multiply(reset, slice(state, 1, 2 * units, 3 * units))),
    );
    h = add(candidate, multiply(update, subtract(h, candidate)));
    return h;
  });
}

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997; forget gate, Gers et al. 2000), gates in PyTorch's order:
 * i, f, o = sigmoid(..), g = tanh(..), c = f c + i g, h = o tanh(c). [B, L, C] to [B, L, units].
 */
export function lstm(b: NetworkBuilder, x: Tensor, name: string, units: number): Tensor {
  const { weights, bias, stateWeights, stateBias } = gates(b, name, x.shape[2], units, 4);
  let h = nothing(units);
  let c = nothing(units);
  return over(affine(x, weights, bias), units, (row) => {
    const all = add(row, affine(h, stateWeights, stateBias));
    const [input, forget, candidate, output] = split(all, 1, 4);
    c = add(multiply(sigmoid(forget), c), multiply(sigmoid(input), tanh(candidate)));
    h = multiply(sigmoid(output), tanh(c));
    return h;
  });
}

/** The state after the last row: [B, L, C] to [B, C]. */
export const last = (x: Tensor): Tensor => reshape(slice(x, 1, x.shape[1] - 1, x.shape[1]), [x.shape[0], x.shape[2]]);
