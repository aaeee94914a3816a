/** A graph of tensors as an ONNX file. */
import { fail } from 'minotaur-core/internal/base/errors';
import {
  floatAttribute,
  intAttribute,
  intsAttribute,
  modelOf,
  nodeOf,
  tensorOf,
  valueOf,
  type AttributePart,
  type NodePart,
  type TensorPart,
} from '../proto/messages.ts';
import { wholeNumbers } from './operations/shaping.ts';
import { inOrder } from './order.ts';
import { integersOf, isNode, textOf, type Attribute, type Node, type Tensor } from './tensor.ts';

const IR_VERSION = 9;
const OPSETS = { '': 18, 'com.microsoft': 1 };
/** Constants of at most so many elements that are alike are written once. */
const SMALL = 64;

export interface GraphParts {
  readonly name: string;
  readonly version: string;
  readonly inputs: readonly Tensor[];
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** What is written in a tensor's place, such as a part of a flat vector for a parameter. */
  readonly instead?: ReadonlyMap<Tensor, Tensor>;
  /**
   * Inputs that need not be given, since the file has values for them. As constants they would be laid out anew when the file is
   * opened, and products with them would have other bits than those with inputs.
   */
  readonly defaults?: ReadonlyMap<Tensor, string>;
  /** The first axis of inputs and outputs is as long as whoever runs the graph gives it. */
  readonly anyBatch?: boolean;
  readonly metadata?: Readonly<Record<string, string | number>>;
}

function attributeOf(name: string, value: Attribute): AttributePart {
  if (typeof value === 'number') return intAttribute(name, value);
  return 'float' in value ? floatAttribute(name, value.float) : intsAttribute(name, value);
}

/** Names of tensors, and constants as they come. Those that nobody gave begin with a colon. */
function naming(parts: GraphParts, resolve: (tensor: Tensor) => Tensor) {
  const names = new Map<Tensor, string>();
  const alike = new Map<string, string>();
  const constants = new Map<Tensor, TensorPart>();
  for (const [name, tensor] of Object.entries(parts.outputs)) {
    const end = resolve(tensor);
    if (isNode(end.from) && !names.has(end)) names.set(end, name);
  }
  const constantName = (tensor: Tensor, values: Float32Array | BigInt64Array): string => {
    const given = parts.defaults?.get(tensor);
    const key =
      given === undefined && values.length <= SMALL
        ? `${tensor.element} ${textOf(tensor.shape)}: ${values.join(' ')}`
        : '';
    const name = alike.get(key) ?? given ?? `:k${constants.size}`;
    if (!alike.has(key)) constants.set(tensor, tensorOf(name, tensor.shape, values));
    if (key !== '') alike.set(key, name);
    return name;
  };
  const nameOf = (tensor: Tensor): string => {
    const { from } = tensor;
    const known = names.get(tensor);
    if (known !== undefined) return known;
    const name = isNode(from)
      ? `:${names.size}`
      : from.kind === 'input'
        ? from.name
        : constantName(tensor, from.values);
    names.set(tensor, name);
    return name;
  };
  return { nameOf, constants };
}

/** What a shape of a Reshape becomes where the batch is not known: its first axis follows from the others. */
const freed = (shape: Tensor): Tensor => integersOf([-1, ...wholeNumbers(shape).slice(1)]);

/** The bytes of the file. Only what the outputs hang on is written. */
export function writeGraph(parts: GraphParts): Uint8Array<ArrayBuffer> {
  const { inputs, outputs, instead, anyBatch = false } = parts;
  const resolve = (tensor: Tensor): Tensor => {
    const other = instead?.get(tensor);
    if (other) return resolve(other);
    const { from } = tensor;
    if (!isNode(from) || !('arrange' in from.operation)) return tensor;
    return resolve(from.inner[from.outputs.indexOf(tensor)]);
  };
  const ends = Object.values(outputs).map(resolve);
  const order = inOrder(ends, (node) => node.inputs.map(resolve));
  const moving = new Set<Tensor>(inputs);
  const { nameOf, constants } = naming(parts, resolve);
  const write = (node: Node): NodePart => {
    const { operation, attributes } = node;
    if ('arrange' in operation) return fail('internal', 'a graph', 'operations of ONNX', 'an arrangement');
    const taken = node.inputs.map(resolve);
    const moves = taken.some((input) => moving.has(input));
    if (moves) for (const output of node.outputs) moving.add(output);
    if (anyBatch && moves && operation.type === 'Reshape') taken[1] = freed(taken[1]);
    return nodeOf(
      operation.type,
      taken.map(nameOf),
      node.outputs.map(nameOf),
      Object.entries(attributes).map(([name, value]) => attributeOf(name, value)),
      operation.domain,
    );
  };
  const nodes = order.map(write);
  for (const [name, tensor] of Object.entries(outputs)) {
    const found = nameOf(resolve(tensor));
    if (found !== name) nodes.push(nodeOf('Identity', [found], [name]));
  }
  const given = [...(parts.defaults ?? [])].filter(([tensor]) => constants.has(tensor));
  const shapeOf = ({ shape }: Tensor): (number | string)[] => (anyBatch ? ['N', ...shape.slice(1)] : [...shape]);
  return modelOf({
    name: parts.name,
    version: parts.version,
    irVersion: IR_VERSION,
    opsets: OPSETS,
    nodes,
    constants: [...constants.values()],
    inputs: [
      ...inputs.map((tensor) => valueOf(nameOf(tensor), shapeOf(tensor))),
      ...given.map(([{ shape }, name]) => valueOf(name, shape)),
    ],
    outputs: Object.entries(outputs).map(([name, tensor]) => valueOf(name, shapeOf(tensor))),
    ...(parts.metadata && { metadata: parts.metadata }),
  });
}
