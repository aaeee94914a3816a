/** The model of an artefact. */
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import { fail } from 'minotaur-core/internal/base/errors';
import type { Model } from 'minotaur-core/internal/model/port';
import { outputWidth } from 'minotaur-core/internal/transform/column';
import { modelDigest } from '../store/model.ts';
import { openModel } from './open-model.ts';

/**
 * Opens a model that belongs to `artefact`, and whose calibration, where there is one, is its own.
 * @throws {MinotaurError} that names the first difference
 */
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
