/**
 * A trained model as an ONNX file. One float32 input `input`, [N, F] or [N, L, F] (flattened, row by row, to L F
 * columns), one output `probability`, [N, 1].
 */
import type { LogisticModel } from 'minotaur-core/internal/model/logistic';
import type { Tree } from 'minotaur-core/internal/model/trees/grow';
import type { TreeModel } from 'minotaur-core/internal/model/trees/trees';
import type { ModelIdentity } from '../../store/model.ts';
import {
  floatsAttribute,
  intAttribute,
  intsAttribute,
  modelOf,
  nodeOf,
  stringAttribute,
  stringsAttribute,
  tensorOf,
  valueOf,
  type NodePart,
  type TensorPart,
} from '../proto/messages.ts';

const IR_VERSION = 8;
const OPSETS = { '': 17, 'ai.onnx.ml': 3 };

const weightsOf = ({ width, weights, bias }: LogisticModel): TensorPart[] => [
  tensorOf('weights', [width, 1], weights),
  tensorOf('bias', [1], Float32Array.of(bias)),
];

/** One entry of every tree's every node. */
function perNode<T>(trees: readonly Tree[], entry: (tree: Tree, node: number, ordinal: number) => T): T[] {
  return trees.flatMap((tree, ordinal) => tree.column.map((_, at) => entry(tree, at, ordinal)));
}

function treeNode({ trees, base }: TreeModel, from: string): NodePart {
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
  return nodeOf('TreeEnsembleRegressor', [from], ['score'], attributes, 'ai.onnx.ml');
}

/** The bytes of the file. With a `length` L above 1 the model's columns are L rows of width / L features. */
export function exportOnnx(model: LogisticModel | TreeModel, identity: ModelIdentity, length = 1): Buffer {
  const flat = length > 1 ? 'flat' : 'input';
  const columns = length > 1 ? [length, model.width / length] : [model.width];
  const file = modelOf({
    name: `minotaur ${model.kind}`,
    version: identity.engineVersion,
    irVersion: IR_VERSION,
    opsets: OPSETS,
    nodes: [
      ...(length > 1 ? [nodeOf('Flatten', ['input'], ['flat'], [intAttribute('axis', 1)])] : []),
      model.kind === 'logistic' ? nodeOf('Gemm', [flat, 'weights', 'bias'], ['score']) : treeNode(model, flat),
      nodeOf('Sigmoid', ['score'], ['probability']),
    ],
    constants: model.kind === 'logistic' ? weightsOf(model) : [],
    inputs: [valueOf('input', ['N', ...columns])],
    outputs: [valueOf('probability', ['N', 1])],
    metadata: { ...identity },
  });
  return Buffer.from(file.buffer, file.byteOffset, file.byteLength);
}
