/** How a network was trained, in a file beside its model. */
import type { ModelConfig } from 'minotaur-core/internal/model/section';
import { writeWhole } from '../../files/atomic.ts';
import { modelDigest } from '../../store/model.ts';
import type { TrainingReport } from './train-network.ts';

/** The format of the file. */
const TRAINING_FORMAT = 1;

/** Beside the model. */
export function trainingPath(model: string): string {
  return `${model}.training.json`;
}

/** Writes what of a training is the same whatever machine did it: which model it made, and the curve. */
export function writeTraining(model: string, kind: ModelConfig['kind'], training: TrainingReport): void {
  const { curve, bestEpoch, ending, steps, parameters } = training;
  const said = {
    format: TRAINING_FORMAT,
    model: modelDigest(model),
    kind,
    bestEpoch,
    ending,
    steps,
    parameters,
    curve,
  };
  writeWhole(trainingPath(model), `${JSON.stringify(said, null, 2)}\n`);
}
