/** Parts of an ONNX file, each from what it says. */
import { create, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  TensorProto_DataType,
  TensorProtoSchema,
  ValueInfoProtoSchema,
} from './onnx.gen.ts';

type AttributePart = MessageInitShape<typeof AttributeProtoSchema>;
type NodePart = MessageInitShape<typeof NodeProtoSchema>;
type TensorPart = MessageInitShape<typeof TensorProtoSchema>;
type ValuePart = MessageInitShape<typeof ValueInfoProtoSchema>;

export type { AttributePart, NodePart, TensorPart, ValuePart };

const UTF8 = new TextEncoder();

export const intAttribute = (name: string, value: number): AttributePart => ({
  name,
  type: AttributeProto_AttributeType.INT,
  i: BigInt(value),
});

export const floatAttribute = (name: string, value: number): AttributePart => ({
  name,
  type: AttributeProto_AttributeType.FLOAT,
  f: value,
});

export const stringAttribute = (name: string, value: string): AttributePart => ({
  name,
  type: AttributeProto_AttributeType.STRING,
  s: UTF8.encode(value),
});

export const intsAttribute = (name: string, values: readonly number[]): AttributePart => ({
  name,
  type: AttributeProto_AttributeType.INTS,
  ints: values.map(BigInt),
});

export const floatsAttribute = (name: string, values: readonly number[]): AttributePart => ({
  name,
  type: AttributeProto_AttributeType.FLOATS,
  floats: [...values],
});

export const stringsAttribute = (name: string, values: readonly string[]): AttributePart => ({
  name,
  type: AttributeProto_AttributeType.STRINGS,
  strings: values.map((value) => UTF8.encode(value)),
});

/** An operation: its type, names of what it takes and gives. */
export const nodeOf = (
  type: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: AttributePart[] = [],
  domain = '',
): NodePart => ({
  opType: type,
  input: [...inputs],
  output: [...outputs],
  name: outputs[0],
  attribute: attributes,
  domain,
});

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | BigInt64Array): Uint8Array =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);

/** Constant values by a name. Bytes are little-endian, as they are on every machine that onnxruntime runs on. */
export const tensorOf = (name: string, dims: readonly number[], values: Float32Array | BigInt64Array): TensorPart => ({
  name,
  dims: dims.map(BigInt),
  dataType: values instanceof Float32Array ? TensorProto_DataType.FLOAT : TensorProto_DataType.INT64,
  rawData: bytesOf(values),
});

/** What goes in or out; a dimension of text is known only when the model runs. */
export const valueOf = (
  name: string,
  dims: readonly (number | string)[],
  type: number = TensorProto_DataType.FLOAT,
): ValuePart => ({
  name,
  type: {
    value: {
      case: 'tensorType',
      value: {
        elemType: type,
        shape: {
          dim: dims.map((dim) => ({
            value:
              typeof dim === 'string' ? { case: 'dimParam', value: dim } : { case: 'dimValue', value: BigInt(dim) },
          })),
        },
      },
    },
  },
});

/** Sets of operations that a file may use, with their versions. */
type Opsets = Readonly<Record<string, number>>;

export interface ModelParts {
  readonly name: string;
  readonly version: string;
  /** Of the format of the file. */
  readonly irVersion: number;
  readonly opsets: Opsets;
  readonly nodes: NodePart[];
  readonly constants: TensorPart[];
  readonly inputs: ValuePart[];
  readonly outputs: ValuePart[];
  readonly metadata?: Readonly<Record<string, string | number>>;
}

/** The bytes of a file. */
export function modelOf(parts: ModelParts): Uint8Array<ArrayBuffer> {
  const model = create(ModelProtoSchema, {
    irVersion: BigInt(parts.irVersion),
    producerName: 'minotaur',
    producerVersion: parts.version,
    opsetImport: Object.entries(parts.opsets).map(([domain, version]) => ({ domain, version: BigInt(version) })),
    metadataProps: Object.entries(parts.metadata ?? {}).map(([key, value]) => ({ key, value: `${value}` })),
    graph: {
      name: parts.name,
      node: parts.nodes,
      initializer: parts.constants,
      input: parts.inputs,
      output: parts.outputs,
    },
  });
  return toBinary(ModelProtoSchema, model);
}
