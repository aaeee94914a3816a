/** `minotaur label`. */
import { label, type LabelOptions } from '../../runs/learning/label.ts';
import { tradesOfOne } from '../named-files.ts';
import { print, type OutputFlags } from '../output.ts';
import { labelSummary } from '../print/learning.ts';
import { watched } from '../progress.ts';

export type LabelFlags = LabelOptions & OutputFlags;

export async function labelCommand({ json, ...options }: LabelFlags): Promise<void> {
  const report = await watched(({ onProgress, signal }) =>
    label({ ...options, ...tradesOfOne(options.trades), onProgress, signal }),
  );
  print(report, json, labelSummary);
}
