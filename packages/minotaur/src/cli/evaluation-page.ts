/** The page of `evaluate --report`, which the demo shows too. */
import type { Evaluation } from '../runs.ts';
import { modelPage } from '../pages/model-page.ts';

export function evaluationPage({ artefact, threshold, splits, importances }: Evaluation): string {
  const rows = splits.map(({ name, labels }) => `${labels.length} ${name}`).join(', ');
  return modelPage({
    model: 'evaluation',
    lead: `Artefact ${artefact.slice(0, 12)}, ${rows} rows.`,
    threshold,
    splits,
    importanceUnit: importances.unit,
    importances: importances.top,
  });
}
