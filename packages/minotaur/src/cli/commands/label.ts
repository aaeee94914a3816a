/** `minotaur label`. */
import { label, type LabelOptions } from '../../runs/learning/label.ts';
import { print, type OutputFlags } from '../output.ts';
import { labelSummary } from '../print/learning.ts';
import { watched } from '../progress.ts';

export type LabelFlags = LabelOptions & OutputFlags;

export async function labelCommand({ json, ...options }: LabelFlags): Promise<void> {
  const report = await watched(({ onProgress }) => label({ ...options, onProgress }));
  print(report, json, labelSummary);
}
