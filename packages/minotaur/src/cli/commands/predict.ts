/** `minotaur predict`. */
import { predict, type PredictOptions } from '../../runs/learning/predict.ts';
import { print, type OutputFlags } from '../output.ts';
import { predictSummary } from '../print/learning.ts';
import { watched } from '../progress.ts';

export type PredictFlags = PredictOptions & OutputFlags;

export async function predictCommand({ json, ...options }: PredictFlags): Promise<void> {
  const report = await watched(({ onProgress, signal }) => predict({ ...options, onProgress, signal }));
  print(report, json, predictSummary);
}
