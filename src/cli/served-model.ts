/** The artefact and the model that flags name, as those of a chain. */
import { fail } from '../core/errors.ts';
import type { Plan } from '../pipeline/plan.ts';
import { requireArtefact, type Artefact } from '../transform/artefact.ts';
import { readArtefact } from './learning-data.ts';
import { ENGINE_VERSION } from './version.ts';

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
