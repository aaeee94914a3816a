/** `minotaur init`. */
import { init, type InitOptions } from '../../runs/inspection/init.ts';
import { print, type OutputFlags } from '../output.ts';
import { initLines } from '../print/init.ts';
import { watched } from '../progress.ts';

export interface InitFlags extends Omit<InitOptions, 'files'>, OutputFlags {}

export async function initCommand(files: readonly string[], { json, ...flags }: InitFlags): Promise<void> {
  const report = await watched(({ onProgress, signal }) => init({ ...flags, files, onProgress, signal }));
  print(report, json, (written) => initLines(written).join('\n'));
}
