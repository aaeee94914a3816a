/** The artefact and the model that flags name, as those of a chain. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { requireArtefact, type Artefact } from 'minotaur-core/internal/artefact/artefact';
import { readArtefact } from './learning-data.ts';
import { ENGINE_VERSION } from 'minotaur-core/internal/base/version';

/** Both files, or undefined where neither is named. */
export function servedFiles({
  artefact,
  model,
}: {
  readonly artefact?: string | undefined;
  readonly model?: string | undefined;
}): { readonly artefact: string; readonly model: string } | undefined {
  if (artefact !== undefined && model !== undefined) return { artefact, model };
  if (artefact === undefined && model === undefined) return undefined;
  const missing = artefact === undefined ? '--artefact' : '--model';
  return fail('config', missing, 'a file: --artefact and --model go together', 'none');
}

/** The artefact in `file`; refused where it was fitted on rows of another chain. */
export function readServedArtefact(file: string, { schema, columns }: Plan): Artefact {
  const artefact = readArtefact(file);
  requireArtefact(artefact, { schemaId: schema.id, columns, engineVersion: ENGINE_VERSION }, file);
  return artefact;
}
