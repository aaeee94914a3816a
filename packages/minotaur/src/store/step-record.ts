/** Which step of a long build a run was, as its manifest says it. */

/** What a manifest says of the step that left it. */
export interface StepRecord {
  /** Whose rows they are. */
  readonly symbol: string;
  /** As 2024-08. */
  readonly month: string;
  /** Digest of engine, schema, configuration, inputs, and the step before: equal keys, equal bits. */
  readonly key: string;
  /** Key of the step before; null: it is the first. */
  readonly before: string | null;
  /** Digest of the configuration, without what files tell. */
  readonly configuration: string;
  /** By input, what tells whether it is the same one without reading it: an object's ETag, or size and time of a file. */
  readonly tags: Readonly<Record<string, string>>;
}
