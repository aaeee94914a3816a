/** `minotaur calibrate`. */
import { calibrate, type CalibrateOptions } from '../../runs/learning/calibrate.ts';
import { print, type OutputFlags } from '../output.ts';
import { calibrateSummary } from '../print/learning.ts';
import { watched } from '../progress.ts';

export type CalibrateFlags = CalibrateOptions & OutputFlags;

export async function calibrateCommand({ json, ...options }: CalibrateFlags): Promise<void> {
  const report = await watched(({ onProgress, signal }) => calibrate({ ...options, onProgress, signal }));
  print(report, json, calibrateSummary);
}
