/**
 * A graph of tensors with shapes that are known before it runs. A tensor is one output of a node; a node is an operation over
 * tensors. Nothing is computed here: a graph is written out as ONNX and run by onnxruntime.
 */
import { fail } from 'minotaur-core/internal/base/errors';

/** Lengths of axes; none: a single number. */
export type Shape = readonly number[];
type ElementType = 'float32' | 'int64';

/** Attributes of an ONNX node: whole numbers, lists of them, or a float. */
export type Attribute = number | readonly number[] | { readonly float: number };
export type Attributes = Readonly<Record<string, Attribute>>;

/** What an operation is written as: one node of ONNX, or an arrangement of other operations. */
type Written =
  | {
      /** Its name in ONNX. */
      readonly type: string;
      /** Of onnxruntime's own operations. */
      readonly domain?: 'com.microsoft';
      /** Shapes of its outputs. */
      readonly shapes: (inputs: readonly Tensor[], attributes: Attributes) => readonly Shape[];
    }
  | {
      /** Outputs from others; those that the gradient needs are among them. */
      readonly arrange: (inputs: readonly Tensor[], attributes: Attributes) => readonly Tensor[];
    };

/** What an operation is: one entry of the table. */
export type Operation = Written & {
  /**
   * Derivatives of a loss by the inputs, from those by the outputs; of an output that the loss does not hang on, undefined. Asked
   * only of inputs for which `wanted` holds. Absent: nothing is to be learned through it.
   */
  readonly gradient?: (
    node: Node,
    by: readonly (Tensor | undefined)[],
    wanted: readonly boolean[],
  ) => (Tensor | undefined)[];
};

export interface Node {
  readonly operation: Operation;
  readonly inputs: readonly Tensor[];
  readonly attributes: Attributes;
  readonly outputs: readonly Tensor[];
  /** Of an arrangement: what each output is. */
  readonly inner: readonly Tensor[];
}

/** Values that are given: from outside by a name, or constant. */
export type Leaf =
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'constant'; readonly values: Float32Array | BigInt64Array };

/** Values of a shape: an output of a node, or what is given. */
export interface Tensor {
  /** Lengths of its axes. */
  readonly shape: Shape;
  /** What its elements are. */
  readonly element: ElementType;
  /** What computes it. */
  readonly from: Node | Leaf;
}

export const isNode = (from: Node | Leaf): from is Node => 'operation' in from;

/** Elements of a shape. */
export const sizeOf = (shape: Shape): number => shape.reduce((size, dim) => size * dim, 1);

export const sameShape = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((dim, i) => dim === b[i]);

export const textOf = (shape: Shape): string => `[${shape.join(', ')}]`;

/** The outputs of an operation over tensors. */
export function outputsOf(
  operation: Operation,
  inputs: readonly Tensor[],
  attributes: Attributes = {},
): readonly Tensor[] {
  const outputs: Tensor[] = [];
  const inner = 'arrange' in operation ? operation.arrange(inputs, attributes) : [];
  const node: Node = { operation, inputs, attributes, outputs, inner };
  const shapes = 'arrange' in operation ? inner.map(({ shape }) => shape) : operation.shapes(inputs, attributes);
  for (const shape of shapes) outputs.push({ shape, element: 'float32', from: node });
  return outputs;
}

/** The one output of an operation over tensors. */
export const apply = (operation: Operation, inputs: readonly Tensor[], attributes: Attributes = {}): Tensor =>
  outputsOf(operation, inputs, attributes)[0];

/** What is given from outside when the graph runs. */
export const inputOf = (name: string, shape: Shape): Tensor => ({
  shape,
  element: 'float32',
  from: { kind: 'input', name },
});

/** Values that stand in the graph. */
export function constantOf(values: ArrayLike<number>, shape: Shape): Tensor {
  if (values.length !== sizeOf(shape)) fail('internal', 'a constant', `${sizeOf(shape)} values`, `${values.length}`);
  return { shape, element: 'float32', from: { kind: 'constant', values: Float32Array.from(values) } };
}

/** A number that stands in the graph. */
export const scalarOf = (value: number): Tensor => constantOf([value], []);

/** Whole numbers: shapes, axes, places. */
export const integersOf = (values: readonly number[]): Tensor => ({
  shape: [values.length],
  element: 'int64',
  from: { kind: 'constant', values: BigInt64Array.from(values, BigInt) },
});
