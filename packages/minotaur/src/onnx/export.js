import { bytes, floatBytes, int, ints, message, readFields, text } from './protobuf.js';
const IR_VERSION = 8;
const OPSET = 17;
const ML_OPSET = 3;
const FLOAT_TENSOR = 1;
const ATTRIBUTE_TYPE = { float: 1, int: 2, string: 3, floats: 6, ints: 7, strings: 8 };
const attribute = (name, type, value) => message(5, [text(1, name), value, int(20, ATTRIBUTE_TYPE[type])]);
const intAttribute = (name, value) => attribute(name, 'int', int(3, value));
const stringAttribute = (name, value) => attribute(name, 'string', text(4, value));
const floatsAttribute = (name, values) => attribute(name, 'floats', bytes(7, floatBytes(values)));
const intsAttribute = (name, values) => attribute(name, 'ints', ints(8, values));
const stringsAttribute = (name, values) =>
  attribute(name, 'strings', Buffer.concat(values.map((value) => text(9, value))));
function node(op, inputs, output, attributes = [], domain = '') {
  const names = [...inputs.map((name) => text(1, name)), text(2, output), text(3, output)];
  return message(1, [...names, text(4, op), ...attributes, text(7, domain)]);
}
function tensor(name, dims, values) {
  return message(5, [ints(1, dims), int(2, FLOAT_TENSOR), text(8, name), bytes(9, floatBytes(values))]);
}
/** A float32 tensor whose first dimension is N. */
function valueInfo(field, name, dims) {
  const shape = [message(1, [text(2, 'N')]), ...dims.map((dim) => message(1, [int(1, dim)]))];
  return message(field, [text(1, name), message(2, [message(1, [int(1, FLOAT_TENSOR), message(2, shape)])])]);
}
function logisticNodes(model, from) {
  return [
    node('Gemm', [from, 'weights', 'bias'], 'score'),
    tensor('weights', [model.width, 1], model.weights),
    tensor('bias', [1], [model.bias]),
  ];
}
/** One entry of every tree's every node. */
function perNode(trees, entry) {
  return trees.flatMap((tree, ordinal) => tree.column.map((_, at) => entry(tree, at, ordinal)));
}
function treeNodes({ trees, base }, from) {
  const leaf = (tree, at) => tree.column[at] < 0;
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
const opset = (domain, version) => message(8, [text(1, domain), int(2, version)]);
/** The bytes of the file. With a `length` L above 1 the model's columns are L rows of width / L features. */
export function exportOnnx(model, identity, length = 1) {
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
/** metadata_props of an ONNX file. */
export function readMetadata(file, where) {
  const found = new Map();
  readFields(
    file,
    (field, body) => {
      if (field !== 14) return;
      const entry = ['', '', ''];
      readFields(body, (part, value) => (entry[part] = value.toString('utf8')), where);
      found.set(entry[1], entry[2]);
    },
    where,
  );
  return found;
}
