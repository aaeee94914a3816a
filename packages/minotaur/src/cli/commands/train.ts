/** `minotaur train`. */
import { train, type TrainOptions } from '../../runs/learning/train.ts';
import { print, type OutputFlags } from '../output.ts';
import { trainSummary } from '../print/learning.ts';
import { watched } from '../progress.ts';

export type TrainFlags = TrainOptions & OutputFlags;

export async function trainCommand({ json, ...options }: TrainFlags): Promise<void> {
  const report = await watched(({ onProgress, signal }) => train({ ...options, onProgress, signal }));
  print(report, json, trainSummary);
}
