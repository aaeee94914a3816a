/** `minotaur tune`. */
import { tune, type TuneOptions } from '../../runs/tuning/tune.ts';
import { print, type OutputFlags } from '../output.ts';
import { tuneSummary } from '../print/tune.ts';
import { watched } from '../progress.ts';

export type TuneFlags = Omit<TuneOptions, 'space'> & OutputFlags;

export async function tuneCommand({ json, ...options }: TuneFlags): Promise<void> {
  const report = await watched(({ onProgress, signal }) => tune({ ...options, onProgress, signal }));
  print(report, json, tuneSummary);
}
