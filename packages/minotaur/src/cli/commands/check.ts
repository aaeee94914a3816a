/** `minotaur check CONFIG`: the laws over the operators that a configuration brings along. */
import { check, type CheckOptions } from '../../runs/verification/check.ts';
import { failUnless, print, type OutputFlags } from '../output.ts';
import { lawLines } from '../print/check.ts';
import { watched } from '../progress.ts';

export type CheckFlags = Omit<CheckOptions, 'config'> & OutputFlags;

export async function checkCommand(config: string, { json, ...options }: CheckFlags): Promise<void> {
  const report = await watched(({ onProgress, signal }) => check({ ...options, config, onProgress, signal }));
  print(report, json, lawLines);
  failUnless(report.holds);
}
