/** Models as files: which one it is, what it says of itself, and that it takes its place with its sidecar. */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fail } from 'minotaur-core/internal/base/errors';
import { writing } from '../node/writing.ts';
import { partialFile, writeWhole } from '../files/atomic.ts';
import { sidecarPath, type Sidecar } from './sidecar.ts';

/** What a model belongs to; live and predict refuse a model whose identity is not that of their chain. */
export interface ModelIdentity {
  /** Of the chain. */
  readonly schemaId: string;
  /** Of the artefact whose transform makes the model's input. */
  readonly artefactDigest: string;
  /** Version of Minotaur that trained it. */
  readonly engineVersion: string;
  /** SHA-256 of the feature names, in column order. */
  readonly featureDigest: string;
}

/** SHA-256 of a model file: which model a calibration or a prediction is of. */
export function modelDigest(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** The identity of a model that sees `names`, in column order. */
export function featureDigest(names: readonly string[]): string {
  return createHash('sha256').update(names.join('\n')).digest('hex');
}

/** A model that is written and not yet in its place. */
export interface ModelDraft {
  /** The file under its hidden name. */
  readonly path: string;
  /** Writes the sidecar beside it. */
  addSidecar(sidecar: Sidecar): void;
  /** Gives the model and its sidecar their names. */
  commit(): void;
  /** Removes both; nothing happens after `commit`. */
  abort(): void;
}

/** Writes a model for `path` under a hidden name, so that it can be opened and judged before it takes its place. */
export function draftModel(path: string, onnx: Uint8Array): ModelDraft {
  const file = partialFile(path);
  const beside = sidecarPath(file.path);
  let text: string | undefined;
  const abort = (): void => {
    file.abort();
    rmSync(beside, { force: true });
  };
  try {
    writing(path, () => writeFileSync(file.path, onnx));
  } catch (error) {
    abort();
    throw error;
  }
  return {
    path: file.path,
    addSidecar(sidecar) {
      const written = `${JSON.stringify(sidecar)}\n`;
      text = written;
      writing(path, () => writeFileSync(beside, written));
    },
    commit() {
      if (text === undefined) fail('internal', path, 'a sidecar beside the model', 'none');
      writeWhole(sidecarPath(path), text);
      file.commit();
    },
    abort,
  };
}
