/** `minotaur evaluate`. */
import { fail } from 'minotaur-core/internal/base/errors';
import { readAround, type AroundFiles } from '../../runs/learning/around-model.ts';
import { measureEvaluation, readEvaluation, type EvaluateOptions } from '../../runs/learning/evaluate.ts';
import { withPage } from '../../runs/course/page.ts';
import { print, type OutputFlags } from '../output.ts';
import { evaluationPage } from '../evaluation-page.ts';
import { evaluateTable } from '../print/evaluation.ts';
import { watched } from '../progress.ts';

export type EvaluateFlags = EvaluateOptions & OutputFlags & AroundFiles & { readonly report?: string };

export async function evaluateCommand(flags: EvaluateFlags): Promise<void> {
  const { json, report, model, trials, importance, ...options } = flags;
  const around = { model, trials, importance };
  requirePage(around, report);
  await withPage(report, async (page) => {
    const evaluation = await watched(({ onProgress, signal }) => readEvaluation({ ...options, onProgress, signal }));
    const known = readAround(evaluation.artefact, around);
    const measured = measureEvaluation(evaluation);
    print(measured, json, evaluateTable);
    page?.write(evaluationPage(evaluation, measured, known));
  });
}

/** What only the page shows is asked for with one. */
function requirePage(around: AroundFiles, report: string | undefined): void {
  const [named] = Object.entries(around).find(([, file]) => file !== undefined) ?? [];
  if (named !== undefined && report === undefined)
    fail('config', `--${named}`, '--report beside it, whose page shows it', 'none');
}
