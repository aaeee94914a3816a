/** The page of `evaluate --report`, which the demo shows too. */
import type { EvaluateReport, Evaluation } from '../runs.ts';
import type { AroundModel } from '../runs/learning/around-model.ts';
import { modelPage } from '../pages/model-page.ts';

export function evaluationPage(evaluation: Evaluation, report: EvaluateReport, around: AroundModel): string {
  const rows = evaluation.splits.map(({ name, labels }) => `${labels.length} ${name}`).join(', ');
  const lead = `Artefact ${evaluation.artefact.slice(0, 12)}, ${rows} rows.`;
  return modelPage({ model: 'evaluation', lead, evaluation, report, around });
}
