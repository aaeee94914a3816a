/** Operations that do the same to every element. Two shapes are repeated to fit each other, as in NumPy. */
import { fail } from 'minotaur-core/internal/base/errors';
import { apply, scalarOf, textOf, type Operation, type Shape, type Tensor } from '../tensor.ts';
import { sum, sumTo } from './shaping.ts';

function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [m, n] = [a[a.length - rank + i] ?? 1, b[b.length - rank + i] ?? 1];
    if (m !== n && m !== 1 && n !== 1)
      fail('config', 'shapes of two tensors', `${textOf(a)} and a shape that fits`, textOf(b));
    return m === 1 ? n : m;
  });
}

const binary = (type: string, gradient?: Operation['gradient']): Operation => ({
  type,
  shapes: ([a, b]) => [broadcast(a.shape, b.shape)],
  ...(gradient && { gradient }),
});

const unary = (type: string, gradient?: Operation['gradient']): Operation => ({
  type,
  shapes: ([x]) => [x.shape],
  ...(gradient && { gradient }),
});

export const addOperation = binary('Add', ({ inputs: [a, b] }, [by], [first, second]) => [
  first && by ? sumTo(by, a.shape) : undefined,
  second && by ? sumTo(by, b.shape) : undefined,
]);
/** a + b. */
export const add = (a: Tensor, b: Tensor): Tensor => apply(addOperation, [a, b]);

export const negateOperation = unary('Neg', (_, [by]) => [by && negate(by)]);
/** -x. */
export const negate = (x: Tensor): Tensor => apply(negateOperation, [x]);

export const subtractOperation = binary('Sub', ({ inputs: [a, b] }, [by], [first, second]) => [
  first && by ? sumTo(by, a.shape) : undefined,
  second && by ? negate(sumTo(by, b.shape)) : undefined,
]);
/** a - b. */
export const subtract = (a: Tensor, b: Tensor): Tensor => apply(subtractOperation, [a, b]);

export const multiplyOperation = binary('Mul', ({ inputs: [a, b] }, [by], [first, second]) => [
  first && by ? sumTo(multiply(by, b), a.shape) : undefined,
  second && by ? sumTo(multiply(by, a), b.shape) : undefined,
]);
/** a b, element by element. */
export const multiply = (a: Tensor, b: Tensor): Tensor => apply(multiplyOperation, [a, b]);

/** Times a number. */
export const scale = (x: Tensor, factor: number): Tensor => multiply(x, scalarOf(factor));

export const divideOperation = binary('Div', ({ inputs: [a, b], outputs: [y] }, [by], [first, second]) => {
  const share = by && divide(by, b);
  return [
    first && share ? sumTo(share, a.shape) : undefined,
    second && share ? negate(sumTo(multiply(share, y), b.shape)) : undefined,
  ];
});
/** a / b. */
export const divide = (a: Tensor, b: Tensor): Tensor => apply(divideOperation, [a, b]);

export const sqrtOperation = unary('Sqrt', ({ outputs: [y] }, [by]) => [by && divide(by, scale(y, 2))]);
/** The square root. */
export const sqrt = (x: Tensor): Tensor => apply(sqrtOperation, [x]);

export const expOperation = unary('Exp', ({ outputs: [y] }, [by]) => [by && multiply(by, y)]);
/** e to the power of x. */
export const exp = (x: Tensor): Tensor => apply(expOperation, [x]);

export const logOperation = unary('Log', ({ inputs: [x] }, [by]) => [by && divide(by, x)]);
/** The natural logarithm. */
export const log = (x: Tensor): Tensor => apply(logOperation, [x]);

const signOperation = unary('Sign');
const sign = (x: Tensor): Tensor => apply(signOperation, [x]);

export const absOperation = unary('Abs', ({ inputs: [x] }, [by]) => [by && multiply(by, sign(x))]);
/** |x|. */
export const abs = (x: Tensor): Tensor => apply(absOperation, [x]);

export const reluOperation = unary('Relu', ({ outputs: [y] }, [by]) => [by && multiply(by, sign(y))]);
/** max(0, x). */
export const relu = (x: Tensor): Tensor => apply(reluOperation, [x]);

export const sigmoidOperation = unary('Sigmoid', ({ outputs: [y] }, [by]) => [
  by && multiply(by, multiply(y, subtract(scalarOf(1), y))),
]);
/** 1 / (1 + exp(-x)). */
export const sigmoid = (x: Tensor): Tensor => apply(sigmoidOperation, [x]);

export const tanhOperation = unary('Tanh', ({ outputs: [y] }, [by]) => [
  by && multiply(by, subtract(scalarOf(1), multiply(y, y))),
]);
/** The hyperbolic tangent. */
export const tanh = (x: Tensor): Tensor => apply(tanhOperation, [x]);

export const softplusOperation = unary('Softplus', ({ inputs: [x] }, [by]) => [by && multiply(by, sigmoid(x))]);
/** log(1 + exp(x)), without overflow. */
export const softplus = (x: Tensor): Tensor => apply(softplusOperation, [x]);

export const powOperation: Operation = {
  type: 'Pow',
  shapes: ([x]) => [x.shape],
  gradient: ({ inputs: [x, exponent] }, [by]) => [
    by && multiply(by, multiply(exponent, apply(powOperation, [x, subtract(exponent, scalarOf(1))]))),
  ],
};
/** x to the power of a number; x is not negative. */
export const pow = (x: Tensor, exponent: number): Tensor => apply(powOperation, [x, scalarOf(exponent)]);

/** The lesser and the greater; where both are alike, the first is taken. */
const extreme = (type: 'Min' | 'Max'): Operation =>
  binary(type, ({ inputs: [a, b] }, [by], [first, second]) => {
    // 1 where the second is taken: 0 to 1 from a sign of -1 to 1, and 0 where they are alike.
    const taken = relu(sign(type === 'Min' ? subtract(a, b) : subtract(b, a)));
    return [
      first && by ? sumTo(multiply(by, subtract(scalarOf(1), taken)), a.shape) : undefined,
      second && by ? sumTo(multiply(by, taken), b.shape) : undefined,
    ];
  });
export const minimumOperation = extreme('Min');
/** The lesser of a and b; where both are alike, the first takes the gradient. */
export const minimum = (a: Tensor, b: Tensor): Tensor => apply(minimumOperation, [a, b]);
export const maximumOperation = extreme('Max');
/** The greater of a and b; where both are alike, the first takes the gradient. */
export const maximum = (a: Tensor, b: Tensor): Tensor => apply(maximumOperation, [a, b]);

const erfOperation = unary('Erf');
const erf = (x: Tensor): Tensor => apply(erfOperation, [x]);

export const geluOperation: Operation = {
  type: 'Gelu',
  domain: 'com.microsoft',
  shapes: ([x]) => [x.shape],
  gradient: ({ inputs: [x] }, [by]) => {
    const below = add(scale(erf(scale(x, Math.SQRT1_2)), 0.5), scalarOf(0.5));
    const density = scale(exp(scale(multiply(x, x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
    return [by && multiply(by, add(below, multiply(x, density)))];
  },
};
/** x Φ(x), exactly (Hendrycks and Gimpel 2016). */
export const gelu = (x: Tensor): Tensor => apply(geluOperation, [x]);

/** Outputs: x sigmoid(x), sigmoid(x). */
export const swishOperation: Operation = {
  arrange: ([x]) => {
    const gate = sigmoid(x);
    return [multiply(x, gate), gate];
  },
  gradient: ({ outputs: [y, gate] }, [by]) => [by && multiply(by, add(gate, multiply(y, subtract(scalarOf(1), gate))))],
};
/** x sigmoid(x) (Ramachandran et al. 2017). */
export const swish = (x: Tensor): Tensor => apply(swishOperation, [x]);

/** Mean over axes, which stay as 1. */
export const mean = (x: Tensor, axes: readonly number[]): Tensor =>
  scale(sum(x, axes), 1 / axes.reduce((count, axis) => count * x.shape[axis], 1));
