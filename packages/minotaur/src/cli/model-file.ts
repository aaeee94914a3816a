/** Models as files, opened as the artefact's own. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fail } from 'minotaur-core/internal/base/errors';
import type { Model } from 'minotaur-core/internal/model/port';
import { openModel } from '../runtime/open-model.ts';
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import { outputWidth } from 'minotaur-core/internal/transform/column';

/** SHA-256 of a model file: which model a calibration or a prediction is of. */
export function modelDigest(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** Opens a model that belongs to `artefact`, and whose calibration, where there is one, is its own. */
export async function openModelOf(artefact: Artefact, path: string): Promise<Model> {
  const width = artefact.learned.reduce((sum, { spec }) => sum + outputWidth(spec), 0);
  const model = await openModel({
    path,
    expect: { schemaId: artefact.schemaId, artefactDigest: artefact.digest, width, length: artefact.sequence.length },
  });
  const decided = artefact.decision?.model;
  if (decided === undefined) return model;
  const found = modelDigest(path);
  if (found === decided) return model;
  await model.close();
  fail('state', path, `the model whose calibration the artefact holds (SHA-256 ${decided})`, found);
}
