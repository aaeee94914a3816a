/** `minotaur evaluate`. */
import { measureEvaluation, readEvaluation, type EvaluateOptions } from '../../runs/learning/evaluate.ts';
import { withPage } from '../../runs/course/page.ts';
import { print, type OutputFlags } from '../output.ts';
import { evaluationPage } from '../evaluation-page.ts';
import { evaluateTable } from '../print/evaluation.ts';
import { watched } from '../progress.ts';

export type EvaluateFlags = EvaluateOptions & OutputFlags & { readonly report?: string };

export async function evaluateCommand({ json, report, ...options }: EvaluateFlags): Promise<void> {
  await withPage(report, async (page) => {
    const evaluation = await watched(({ onProgress, signal }) => readEvaluation({ ...options, onProgress, signal }));
    const measured = measureEvaluation(evaluation);
    print(measured, json, evaluateTable);
    page?.write(evaluationPage(evaluation, measured));
  });
}
