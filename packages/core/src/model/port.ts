/**
 * The model's door: the one way from a finished input row to a probability, for `predict` over a data set and for live.
 *
 * One row a call, on one thread, so that the same row gives the same bits whatever came before. A model that is not
 * this chain's is refused when it is opened; a model that gives no number is refused when it does, never guessed for.
 */

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

/** An opened model. */
export interface Model {
  /** Which output is read, and which column of it, in words. */
  readonly reads: string;
  /** Probability of label 1 for `length` rows of `width` features, row by row. Throws `not ready` where it is no number. */
  predict(input: Float32Array): Promise<number>;
  /** Frees the native session. */
  close(): Promise<void>;
}
