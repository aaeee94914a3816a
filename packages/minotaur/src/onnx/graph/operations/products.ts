/** Products of matrices. */
import { fail } from 'minotaur-core/internal/base/errors';
import { apply, sizeOf, textOf, type Attribute, type Operation, type Tensor } from '../tensor.ts';
import { reshape, sumTo } from './shaping.ts';

const floatOf = (attribute: Attribute): number => (attribute as { readonly float: number }).float;

export const gemmOperation: Operation = {
  type: 'Gemm',
  shapes: ([a, b], { transA, transB }) => {
    const [rows, inner] = transA === 1 ? a.shape.toReversed() : a.shape;
    const [found, columns] = transB === 1 ? b.shape.toReversed() : b.shape;
    if (a.shape.length !== 2 || b.shape.length !== 2 || inner !== found) {
      fail('config', 'a matrix product', `${textOf(a.shape)} and a matrix that fits`, textOf(b.shape));
    }
    return [[rows, columns]];
  },
  /** Of plain products only: what gradients are made of has none of its own. */
  gradient: ({ inputs: [a, b, bias] }, [by], [first, second, third]) => [
    first && by ? gemm(by, b, { transB: 1 }) : undefined,
    second && by ? gemm(a, by, { transA: 1 }) : undefined,
    third && by ? sumTo(by, bias.shape) : undefined,
  ],
};

const gemm = (a: Tensor, b: Tensor, attributes: Readonly<Record<string, number>>): Tensor =>
  apply(gemmOperation, [a, b], attributes);

/** [.., K] times weights [K, N], plus a bias [N]: [.., N]. */
export function affine(x: Tensor, weights: Tensor, bias?: Tensor): Tensor {
  const [inner, columns] = weights.shape;
  const flat = reshape(x, [sizeOf(x.shape) / x.shape[x.shape.length - 1], inner]);
  const y = apply(gemmOperation, bias ? [flat, weights, bias] : [flat, weights]);
  return reshape(y, [...x.shape.slice(0, -1), columns]);
}

export const matmulOperation: Operation = {
  type: 'FusedMatMul',
  domain: 'com.microsoft',
  shapes: ([a, b], { transA, transB }) => {
    const [rows, inner] = transA === 1 ? a.shape.slice(-2).toReversed() : a.shape.slice(-2);
    const [found, columns] = transB === 1 ? b.shape.slice(-2).toReversed() : b.shape.slice(-2);
    if (inner !== found)
      fail('config', 'a matrix product', `${textOf(a.shape)} and matrices that fit`, textOf(b.shape));
    return [[...a.shape.slice(0, -2), rows, columns]];
  },
  gradient: ({ inputs: [a, b], attributes }, [by], [first, second]) => {
    const [transA, transB] = [attributes['transA'] === 1 ? 1 : 0, attributes['transB'] === 1 ? 1 : 0] as const;
    const factor = floatOf(attributes['alpha']);
    // Of Y = A' B': by A' it is dY B'ᵀ, by B' A'ᵀ dY; where a side was read turned, the gradient of it is turned back.
    const byLeft = (to: Tensor): Tensor =>
      transA === 1
        ? matmul(b, to, { transA: transB, transB: 1, factor })
        : matmul(to, b, { transB: transB === 1 ? 0 : 1, factor });
    const byRight = (to: Tensor): Tensor =>
      transB === 1
        ? matmul(to, a, { transA: 1, transB: transA, factor })
        : matmul(a, to, { transA: transA === 1 ? 0 : 1, factor });
    return [first && by ? byLeft(by) : undefined, second && by ? byRight(by) : undefined];
  },
};

/** How a product is taken: either side turned, and times a number. */
export interface Turned {
  /** 1: the first is read with its last two axes turned. */
  readonly transA?: 0 | 1;
  /** 1: so is the second. */
  readonly transB?: 0 | 1;
  /** What the product is multiplied by. */
  readonly factor?: number;
}

/** [.., M, K] times [.., K, N] of equal leading axes. */
export const matmul = (a: Tensor, b: Tensor, { transA = 0, transB = 0, factor = 1 }: Turned = {}): Tensor =>
  apply(matmulOperation, [a, b], { transA, transB, alpha: { float: factor } });
