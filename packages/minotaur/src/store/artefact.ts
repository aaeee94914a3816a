/** The artefact as a file: what `fit` learned, and what `train` or `calibrate` decided. */
import { readFileSync } from 'node:fs';
import {
  decodeArtefact,
  encodeArtefact,
  requireArtefact,
  type Artefact,
} from 'minotaur-core/internal/artefact/artefact';
import { fail } from 'minotaur-core/internal/base/errors';
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { systemWords } from '../node/system-words.ts';
import { writeWhole } from '../files/atomic.ts';

/** Writes an artefact; the file appears whole or not at all. */
export function writeArtefact(path: string, artefact: Artefact): void {
  writeWhole(path, encodeArtefact(artefact));
}

/**
 * Reads an artefact.
 * @throws {MinotaurError} where there is none, it was changed, or another version fitted it
 */
export function readArtefact(file: string): Artefact {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    fail('input', file, 'an artefact that fit wrote', systemWords(error));
  }
  const artefact = decodeArtefact(text, file);
  if (artefact.engineVersion !== ENGINE_VERSION)
    fail('state', `${file}, engine version`, ENGINE_VERSION, artefact.engineVersion);
  return artefact;
}

/** The artefact in `file`; refused where it was fitted on rows of another chain than `plan`. */
export function readArtefactOf({ schema, columns, instruments }: Plan, file: string): Artefact {
  const artefact = readArtefact(file);
  requireArtefact(artefact, { schemaId: schema.id, columns, engineVersion: ENGINE_VERSION, instruments }, file);
  return artefact;
}
