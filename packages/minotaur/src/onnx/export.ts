/**
 * A trained model as an ONNX file. One float32 input `input`, [N, F] or [N, L, F] (flattened, row by row, to L F
 * columns), one output `probability`, [N, 1]. Field numbers are those of onnx.proto.
 */
import type { LogisticModel } from 'minotaur-core/internal/model/logistic';
import type { Tree } from 'minotaur-core/internal/model/grow';
import type { TreeModel } from 'minotaur-core/internal/model/trees';
import type { ModelIdentity } from '../store/model.ts';
import { bytes, floatBytes, int, ints, message, text } from './protobuf.ts';

const IR_VERSION = 8;
const OPSET = 17;
const ML_OPSET = 3;
const FLOAT_TENSOR = 1;
const ATTRIBUTE_TYPE = { float: 1, int: 2, string: 3, floats: 6, ints: 7, strings: 8 } as const;

type Attribute = Buffer;

const attribute = (name: string, type: keyof typeof ATTRIBUTE_TYPE, value: Buffer): Attribute =>
  message(5, [text(1, name), value, int(20, ATTRIBUTE_TYPE[type])]);
const intAttribute = (name: string, value: number): Attribute => attribute(name, 'int', int(3, value));
const stringAttribute = (name: string, value: string): Attribute => attribute(name, 'string', text(4, value));
const floatsAttribute = (name: string, values: readonly number[]): Attribute =>
  attribute(name, 'floats', bytes(7, floatBytes(values)));
const intsAttribute = (name: string, values: readonly number[]): Attribute => attribute(name, 'ints', ints(8, values));
const stringsAttribute = (name: string, values: readonly string[]): Attribute =>
  attribute(name, 'strings', Buffer.concat(values.map((value) => text(9, value))));

function node(
  op: string,
  inputs: readonly string[],
  output: string,
  attributes: Attribute[] = [],
  domain = '',
): Buffer {
  const names = [...inputs.map((name) => text(1, name)), text(2, output), text(3, output)];
  return message(1, [...names, text(4, op), ...attributes, text(7, domain)]);
}

function tensor(name: string, dims: readonly number[], values: ArrayLike<number>): Buffer {
  return message(5, [ints(1, dims), int(2, FLOAT_TENSOR), text(8, name), bytes(9, floatBytes(values))]);
}

/** A float32 tensor whose first dimension is N. */
function valueInfo(field: number, name: string, dims: readonly number[]): Buffer {
  const shape = [message(1, [text(2, 'N')]), ...dims.map((dim) => message(1, [int(1, dim)]))];
  return message(field, [text(1, name), message(2, [message(1, [int(1, FLOAT_TENSOR), message(2, shape)])])]);
}

function logisticNodes(model: LogisticModel, from: string): Buffer[] {
  return [
    node('Gemm', [from, 'weights', 'bias'], 'score'),
    tensor('weights', [model.width, 1], model.weights),
    tensor('bias', [1], [model.bias]),
  ];
}

/** One entry of every tree's every node. */
function perNode<T>(trees: readonly Tree[], entry: (tree: Tree, node: number, ordinal: number) => T): T[] {
  return trees.flatMap((tree, ordinal) => tree.column.map((_, at) => entry(tree, at, ordinal)));
}

function treeNodes({ trees, base }: TreeModel, from: string): Buffer[] {
  const leaf = (tree: Tree, at: number): boolean => tree.column[at] < 0;
  const leaves = perNode(trees, (tree, at, ordinal) => ({ tree, at, ordinal })).filter(({ tree, at }) =>
    leaf(tree, at),
  );
  const attributes = [
    intAttribute('n_targets', 1),
    stringAttribute('aggregate_function', 'SUM'),
    stringAttribute('post_transform', 'NONE'),
    floatsAttribute('base_values', [base]),
    intsAttribute(
      'nodes_treeids',
      perNode(trees, (_, __, ordinal) => ordinal),
    ),
    intsAttribute(
      'nodes_nodeids',
      perNode(trees, (_, at) => at),
    ),
    intsAttribute(
      'nodes_featureids',
      perNode(trees, (tree, at) => Math.max(0, tree.column[at])),
    ),
    stringsAttribute(
      'nodes_modes',
      perNode(trees, (tree, at) => (leaf(tree, at) ? 'LEAF' : 'BRANCH_LEQ')),
    ),
    floatsAttribute(
      'nodes_values',
      perNode(trees, (tree, at) => tree.threshold[at]),
    ),
    intsAttribute(
      'nodes_truenodeids',
      perNode(trees, (tree, at) => tree.left[at]),
    ),
    intsAttribute(
      'nodes_falsenodeids',
      perNode(trees, (tree, at) => tree.right[at]),
    ),
    // A NaN fails every comparison, in training too, and goes right.
    intsAttribute(
      'nodes_missing_value_tracks_true',
      perNode(trees, () => 0),
    ),
    intsAttribute(
      'target_treeids',
      leaves.map(({ ordinal }) => ordinal),
    ),
    intsAttribute(
      'target_nodeids',
      leaves.map(({ at }) => at),
    ),
    intsAttribute(
      'target_ids',
      leaves.map(() => 0),
    ),
    floatsAttribute(
      'target_weights',
      leaves.map(({ tree, at }) => tree.value[at]),
    ),
  ];
  return [node('TreeEnsembleRegressor', [from], 'score', attributes, 'ai.onnx.ml')];
}

const opset = (domain: string, version: number): Buffer => message(8, [text(1, domain), int(2, version)]);

/** The bytes of the file. With a `length` L above 1 the model's columns are L rows of width / L features. */
export function exportOnnx(model: LogisticModel | TreeModel, identity: ModelIdentity, length = 1): Buffer {
  const flat = length > 1 ? 'flat' : 'input';
  const graph = [
    ...(length > 1 ? [node('Flatten', ['input'], 'flat', [intAttribute('axis', 1)])] : []),
    ...(model.kind === 'logistic' ? logisticNodes(model, flat) : treeNodes(model, flat)),
    node('Sigmoid', ['score'], 'probability'),
    text(2, `minotaur ${model.kind}`),
    valueInfo(11, 'input', length > 1 ? [length, model.width / length] : [model.width]),
    valueInfo(12, 'probability', [1]),
  ];
  return Buffer.concat([
    int(1, IR_VERSION),
    text(2, 'minotaur'),
    text(3, identity.engineVersion),
    message(7, graph),
    opset('', OPSET),
    opset('ai.onnx.ml', ML_OPSET),
    ...Object.entries(identity).map(([key, value]) => message(14, [text(1, key), text(2, `${value}`)])),
  ]);
}
