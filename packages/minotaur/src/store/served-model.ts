/** What predicts in a session, kept beside its journal, so that what it said can be proved when the files are others. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import { systemWords } from '../node/system-words.ts';
import { makeDirectory } from '../node/writing.ts';
import { fail } from 'minotaur-core/internal/base/errors';
import { writeWhole } from '../files/atomic.ts';
import { readArtefact } from './artefact.ts';
import { sidecarPath } from './sidecar.ts';

const DIRECTORY = 'models';

/** An artefact and a model, as files. */
export interface ModelFiles {
  readonly artefact: string;
  readonly model: string;
}

/** Which artefact, which decision on it, and which model: SHA-256 of each. */
export interface ServedModel {
  readonly artefact: string;
  /** None was made: calibration and threshold are the defaults. */
  readonly decision: string | null;
  readonly model: string;
}

const digestOf = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

const directoryOf = (journal: string, served: ServedModel): string =>
  join(journal, DIRECTORY, digestOf(noteOf(served)).slice(0, 16));

const filesIn = (directory: string): ModelFiles => {
  return { artefact: join(directory, 'artefact.json'), model: join(directory, 'model.onnx') };
};

/** As a journal has it, in a note. */
export function noteOf({ artefact, decision, model }: ServedModel): string {
  return `predicts: artefact ${artefact}, decision ${decision ?? 'none'}, model ${model}`;
}

/** What a note says; undefined where it is of something else. */
export function servedIn(note: string): ServedModel | undefined {
  const found = /^predicts: artefact ([0-9a-f]{64}), decision ([0-9a-f]{64}|none), model ([0-9a-f]{64})$/.exec(note);
  if (found === null) return undefined;
  const [, artefact, decision, model] = found;
  return { artefact, decision: decision === 'none' ? null : decision, model };
}

export function servedOf({ digest, decision }: Artefact, modelDigest: string): ServedModel {
  return { artefact: digest, decision: decision?.digest ?? null, model: modelDigest };
}

/** The copies that a journal keeps of what predicted. */
export function keptFiles(journal: string, served: ServedModel): ModelFiles | undefined {
  const files = filesIn(directoryOf(journal, served));
  return existsSync(files.artefact) && existsSync(files.model) ? files : undefined;
}

/** Keeps what is to predict beside the journal; `forget` takes it away again where it is not used. */
export function keepModel(
  journal: string,
  { artefact, model }: ModelFiles,
): { readonly served: ServedModel; readonly files: ModelFiles; forget(): void } {
  const bytes = read(model);
  const served = servedOf(readArtefact(artefact), digestOf(bytes));
  const directory = directoryOf(journal, served);
  const files = filesIn(directory);
  if (keptFiles(journal, served) !== undefined) return { served, files, forget: () => {} };
  makeDirectory(directory);
  writeWhole(files.artefact, read(artefact));
  const sidecar = sidecarPath(model);
  if (existsSync(sidecar)) writeWhole(sidecarPath(files.model), read(sidecar));
  writeWhole(files.model, bytes);
  return { served, files, forget: () => rmSync(directory, { recursive: true, force: true }) };
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    return fail('input', path, 'a file that can be read', systemWords(error));
  }
}
