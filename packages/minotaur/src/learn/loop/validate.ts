/** How good weights are on the validation rows. */
import { rocAuc } from 'minotaur-core/internal/model/evaluation/metrics';
import { fail } from 'minotaur-core/internal/base/errors';
import { fillBatch, type TrainingData } from './sequences.ts';
import type { ProgramSession } from './session.ts';
import type { Weights } from './state.ts';

export interface Judgement {
  /** Mean loss. */
  readonly loss: number;
  readonly auc: number;
}

/** The loss and the area under the ROC curve of all validation sequences, in batches of the program. */
export async function judge(
  session: ProgramSession,
  data: TrainingData,
  weights: Weights,
  goesOn: () => Promise<void>,
): Promise<Judgement> {
  const { ends, labels } = data.validation;
  const scores = new Float64Array(ends.length);
  let sum = 0;
  for (let from = 0; from < ends.length; from += session.batch.y.length) {
    const count = fillBatch(data, data.validation, session.batch, from);
    const { logits, losses } = await session.evaluate(weights);
    for (let i = 0; i < count; i++) {
      scores[from + i] = logits[i];
      sum += losses[i];
    }
    await goesOn();
  }
  const loss = sum / ends.length;
  if (!Number.isFinite(loss)) fail('input', 'train, validation', 'a finite loss', `${loss}`);
  return { loss, auc: rocAuc(scores, Float64Array.from(labels)) };
}
