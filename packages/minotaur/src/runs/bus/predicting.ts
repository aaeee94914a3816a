/** What predicts beside the chains of a bus. */
import { createHash } from 'node:crypto';
import { textual, type Optional } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import type { Config } from 'minotaur-core/internal/config/config';
import { planOf } from 'minotaur-core/internal/config/engine';
import { createPredictor, type Predictor } from 'minotaur-core/internal/live/predictor';
import { withinLimit } from '../../runtime/answer-limit.ts';
import { openModelOf } from '../../runtime/artefact-model.ts';
import { readArtefactOf } from '../../store/artefact.ts';
import { modelDigest } from '../../store/model.ts';
import { noteOf, servedOf } from '../../store/served-model.ts';

/** What every command of a bus takes that has to do with predictions. */
export interface BusPredictingOptions {
  /** What fit and train wrote. With `model`. */
  readonly artefact?: string | undefined;
  /** The model, .onnx. With `artefact`. */
  readonly model?: string | undefined;
}

export const PREDICTING: Optional<BusPredictingOptions> = { artefact: textual, model: textual };

/** An artefact and a model, which have topics of their own. */
export interface BusPredicting {
  /** SHA-256 of which artefact, decision and model they are. */
  readonly id: string;
  readonly artefact: Artefact;
  readonly model: string;
}

/**
 * Undefined where nothing predicts.
 * @throws {MinotaurError} where one of the two is missing, or they are of other rows than the chain's
 */
export function readPredicting({ artefact, model }: BusPredictingOptions, config: Config): BusPredicting | undefined {
  if (artefact === undefined && model === undefined) return undefined;
  if (artefact === undefined || model === undefined)
    return fail(
      'config',
      'bus',
      '--artefact and --model, or neither',
      artefact === undefined ? '--model' : '--artefact',
    );
  const read = readArtefactOf(planOf(config), artefact);
  const id = createHash('sha256')
    .update(noteOf(servedOf(read, modelDigest(model))))
    .digest('hex');
  return { id, artefact: read, model };
}

/** Hands `work` what makes the predictor of a chain; of one model, which is closed behind it. */
export async function withPredictors<T>(
  by: BusPredicting | undefined,
  work: (make: (() => Predictor) | undefined) => Promise<T>,
): Promise<T> {
  if (by === undefined) return work(undefined);
  const { artefact } = by;
  const model = withinLimit(await openModelOf(artefact, by.model));
  try {
    return await work(() => createPredictor(artefact, model));
  } finally {
    await model.close();
  }
}
