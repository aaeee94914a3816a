/** `minotaur split`. */
import { split, type SplitOptions } from '../../runs/learning/split.ts';
import { print, type OutputFlags } from '../output.ts';
import { splitSummary } from '../print/learning.ts';
import { watched } from '../progress.ts';

export type SplitFlags = SplitOptions & OutputFlags;

export async function splitCommand({ json, ...options }: SplitFlags): Promise<void> {
  const report = await watched(({ onProgress, signal }) => split({ ...options, onProgress, signal }));
  print(report, json, splitSummary);
}
