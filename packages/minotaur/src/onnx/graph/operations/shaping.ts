/** Operations that move values and sum them, without changing any. Each one's gradient is another of them. */
import { fail } from 'minotaur-core/internal/base/errors';
import {
  apply,
  constantOf,
  integersOf,
  outputsOf,
  sameShape,
  sizeOf,
  textOf,
  type Node,
  type Operation,
  type Shape,
  type Tensor,
} from '../tensor.ts';

/** Whole numbers that stand in the graph as an input of a node. */
export function wholeNumbers({ from }: Tensor): number[] {
  if ('kind' in from && from.kind === 'constant') return Array.from(from.values, Number);
  return fail('internal', 'an input of whole numbers', 'a constant', 'a value that is computed');
}

const listOf = (node: Pick<Node, 'attributes'>, name: string): readonly number[] =>
  node.attributes[name] as readonly number[];

export const reshapeOperation: Operation = {
  type: 'Reshape',
  shapes: ([x, to]) => {
    const shape = wholeNumbers(to);
    if (sizeOf(shape) !== sizeOf(x.shape)) fail('config', 'reshape', `${sizeOf(x.shape)} elements`, textOf(shape));
    return [shape];
  },
  gradient: ({ inputs: [x] }, [by]) => [by && reshape(by, x.shape)],
};

/** The same elements in order, in another shape. */
export const reshape = (x: Tensor, shape: Shape): Tensor =>
  sameShape(x.shape, shape) ? x : apply(reshapeOperation, [x, integersOf(shape)]);

export const transposeOperation: Operation = {
  type: 'Transpose',
  shapes: ([x], { perm }) => [(perm as readonly number[]).map((axis) => x.shape[axis])],
  gradient: (node, [by]) => {
    const order = listOf(node, 'perm');
    return [
      by &&
        transpose(
          by,
          order.map((_, axis) => order.indexOf(axis)),
        ),
    ];
  },
};

/** Axes in another order. */
export const transpose = (x: Tensor, order: readonly number[]): Tensor =>
  apply(transposeOperation, [x], { perm: order });

export const expandOperation: Operation = {
  type: 'Expand',
  shapes: ([, to]) => [wholeNumbers(to)],
  gradient: ({ inputs: [x] }, [by]) => [by && sumTo(by, x.shape)],
};

/** Axes of 1 repeated. */
export const expand = (x: Tensor, shape: Shape): Tensor =>
  sameShape(x.shape, shape) ? x : apply(expandOperation, [x, integersOf(shape)]);

const keepingOnes = (shape: Shape, axes: readonly number[]): Shape =>
  shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim));

export const sumOperation: Operation = {
  type: 'ReduceSum',
  shapes: ([x, axes]) => [keepingOnes(x.shape, wholeNumbers(axes))],
  gradient: ({ inputs: [x] }, [by]) => [by && expand(by, x.shape)],
};

/** Sum over axes, which stay as 1. */
export const sum = (x: Tensor, axes: readonly number[]): Tensor =>
  apply(sumOperation, [x, integersOf(axes)], { keepdims: 1 });

/** Sum over whatever was repeated to come from `shape` to that of `x`: the gradient of repeating. */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const lead = x.shape.length - shape.length;
  const axes = x.shape.flatMap((dim, axis) => (axis < lead || (shape[axis - lead] === 1 && dim !== 1) ? [axis] : []));
  return reshape(axes.length > 0 ? sum(x, axes) : x, shape);
}

export const padOperation: Operation = {
  type: 'Pad',
  shapes: ([x, pads]) => {
    const around = wholeNumbers(pads);
    const rank = x.shape.length;
    return [x.shape.map((dim, axis) => dim + around[axis] + around[rank + axis])];
  },
  gradient: ({ inputs: [, pads] }, [by]) => [
    by &&
      padded(
        by,
        wholeNumbers(pads).map((count) => 0 - count),
      ),
  ],
};

const padded = (x: Tensor, around: readonly number[]): Tensor => apply(padOperation, [x, integersOf(around)]);

/** Zeros before and after along an axis; of a negative number, so many values less. */
export function pad(x: Tensor, axis: number, before: number, after: number): Tensor {
  if (before === 0 && after === 0) return x;
  const around = new Array<number>(2 * x.shape.length).fill(0);
  around[axis] = before;
  around[x.shape.length + axis] = after;
  return padded(x, around);
}

export const sliceOperation: Operation = {
  type: 'Slice',
  shapes: ([x, from, to, axes]) => {
    const [axis] = wholeNumbers(axes);
    const [begin] = wholeNumbers(from);
    const [end] = wholeNumbers(to);
    if (begin < 0 || end > x.shape[axis] || end <= begin) {
      fail('config', 'slice', `a part of 0 to ${x.shape[axis]}`, `${begin} to ${end}`);
    }
    return [x.shape.map((dim, at) => (at === axis ? end - begin : dim))];
  },
  gradient: ({ inputs: [x, from, to, axes] }, [by]) => {
    const [axis] = wholeNumbers(axes);
    const [begin] = wholeNumbers(from);
    const [end] = wholeNumbers(to);
    return [by && pad(by, axis, begin, x.shape[axis] - end)];
  },
};

/** Values `from` to before `to` along an axis. */
export const slice = (x: Tensor, axis: number, from: number, to: number): Tensor =>
  from === 0 && to === x.shape[axis]
    ? x
    : apply(sliceOperation, [x, integersOf([from]), integersOf([to]), integersOf([axis])]);

export const concatOperation: Operation = {
  type: 'Concat',
  shapes: (inputs, { axis }) => [
    inputs[0].shape.map((dim, at) => (at === axis ? inputs.reduce((all, { shape }) => all + shape[at], 0) : dim)),
  ],
  gradient: ({ inputs, attributes }, [by], wanted) => {
    const axis = attributes['axis'] as number;
    let from = 0;
    return inputs.map(({ shape }, i) => {
      const to = from + shape[axis];
      const part = by && wanted[i] ? slice(by, axis, from, to) : undefined;
      from = to;
      return part;
    });
  },
};

/** One after the other along an axis. */
export const concat = (parts: readonly Tensor[], axis: number): Tensor =>
  parts.length === 1 ? parts[0] : apply(concatOperation, parts, { axis });

export const splitOperation: Operation = {
  type: 'Split',
  shapes: ([x], attributes) => {
    const [axis, parts] = [attributes['axis'] as number, attributes['num_outputs'] as number];
    if (x.shape[axis] % parts !== 0) fail('config', 'split', `a multiple of ${parts}`, `${x.shape[axis]}`);
    const shape = x.shape.map((dim, at) => (at === axis ? dim / parts : dim));
    return Array.from({ length: parts }, () => shape);
  },
  gradient: ({ outputs, attributes }, by) => {
    const parts = by.map((each, i) => each ?? constantOf(new Float32Array(sizeOf(outputs[i].shape)), outputs[i].shape));
    return [concat(parts, attributes['axis'] as number)];
  },
};

/** Equal parts along an axis, which are put together again in one piece by the gradient. */
export const split = (x: Tensor, axis: number, parts: number): readonly Tensor[] =>
  parts === 1 ? [x] : outputsOf(splitOperation, [x], { axis, num_outputs: parts });
