/**
 * Many models as one: the mean of what models of other seeds say, probability = sum of members / M, in one ONNX file. What a seed decides
 * by luck is averaged away, and what is left is told by all of them.
 *
 * The members are of one identity, see one input and give one output of one shape. Their names are kept apart by a prefix; the mean is
 * summed in float32, in the order of the members.
 */
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { fail } from 'minotaur-core/internal/base/errors';
import {
  ModelProtoSchema,
  NodeProtoSchema,
  type GraphProto,
  type ModelProto,
  type NodeProto,
  type ValueInfoProto,
} from '../proto/onnx.gen.ts';

/** A model whose parts are all there. */
interface Member {
  readonly model: ModelProto;
  readonly graph: GraphProto;
  /** Has to be given: the others are parameters, whose values are in the file. */
  readonly input: ValueInfoProto;
  readonly output: ValueInfoProto;
}

/**
 * The bytes of a model that says the mean of `members`; of one member, that member.
 * @throws {MinotaurError} where they are not of one kind, naming the first difference
 */
export function ensembleOf(members: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  if (members.length === 0) fail('input', 'ensemble', 'at least one model', 'none');
  const all = members.map(memberOf);
  const [first] = all;
  if (all.length === 1) return toBinary(ModelProtoSchema, first.model);
  all.forEach((member, k) => requireAlike(first, member, k));
  const said = all.map((_, k) => `${prefixOf(k)}${first.output.name}`);
  const mean = create(NodeProtoSchema, {
    opType: 'Mean',
    name: 'mean of members',
    input: said,
    output: [first.output.name],
  });
  const graphs = all.map(({ graph, input }, k) => renamed(graph, input.name, first.input.name, prefixOf(k)));
  return toBinary(ModelProtoSchema, {
    ...first.model,
    graph: {
      ...first.graph,
      name: `${first.graph.name}, mean of ${all.length}`,
      input: [first.input, ...graphs.flatMap((one) => one.input)],
      node: [...graphs.flatMap(({ node }) => node), mean],
      initializer: graphs.flatMap(({ initializer }) => initializer),
      valueInfo: [],
    },
  });
}

const prefixOf = (k: number): string => `member ${k}: `;

function memberOf(bytes: Uint8Array, k: number): Member {
  const where = `ensemble, member ${k}`;
  let model: ModelProto;
  try {
    model = fromBinary(ModelProtoSchema, bytes);
  } catch (error) {
    return fail('input', where, 'an ONNX model', (error as Error).message);
  }
  const { graph } = model;
  const given = new Set(graph?.initializer.map(({ name }) => name));
  const inputs = graph?.input.filter(({ name }) => !given.has(name)) ?? [];
  if (graph === undefined || inputs.length !== 1 || graph.output.length !== 1)
    return fail('input', where, 'one input and one output', `${inputs.length} and ${graph?.output.length ?? 0}`);
  const inner = graph.node.find(({ attribute }) => attribute.some(({ g, graphs }) => g ?? graphs.length > 0));
  if (inner !== undefined || graph.sparseInitializer.length > 0 || model.functions.length > 0)
    fail(
      'input',
      where,
      'a plain graph',
      inner === undefined ? 'sparse values or functions' : `graphs in ${inner.opType}`,
    );
  return { model, graph, input: inputs[0], output: graph.output[0] };
}

/** What has to be the same of every member, and how it is said. */
const ALIKE: readonly (readonly [what: string, of: (member: Member) => string])[] = [
  [
    'identity',
    ({ model }) =>
      model.metadataProps
        .map(({ key, value }) => `${key} ${value}`)
        .toSorted()
        .join(', '),
  ],
  [
    'operations',
    ({ model }) =>
      model.opsetImport
        .map(({ domain, version }) => `${domain} ${version}`)
        .toSorted()
        .join(', '),
  ],
  ['format', ({ model }) => `${model.irVersion}`],
  ['input', ({ input }) => shapeOf(input)],
  ['output', ({ output }) => `${output.name} ${shapeOf(output)}`],
];

function requireAlike(first: Member, member: Member, k: number): void {
  for (const [what, of] of ALIKE) {
    const [expected, found] = [first, member].map(of);
    if (expected !== found) fail('state', `ensemble, member ${k}, ${what}`, expected || 'none', found || 'none');
  }
}

/** `float32 [N, 5]`, by the number of its type. */
function shapeOf({ type }: ValueInfoProto): string {
  if (type?.value.case !== 'tensorType') return 'no tensor';
  const { elemType, shape } = type.value.value;
  return `type ${elemType} [${(shape?.dim ?? []).map(({ value }) => `${value.value ?? '?'}`).join(', ')}]`;
}

/** The nodes, parameters and constants of a member under names of its own; its input has that of the first. */
function renamed(
  graph: GraphProto,
  own: string,
  input: string,
  prefix: string,
): Pick<GraphProto, 'input' | 'node' | 'initializer'> {
  // An input that is not given has no name.
  const rename = (name: string): string => (name === '' ? '' : name === own ? input : prefix + name);
  const node = graph.node.map((one): NodeProto => {
    return { ...one, name: prefix + one.name, input: one.input.map(rename), output: one.output.map(rename) };
  });
  const parameters = graph.input.filter(({ name }) => name !== own);
  return {
    input: parameters.map((one) => ({ ...one, name: prefix + one.name })),
    node,
    initializer: graph.initializer.map((tensor) => ({ ...tensor, name: prefix + tensor.name })),
  };
}
