/** `minotaur evaluate`. */
import { writeFile } from 'node:fs/promises';
import { measureEvaluation, readEvaluation, type EvaluateOptions } from '../../runs/learning/evaluate.ts';
import { print, type OutputFlags } from '../output.ts';
import { evaluationPage } from '../evaluation-page.ts';
import { evaluateTable } from '../print/learning.ts';
import { watched } from '../progress.ts';

export type EvaluateFlags = EvaluateOptions & OutputFlags & { readonly report?: string };

export async function evaluateCommand({ json, report, ...options }: EvaluateFlags): Promise<void> {
  const evaluation = await watched(({ onProgress }) => readEvaluation({ ...options, onProgress }));
  if (report !== undefined) await writeFile(report, evaluationPage(evaluation));
  print(measureEvaluation(evaluation), json, evaluateTable);
}
