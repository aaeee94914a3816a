/** `minotaur fit`. */
import { fit, type FitOptions } from '../../runs/learning/fit.ts';
import { print, type OutputFlags } from '../output.ts';
import { fitSummary } from '../print/learning.ts';
import { watched } from '../progress.ts';

export type FitFlags = FitOptions & OutputFlags;

export async function fitCommand({ json, ...options }: FitFlags): Promise<void> {
  const report = await watched(({ onProgress, signal }) => fit({ ...options, onProgress, signal }));
  print(report, json, fitSummary);
}
