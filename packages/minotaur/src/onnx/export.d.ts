/**
 * A trained model as an ONNX file. One float32 input `input`, [N, F] or [N, L, F] (flattened, row by row, to L F
 * columns), one output `probability`, [N, 1]. Field numbers are those of onnx.proto.
 */
import type { LogisticModel } from 'minotaur-core/internal/model/logistic';
import type { TreeModel } from 'minotaur-core/internal/model/trees';
/** What a model belongs to; live and predict refuse a model whose identity is not that of their chain. */
export interface ModelIdentity {
  readonly schemaId: string;
  readonly artefactDigest: string;
  readonly engineVersion: string;
  /** SHA-256 of the feature names, in column order. */
  readonly featureDigest: string;
}
/** The bytes of the file. With a `length` L above 1 the model's columns are L rows of width / L features. */
export declare function exportOnnx(model: LogisticModel | TreeModel, identity: ModelIdentity, length?: number): Buffer;
/** metadata_props of an ONNX file. */
export declare function readMetadata(file: Buffer, where: string): Map<string, string>;
