import type { Sidecar } from './sidecar.ts';
/** What a model has to be in order to belong to an artefact. */
export interface ModelExpectation {
  /** Of the chain. */
  readonly schemaId: string;
  /** Of the artefact. */
  readonly artefactDigest: string;
  /** Features a row. */
  readonly width: number;
  /** Rows a sequence; 1 for a model that sees one row. */
  readonly length: number;
}
/** Which model to open, and what it must be. */
export interface OpenModelOptions {
  /** The ONNX file. */
  readonly path: string;
  /** `<path>.json` where absent. */
  readonly sidecar?: string;
  /** Refused where it is anything else. */
  readonly expect: ModelExpectation;
}
/** An opened model. */
export interface Model {
  /** Which output is read, and which column of it, in words. */
  readonly reads: string;
  /** Probability of label 1 for `length` rows of `width` features, row by row. Throws `not ready` where it is no number. */
  predict(input: Float32Array): Promise<number>;
  /** Frees the native session. */
  close(): Promise<void>;
}
/** Opens an ONNX model and checks shape, identity and golden rows; names the first difference it refuses for. */
export declare function openModel(options: OpenModelOptions): Promise<Model>;
/** A sidecar for a model file, whose golden probabilities are what the model gives here and now. */
export declare function makeSidecar(
  path: string,
  expect: ModelExpectation,
  inputs: readonly Float32Array[],
): Promise<Sidecar>;
